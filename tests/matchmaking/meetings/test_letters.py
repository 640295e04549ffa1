"""Letters about the agenda: to whom, in which language, and when an agreed time could not be kept."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.jobs.handlers import handler_of
from expo.jobs.models import Job
from expo.outbox.models import Mail
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import services
from matchmaking.requests.models import MeetingRequest, RequestNotice
from matchmaking.requests.tongues import tongue
from tests.make import a_buyer, a_need, an_exhibitor
from tests.matchmaking.meetings.making import a_market
from tests.matchmaking.meetings.test_views import Told
from tests.signing import a_user


def written(app, session, edition) -> dict[str, Mail]:
    """Recipient → the letter, after the job that writes them."""
    job = Job(kind="agenda.letters", edition_id=edition.id, arguments={"site": "https://fair.example"})
    with app.app_context():
        handler_of("agenda.letters")(session, job, Told())
    return {mail.recipient: mail for mail in session.exec(select(Mail).where(Mail.kind == "agenda.letter"))}


def agreed(session, edition, buyer, exhibitor, slot: int | None) -> None:
    """The two agreed to meet, at a time or at any."""
    row = MeetingRequest(
        edition_id=edition.id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, asked_by="buyer",
        turn="supplier", state="agreed", slot=slot, settled_at=now(), expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    session.add(row)
    session.flush()


@pytest.mark.parametrize(
    ("language", "hello"), [("en", "Dear"), ("ru", "Уважаем"), ("zh", "您好"), ("ur", "محترم")]
)
def test_a_letter_speaks_the_language_of_whoever_reads_it(app, session, language, hello):
    edition = a_market(session, buyers=1, exhibitors=1)
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    reader = a_user(session, language=language)
    buyer.contact_email = reader.email.upper()
    services.solve(session, edition, rounds=100)
    mail = written(app, session, edition)[buyer.contact_email]
    assert mail.language == language
    assert hello in mail.body
    assert "https://fair.example" in mail.body
    assert "2023-06-15" not in mail.body


def test_whoever_has_no_account_is_written_to_in_the_first_language_of_the_edition(app, session):
    edition = a_market(session, buyers=1, exhibitors=1)
    edition.languages = ["ru", "en"]
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    buyer.contact_email = "nobody@example.org"
    services.solve(session, edition, rounds=100)
    assert written(app, session, edition)["nobody@example.org"].language == "ru"


@pytest.mark.parametrize(
    ("spoken", "country", "language"),
    [
        (["en", "zh"], "CN", "zh"),
        (["en", "ru"], "KZ", "ru"),
        (["en", "ur"], "PK", "ur"),
        (["en", "ru"], "DE", "en"),
        (["de", "ru"], "DE", "ru"),
        (["de"], "DE", "zh"),
        ([], "", "zh"),
    ],
)
def test_without_an_account_a_letter_is_written_in_what_the_party_speaks_at_home(spoken, country, language):
    assert tongue(spoken, country, "zh") == language


def test_a_letter_says_that_the_time_agreed_on_could_not_be_kept(app, session):
    edition = a_market(session, buyers=0, exhibitors=0)
    buyer = a_buyer(session, edition, contact_email="b@example.org", unavailable=[2])
    seller = an_exhibitor(session, edition)
    agreed(session, edition, buyer, seller, 2)
    run = services.solve(session, edition, rounds=100)
    assert run.unmet == {"agreed_time_moved": 1}
    assert [news.kind for reader in services.affected(session, edition) for news in reader.news] == [
        "elsewhere",
        "elsewhere",
    ]
    assert (
        "since the time you agreed on could not be kept"
        in written(app, session, edition)["b@example.org"].body
    )


def test_both_who_agreed_and_found_no_time_are_told_once_and_never_of_what_is_set_by_hand(session):
    edition = a_market(session, buyers=0, exhibitors=0)
    buyer = a_buyer(session, edition, unavailable=[1, 2, 3, 4])
    seller = an_exhibitor(session, edition)
    other = a_buyer(session, edition)
    a_need(session, other, hs="040900", position=1)
    agreed(session, edition, buyer, seller, 2)
    agreed(session, edition, other, seller, None)
    for _ in range(2):
        run = services.solve(session, edition, rounds=100)
    assert run.unmet == {"agreed_time_lost": 1}

    def notices():
        rows = session.exec(select(RequestNotice).where(RequestNotice.kind == "unplaced"))
        return sorted((row.side, row.party_id, row.other_id) for row in rows)

    assert notices() == [("buyer", buyer.id, seller.id), ("supplier", seller.id, buyer.id)]
    services.add(session, edition, buyer.id, seller.id, services.Spot(4))
    assert notices() == []
