"""After the show: what is due, and reminders that nobody gets twice."""

from datetime import timedelta

from sqlmodel import select

from expo.outbox.models import Mail
from matchmaking.deals import prints, queries, services
from matchmaking.deals.prints.letters import write
from tests.make import a_buyer, an_edition
from tests.matchmaking.deals.making import DAY, a_deal


def test_what_is_due_is_listed_and_its_parties_are_reminded_once(app, session):
    edition = an_edition(session)
    buyer = a_buyer(session, edition, contact_email="buyer@example.org", languages=["zh"])
    due_on = DAY + timedelta(days=30)
    deal = a_deal(session, edition, buyer=buyer, stage="contract", delivery_due=due_on)
    a_deal(session, edition, stage="contract")
    late = due_on + timedelta(days=1)
    assert services.due(session, edition, due_on - timedelta(days=8)) == []
    assert [(one.number, one.kind, one.late) for one in services.due(session, edition, late)] == [
        (1, "delivery", True)
    ]
    with app.app_context():
        items = services.due(session, edition, late)
        counts = [write(session, edition, items, "https://expo.example") for _ in range(2)]
    mail = session.exec(select(Mail)).one()
    assert counts == [1, 0]
    assert (mail.recipient, mail.language, mail.state) == ("buyer@example.org", "zh", "waiting")
    assert f"https://expo.example/{edition.code}/deals/1" in mail.body
    assert queries.events_of(session, deal)[-1].kind == "reminded"
    services.move(session, edition, deal, "delivered")
    assert services.due(session, edition, late) == []


def test_an_intent_that_went_no_further_is_asked_about(session):
    edition = an_edition(session)
    a_deal(session, edition)
    found = services.due(session, edition, DAY + timedelta(days=90))
    assert [(one.kind, one.late) for one in found] == [("decision", False)]


def test_lists_and_cards_of_the_ceremony_are_printed(app, session):
    edition = an_edition(session)
    a_deal(session, edition, origin="ceremony", signatories=("Li Wei", "Ainura Bekova"))
    signings = queries.signings(session, edition)
    assert [party[3] for party in signings[0].parties] == ["Li Wei", "Ainura Bekova"]
    with app.test_request_context():
        papers = [
            make(edition, signings, language)
            for make in (prints.ceremony_pdf, prints.cards_pdf)
            for language in ("en", "ur")
        ]
    assert {paper[:5] for paper in papers} == {b"%PDF-"}
