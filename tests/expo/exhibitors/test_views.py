"""The organiser's pages about exhibitors."""

import pytest
from sqlmodel import select

from expo.outbox.models import Mail
from tests.asking import asked
from tests.expo.exhibitors.test_services import a_draft
from tests.make import an_edition, an_exhibitor, an_organisation
from tests.page import problems
from tests.signing import a_user, sign_in


def page_of(edition, more: str = "") -> str:
    return f"/{edition.code}/console/exhibitors{more}"


def test_the_queue_counts_filters_and_finds(client, session):
    edition = an_edition(session)
    waiting = a_draft(session, edition, state="submitted", search_text="honey")
    for _ in range(2):
        an_exhibitor(session, edition)
    sign_in(client, session, "organiser", edition)
    text = client.get(page_of(edition)).text
    assert ("3 applications" in text, problems(text)) == (True, [])
    found = client.get(page_of(edition, "?q=honey&state=submitted")).text
    assert ("1 application<" in found, waiting.code in found) == (True, True)
    assert "No application fits" in client.get(page_of(edition, "?q=tea")).text
    assert client.get(page_of(edition, "?page=99&sort=-points&state=nonsense&zone=%27")).status_code == 200


def test_what_is_found_can_be_taken_away_as_a_spreadsheet(client, session):
    edition = an_edition(session)
    organisation = an_organisation(session, name={"en": "=Honey, Ltd"})
    exhibitor = a_draft(session, edition, organisation=organisation, state="submitted", code="EX7")
    an_exhibitor(session, edition)
    sign_in(client, session, "organiser", edition)
    lines = client.get(f"/{edition.code}/console/exhibitors.csv?state=submitted").text.splitlines()
    assert (len(lines), lines[1].startswith(exhibitor.code), "'=Honey" in lines[1]) == (2, True, True)
    assert client.get(f"/{edition.code}/console/exhibitors.xlsx").data.startswith(b"PK")
    assert client.get(f"/{edition.code}/console/exhibitors.pdf").status_code == 404


def test_a_decision_waits_in_the_outbox_in_the_exhibitors_language(client, session):
    edition = an_edition(session)
    organisation = an_organisation(session)
    exhibitor = a_draft(session, edition, organisation=organisation, state="submitted")
    reader = a_user(session, email=exhibitor.contact_email, language="ur")
    sign_in(client, session, "exhibitor", edition, organisation, reader)
    sign_in(client, session, "organiser", edition)
    answer = client.post(
        page_of(edition, f"/{exhibitor.code}/decide/rejected"), data={"reason": "The zone is full."}
    )
    assert answer.status_code == 302
    mail = session.exec(select(Mail)).one()
    assert (mail.state, mail.recipient, mail.language) == ("waiting", "aigul@example.org", "ur")
    assert "The zone is full." in mail.body
    session.refresh(exhibitor)
    assert exhibitor.state == "rejected"


def test_a_rejection_without_a_reason_is_refused_and_writes_nothing(client, session):
    edition = an_edition(session)
    exhibitor = a_draft(session, edition, state="submitted")
    sign_in(client, session, "organiser", edition)
    text = client.post(page_of(edition, f"/{exhibitor.code}/decide/rejected"), data={"reason": " "}).text
    assert ("Write a sentence" in text, problems(text)) == (True, [])
    assert session.exec(select(Mail)).all() == []


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "rejected", "withdrawn"])
def test_an_application_is_shown_at_every_state(client, session, state):
    edition = an_edition(session)
    exhibitor = a_draft(session, edition, state=state, points_origin=[{"source": "years", "points": 6}])
    sign_in(client, session, "organiser", edition)
    assert problems(client.get(page_of(edition, f"/{exhibitor.code}")).text) == []


def test_an_application_of_another_edition_is_not_here(client, session):
    edition, exhibitor = an_edition(session), an_exhibitor(session, an_edition(session))
    sign_in(client, session, "organiser", edition)
    assert client.get(page_of(edition, f"/{exhibitor.code}")).status_code == 404
    assert client.post(page_of(edition, f"/{exhibitor.code}/decide/accepted")).status_code == 404


def test_exhibitors_do_not_review(client, session):
    edition, organisation = an_edition(session), an_organisation(session)
    exhibitor = an_exhibitor(session, edition, organisation)
    sign_in(client, session, "exhibitor", edition, organisation)
    for page in (page_of(edition), page_of(edition, f"/{exhibitor.code}"), f"/{edition.code}/console/orders"):
        assert client.get(page).status_code == 403


def test_the_queue_asks_the_same_number_of_questions_for_one_row_and_for_thirty(client, session, connection):
    edition = an_edition(session)
    sign_in(client, session, "organiser", edition)

    def grow(number: int) -> int:
        for _ in range(number):
            an_exhibitor(session, edition)
        session.commit()
        with asked(connection) as told:
            assert client.get(page_of(edition)).status_code == 200
        return len(told)

    first = grow(1)
    assert grow(29) == first
