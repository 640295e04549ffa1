"""The organiser registers people with sort and questions, moves them, and starts with a set of sorts."""

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.outbox.models import Mail
from expo.registration.models import Person, Ticket
from expo.registration.services import starting
from expo.registration.services.asked import answers_of
from tests.expo.registration.making import a_question, a_ticket
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def console(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    return f"/{edition.code}/console"


def newest(session) -> Person:
    return session.exec(select(Person).order_by(Person.id.desc())).first()


def test_the_organiser_registers_for_a_sort_that_is_shut_with_answers_and_mails_it(
    client, session, edition, console
):
    ticket = a_ticket(session, edition, kind="press", invitation_only=True, needs_approval=True)
    a_question(session, edition, ("Vegan", "Halal"), kind="choice", text={"en": "Diet"}, is_required=True)
    a_question(session, edition, kind="text", text={"en": "Why"}, is_required=True)
    page = f"{console}/people/new?sort={ticket.code}"
    assert problems(client.get(page).text) == []
    typed = {
        "name_en": "Anna",
        "email": "a@x.example",
        "language": "en",
        "country": "",
        "once": "one",
        "tells": "y",
    }
    wrong = client.post(page, data=typed | {"q_diet": "pork"})
    assert (wrong.status_code, "cannot be chosen" in wrong.text) == (200, True)
    for _ in range(2):
        assert client.post(page, data=typed | {"q_diet": "halal"}).status_code == 302
    person = newest(session)
    assert (person.kind, person.state, person.ticket_id) == ("press", "confirmed", ticket.id)
    assert answers_of(session, [person.id]) == {person.id: {"diet": "halal"}}
    assert session.exec(select(Mail.kind)).all() == ["registration.confirmed"]
    own = f"{console}/people/{person.code}"
    assert problems(client.get(own).text) == []
    assert (
        client.post(own, data=typed | {"kind": "press", "q_diet": "vegan", "q_why": "x"}).status_code == 302
    )
    assert answers_of(session, [person.id])[person.id] == {"diet": "vegan", "why": "x"}


def test_a_full_sort_is_refused_or_waited_for(client, session, edition, console):
    ticket = a_ticket(session, edition, places=1)
    page = f"{console}/people/new?sort={ticket.code}"
    typed = {"name_en": "Anna", "language": "en", "country": ""}
    client.post(page, data=typed)
    full = client.post(page, data=typed)
    assert ("no place left" in full.text, newest(session).state) == (True, "confirmed")
    client.post(page, data=typed | {"may_wait": "y"})
    assert newest(session).state == "waiting"


def test_somebody_becomes_of_another_sort_while_there_is_room(client, session, edition, console):
    visitor, vip = (
        a_ticket(session, edition, kind=kind, name={"en": kind}, places=1) for kind in ("visitor", "vip")
    )
    people = [a_person(session, edition, ticket_id=visitor.id), a_person(session, edition)]
    for person in people:
        client.post(f"{console}/people/{person.code}/sort", data={"sort_of": vip.code})
    session.expire_all()
    assert [(one.kind, one.ticket_id) for one in people] == [("vip", vip.id), ("visitor", None)]
    assert (visitor.taken, vip.taken) == (0, 1)
    odd = client.post(f"{console}/people/{people[0].code}/sort", data={"sort_of": "\x07"})
    assert odd.status_code == 302


def test_an_edition_without_sorts_gets_a_set_once_and_its_people_belong_to_it(
    client, session, edition, console
):
    twins = [a_person(session, edition, email="one@x.example") for _ in range(2)]
    press = a_person(session, edition, kind="press")
    page = client.get(f"{console}/registration")
    assert (problems(page.text), "Make the usual sorts" in page.text) == ([], True)
    assert client.post(f"{console}/registration/start").status_code == 302
    session.expire_all()
    kinds = {one.id: one.kind for one in session.exec(select(Ticket))}
    assert sorted(kinds.values()) == ["buyer", "press", "vip", "visitor"]
    assert [kinds.get(one.ticket_id) for one in (*twins, press)] == ["visitor", None, "press"]
    with pytest.raises(Refused, match="already"):
        starting.start_set(session, edition)
    assert client.get(f"/{edition.code}/register").status_code == 200
