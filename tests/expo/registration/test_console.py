"""The organiser's pages of registration: sorts, quotas, questions, codes, decisions, figures, files."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from expo.clock import now
from expo.outbox.models import Mail
from expo.registration import queries
from expo.registration.models import Invitation, Person, Question, Quota, Ticket
from expo.registration.queries import PeopleFilter
from expo.registration.services import inviting, questioning
from expo.registration.services.asked import answers_of, asked_for
from tests.asking import asked
from tests.expo.registration.making import (
    QUESTION,
    a_code,
    a_question,
    a_quota,
    a_ticket,
    every,
    open_registration,
    somebody,
)
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

CLOSES = "2030-01-01T12:00"


@pytest.fixture
def edition(session):
    edition = an_edition(session, starts_on=now().date(), ends_on=now().date() + timedelta(days=3))
    open_registration(session, edition)
    return edition


@pytest.fixture
def organiser(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    return client


@pytest.fixture
def address(edition):
    return f"/{edition.code}/console/registration"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def only(session, model, edition):
    return session.exec(select(model).where(model.edition_id == edition.id)).one()


def kinds_of_mail(session, edition):
    return list(session.exec(select(Mail.kind).where(Mail.edition_id == edition.id).order_by(Mail.id)))


@pytest.mark.parametrize(
    "page",
    ["", "/settings", "/sorts/new", "/sorts/visitor", "/quotas/new", "/quotas/together", "/questions",
     "/questions/new", "/questions/why", "/codes", "/codes/new", "/decisions", "/figures"],
)  # fmt: skip
def test_every_page_is_well_formed(organiser, session, edition, address, page):
    ticket = a_ticket(session, edition, places=2, needs_approval=True)
    a_quota(session, edition, 5, ticket)
    a_question(session, edition, ["Yes", "No"], kind="choice")
    a_code(session, edition)
    somebody(session, edition, ticket)
    answer = organiser.get(address + page)
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_a_sort_is_made_changed_and_put_in_order(organiser, session, edition, address):
    sent = {
        "name-en": "Trade buyer",
        "kind": "buyer",
        "places": "1,000",
        "is_offered": "y",
        "keeps_list": "y",
    }
    organiser.post(f"{address}/sorts/new", data=sent)
    ticket = only(session, Ticket, edition)
    assert (ticket.code, ticket.kind, ticket.places) == ("trade-buyer", "buyer", 1000)
    organiser.post(
        f"{address}/sorts/trade-buyer", data=sent | {"places": "", "closes_at": "2030-01-01T12:00"}
    )
    session.refresh(ticket)
    assert (ticket.places, ticket.closes_at.isoformat()) == (None, "2030-01-01T04:00:00+00:00")
    other = a_ticket(session, edition)
    organiser.post(f"{address}/sorts/{other.code}/up")
    session.expire_all()
    assert (other.position, ticket.position) == (1, 2)
    organiser.post(f"{address}/sorts/{other.code}/remove")
    assert only(session, Ticket, edition).code == "trade-buyer"


def test_fewer_places_than_are_taken_are_refused_and_the_form_is_kept(organiser, session, edition, address):
    ticket = a_ticket(session, edition, places=5)
    for name in "AB":
        somebody(session, edition, ticket, name)
    page = organiser.post(
        f"{address}/sorts/visitor", data={"name-en": "Guests", "kind": "visitor", "places": "1"}
    )
    assert "More places than that" in text_of(page) and 'value="Guests"' in text_of(page)
    refused = organiser.post(f"{address}/sorts/visitor/remove", follow_redirects=True)
    assert "2 people registered for it" in text_of(refused)


def test_more_places_are_offered_at_once(organiser, session, edition, address):
    ticket = a_ticket(session, edition, places=1)
    somebody(session, edition, ticket, "A")
    waits = somebody(session, edition, ticket, "B")
    organiser.post(
        f"{address}/sorts/visitor",
        data={"name-en": "V", "kind": "visitor", "places": "2", "keeps_list": "y", "is_offered": "y"},
    )
    session.refresh(waits)
    assert waits.offered_until is not None
    assert kinds_of_mail(session, edition) == ["registration.offer"]


def test_a_quota_is_made_and_deleted(organiser, session, edition, address):
    ids = [a_ticket(session, edition).id, a_ticket(session, edition).id]
    organiser.post(f"{address}/quotas/new", data={"name": "Dinner", "places": "10", "tickets": ids})
    assert only(session, Quota, edition).places == 10
    organiser.post(f"{address}/quotas/dinner/remove")
    assert session.exec(select(Quota).where(Quota.edition_id == edition.id)).all() == []


def test_a_question_with_options_and_a_condition(organiser, session, edition, address):
    ticket = a_ticket(session, edition)
    base = {"tickets": [ticket.id]}
    organiser.post(
        f"{address}/questions/new",
        data=base | {"name-en": "Meal?", "kind": "choice", "options-0-en": "Fish", "options-1-en": "None"},
    )
    answer = organiser.post(
        f"{address}/questions/new",
        data=base | {"name-en": "How cooked?", "kind": "text", "when": ["meal:fish"], "is_required": "y"},
    )
    assert answer.status_code == 302
    meal, cooked = asked_for(session, edition, ticket.id)
    assert [one.key for one in meal.options] == ["fish", "none"]
    assert (cooked.after, cooked.after_values) == ("meal", frozenset({"fish"}))
    told = text_of(organiser.post(f"{address}/questions/meal/remove", follow_redirects=True))
    assert "Other questions depend on it" in told
    told = text_of(organiser.post(f"{address}/questions/how_cooked/up", follow_redirects=True))
    assert "comes after the one it depends on" in told


def test_what_was_answered_keeps_its_sense(session, edition):
    ticket = a_ticket(session, edition)
    question = a_question(session, edition, ["Red", "Blue"], kind="choice", text={"en": "Colour"})
    person = somebody(session, edition, ticket, answers={"colour": "red"})
    rows = [{"key": "blue", "en": "Navy"}, {"en": "Red"}]
    questioning.save_question(session, edition, question, QUESTION | {"kind": "choice"}, rows, [ticket.id])
    assert [(one["key"], one.get("gone", False)) for one in question.options] == [
        ("blue", False), ("red-2", False), ("red", True),
    ]  # fmt: skip
    with pytest.raises(Exception, match="its kind stays"):
        questioning.save_question(session, edition, question, QUESTION | {"kind": "date"}, [], [ticket.id])
    questioning.save_question(session, edition, question, QUESTION | {"kind": "choices"}, rows, [ticket.id])
    session.expire_all()
    assert answers_of(session, [person.id]) == {person.id: {"colour": ["red"]}}
    assert questioning.remove_question(session, edition, question) is False
    assert (question.is_retired, answers_of(session, [person.id])[person.id]) == (True, {"colour": ["red"]})


def test_a_batch_of_codes_is_made_listed_and_taken_away_as_csv(organiser, session, edition, address):
    ticket = a_ticket(session, edition, places=50)
    sent = {"count": "20", "uses": "2", "ticket": ticket.id, "reserves": "y", "note": "=cmd|x"}
    organiser.post(f"{address}/codes/new", data=sent)
    session.refresh(ticket)
    assert ticket.reserved == 40
    file = organiser.get(f"{address}/codes.csv").data.decode("utf-8-sig").splitlines()
    code = session.exec(select(Invitation).where(Invitation.edition_id == edition.id)).first()
    assert len(file) == 21 and f"/register?code={code.code}" in "".join(file) and ",=cmd" not in "".join(file)
    organiser.post(f"{address}/codes/{code.code}/close")
    session.refresh(ticket)
    assert ticket.reserved == 38
    told = text_of(organiser.post(f"{address}/codes/new", data=sent | {"note": ""}))
    assert "no place left" in told


def test_a_named_code_is_unique(session, edition):
    a_ticket(session, edition)
    assert a_code(session, edition, code="vip-2030").code == "VIP-2030"
    with pytest.raises(Exception, match="this code already"):
        a_code(session, edition, code="VIP-2030")
    assert inviting.tidy_code(" vip-20 30 ") == "VIP-2030"


def test_many_are_decided_about_at_once_and_written_to(organiser, session, edition, address):
    ticket = a_ticket(session, edition, needs_approval=True)
    people = [somebody(session, edition, ticket, name) for name in "ABC"]
    codes = [one.code for one in people]
    organiser.post(f"{address}/decisions", data={"code": codes[:2], "act": "approve"})
    organiser.post(f"{address}/decisions", data={"code": codes[2:], "act": "decline", "reason": "Too late."})
    assert kinds_of_mail(session, edition) == [
        "registration.confirmed", "registration.confirmed", "registration.declined",
    ]  # fmt: skip
    body = session.exec(select(Mail.body).where(Mail.kind == "registration.declined")).one()
    assert "The organiser says: Too late." in body
    assert "Nobody is chosen" in text_of(organiser.post(f"{address}/decisions", data={"act": "approve"}))


@pytest.mark.parametrize(
    ("needs_approval", "act", "state"),
    [(True, "approve", "confirmed"), (True, "decline", "declined"), (False, "cancel", "cancelled")],
)
def test_one_registration_is_decided_about_on_its_page(
    organiser, session, edition, needs_approval, act, state
):
    person = somebody(session, edition, a_ticket(session, edition, needs_approval=needs_approval))
    organiser.post(f"/{edition.code}/console/people/{person.code}/{act}", data={"reason": "Why"})
    session.refresh(person)
    assert (person.state, person.reason) == (state, "Why")
    page = organiser.get(f"/{edition.code}/console/people/{person.code}")
    assert problems(page.text) == []
    organiser.post(f"/{edition.code}/console/people/{person.code}/restore")
    session.refresh(person)
    assert person.state == "confirmed"


def test_people_are_found_by_state_sort_and_answer(organiser, session, edition):
    ticket = a_ticket(session, edition, places=1)
    a_question(session, edition, ["Food", "Energy"], kind="choices", text={"en": "Sees"}, on_list=True)
    a_question(session, edition, kind="yesno", text={"en": "Visa"})
    first = somebody(session, edition, ticket, "A", answers={"sees": ["food", "energy"], "visa": "yes"})
    second = somebody(session, edition, ticket, "B", answers={"sees": ["food"]})

    def found(**wanted):
        return [row.code for row in queries.people(session, edition, PeopleFilter(**wanted))]

    assert found(answer="sees:food") == [first.code, second.code]
    assert (found(answer="sees:energy"), found(answer="visa:yes")) == ([first.code], [first.code])
    assert (found(state="waiting"), found(answer="nonsense")) == ([second.code], [])
    assert (found(ticket=ticket.code, state="confirmed"), found(ticket="none")) == ([first.code], [])
    page = organiser.get(f"/{edition.code}/console/people?state=waiting&sort_of=visitor")
    assert "Food" in text_of(page) and problems(page.text) == []


def test_the_list_takes_as_many_queries_for_one_as_for_fifty(organiser, session, edition):
    ticket = a_ticket(session, edition)
    a_question(session, edition, text={"en": "Why"}, on_list=True)

    def queries_of_the_page() -> int:
        with asked(session.get_bind()) as told:
            organiser.get(f"/{edition.code}/console/people")
        return len(told)

    somebody(session, edition, ticket, "A", answers={"why": "x"})
    one = queries_of_the_page()
    for number in range(30):
        somebody(session, edition, ticket, f"P{number}", answers={"why": "x"})
    assert queries_of_the_page() == one


def test_everything_is_taken_away_as_csv_and_xlsx_and_no_cell_is_a_formula(organiser, session, edition):
    ticket = a_ticket(session, edition)
    a_question(session, edition, ["Food", "Energy"], kind="choices", text={"en": "Sees"})
    person = somebody(
        session, edition, ticket, "=1+1", email="a@example.org", answers={"sees": ["food", "energy"]}
    )
    address = f"/{edition.code}/console/people"
    csv = organiser.get(f"{address}.csv").data.decode("utf-8-sig").splitlines()
    assert person.code in csv[1] and "Food; Energy" in csv[1] and ",=1+1" not in csv[1]
    sheet = load_workbook(io.BytesIO(organiser.get(f"{address}.xlsx?state=confirmed").data)).active
    rows = list(sheet.iter_rows())
    assert (len(rows), {cell.data_type for cell in rows[1]} & {"f"}) == (2, set())


def test_figures_count_days_countries_and_answers(session, edition):
    from expo.registration.queries import figures

    ticket = a_ticket(session, edition)
    question = a_question(session, edition, ["Food", "Energy"], kind="choices", text={"en": "Sees"})
    somebody(session, edition, ticket, "A", answers={"sees": ["food", "energy"]})
    second = somebody(session, edition, ticket, "B", answers={"sees": ["food"]})
    second.registered_at = now() - timedelta(days=2)
    session.flush()
    assert [count for _day, count in figures.per_day(session, edition)] == [1, 0, 1]
    assert figures.per_answer(session, edition) == {question.id: {"food": 2, "energy": 1}}
    assert figures.per_country(session, edition) == [("", 2)]


def test_gate_staff_see_registration_and_change_nothing_of_it(client, session, edition, address):
    sign_in(client, session, role="gate", edition=edition)
    a_ticket(session, edition)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}/sorts/new").status_code == 403
    assert client.post(f"{address}/sorts/visitor/remove").status_code == 403
    assert session.exec(select(Question).where(Question.edition_id == edition.id)).all() == []
    assert (every(session, edition) != [], session.exec(select(Person)).all()) == (True, [])


@pytest.mark.parametrize(
    ("zone", "when"), [("Asia/Shanghai", "0001-01-01T00:00"), ("America/New_York", "9999-12-31T23:59")]
)
def test_a_moment_that_could_never_be_read_again_is_not_kept(
    organiser, session, edition, address, zone, when
):
    """The ends of the calendar leave it on their way to another zone: every page of sorts failed for good."""
    edition.timezone = zone
    session.commit()
    sent = {"name-en": "Trade buyer", "kind": "buyer", "opens_at": when}
    page = organiser.post(f"{address}/sorts/new", data=sent)
    assert "between 2000 and 2100" in page.text and 'value="Trade buyer"' in page.text
    assert organiser.get(address).status_code == 200
