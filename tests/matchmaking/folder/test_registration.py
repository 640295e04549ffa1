"""Sorts, quotas and questions of registration go with an edition's folder, and wrong ones are named."""

import pytest
from sqlmodel import select

from expo.registration.models import Invitation, Person, Quota, Ticket
from expo.registration.services import inviting
from expo.registration.services.asked import answers_of
from expo.registration.services.settings import settings_of
from expo.spreadsheets import csv_bytes
from matchmaking.folder import queries, services
from matchmaking.folder.writing import files_of
from tests.expo.registration.making import a_code, a_question, a_quota, a_ticket, open_registration, somebody
from tests.make import an_edition
from tests.matchmaking.folder import small


def read(files):
    parsed, problems = services.read_files(files)
    return parsed, [(one.file, one.row, one.column) for one in problems.listed]


def test_registration_comes_out_as_it_went_in(session):
    edition = an_edition(session)
    open_registration(session, edition)
    ticket = a_ticket(session, edition, places=1, name={"en": "Visitor", "zh": "观众"})
    press = a_ticket(session, edition, kind="press", name={"en": "Press"}, invitation_only=True)
    a_quota(session, edition, 5, ticket, press)
    sees = a_question(session, edition, ["Food", "Energy"], kind="choices", text={"en": "Sees"})
    sees.options = [*sees.options, {"key": "old", "text": {"ru": "Старое"}, "gone": True}]
    more = {"after": sees.code, "after_values": ["food"], "text": {"en": "Which"}, "asked_for": [press]}
    a_question(session, edition, kind="number", least=1, **more)
    answers = {"sees": ["food", "energy"], "which": "7"}
    for name in ("Anna", "Boris"):
        somebody(session, edition, ticket, name, answers=answers)
    code = a_code(session, edition, code="PRESS-1", uses=3, ticket_id=press.id, reserves=True, note="Office")
    inviting.close(session, edition, a_code(session, edition, uses=2))
    somebody(session, edition, press, "Clara", code=code.code)
    parsed, problems = read(files_of(queries.collect(session, edition)))
    assert problems == []
    again = services.import_edition(session, parsed, code="again-2030")
    session.expire_all()
    assert queries.collect(session, again).tables == parsed.tables
    states = session.exec(select(Person.state).where(Person.edition_id == again.id).order_by(Person.id)).all()
    taken = session.exec(select(Ticket.taken).where(Ticket.edition_id == again.id).order_by(Ticket.id)).all()
    quota = session.exec(select(Quota).where(Quota.edition_id == again.id)).one()
    assert (states, taken, quota.taken) == (["confirmed", "waiting", "confirmed"], [1, 1], 2)
    kept = session.exec(
        select(Invitation).where(Invitation.edition_id == again.id, Invitation.code == "PRESS-1")
    )
    assert [(one.used, one.held, one.uses, one.ticket_id is None) for one in kept] == [(1, 1, 3, False)]
    assert (quota.reserved, settings_of(session, again).is_open) == (2, True)
    people = session.exec(select(Person.id).where(Person.edition_id == again.id).order_by(Person.id)).all()
    assert answers_of(session, people) == dict.fromkeys(people[:2], answers)


def table(heads: str, *rows: str) -> bytes:
    return csv_bytes([line.split("/") for line in (heads, *rows)])


@pytest.mark.parametrize(
    ("name", "content", "column"),
    [
        ("tickets.csv", table("code/name_en/kind", "No Code/x/visitor"), "code"),
        ("tickets.csv", table("code/name_en/kind/opens/closes", "a/x/vip/2030-01-02 09:00/2030-01-01 09:00"),
         "closes"),
        ("quotas.csv", table("code/name/places/tickets", "q/x/5/nobody"), "tickets"),
        ("questions.csv", table("code/text_en/kind", "a/x/choice"), "options"),
        ("questions.csv", table("code/text_en/kind/options", "a/x/choice/food"), "options"),
        ("questions.csv", table("code/text_en/after/after_values", "a/x/b/yes", "b/x//"), "after"),
        ("questions.csv", table("code/text_en/kind/after/after_values", "a/x/yesno//", "b/x/text/a/maybe"),
         "after_values"),
        ("questions.csv", table("code/text_en/kind/least/most", "a/x/number/5/4"), "most"),
        ("registration.csv", table("is_open", "yes", "no"), "is_open"),
        ("registration.csv", table("is_open/offer_hours", "yes/0"), "offer_hours"),
        ("invitations.csv", table("code/reserves", "ABCD/yes"), "ticket"),
        ("invitations.csv", table("code", "ab"), "code"),
        ("invitations.csv", table("code/uses", "ABCD/0"), "uses"),
        ("answers.csv", table("person/question/value", "nobody/nothing/x"), "person"),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_named(name, content, column):
    _parsed, problems = read(small.files() | {name: content})
    assert (name, column) in [(file, wrong) for file, _row, wrong in problems]


def test_more_people_than_places_and_an_address_twice_are_named():
    people = table(
        "code/kind/name_en/email/ticket", "P1/visitor/A/a@x.example/v", "P2/visitor/B/A@x.example/v"
    )
    tickets = table("code/name_en/kind/places", "v/x/visitor/1")
    _parsed, problems = read(small.files() | {"people.csv": people, "tickets.csv": tickets})
    assert problems == [("tickets.csv", 2, "places"), ("people.csv", 3, "email")]


def test_answers_and_codes_that_do_not_fit_are_named():
    files = {
        "tickets.csv": table("code/name_en/kind/places", "v/x/visitor/2", "w/y/press/"),
        "invitations.csv": table("code/ticket/uses/reserves", "CODE-V/v/3/yes", "CODE-W/w/1/no"),
        "questions.csv": table("code/text_en/kind/options", "q/x/choices/a:A;b:B", "n/x/number/"),
        "people.csv": table(
            "code/kind/name_en/ticket/invitation", "P1/visitor/A/v/CODE-W", "P2/press/B/w/CODE-W"
        ),
        "answers.csv": table(
            "person/question/value", "P1/q/a;c", "P1/n/many", "P2/q/b;a", "P2/q/a", "P2/n/7"
        ),
    }
    _parsed, problems = read(small.files() | files)
    assert problems == [
        ("tickets.csv", 2, "places"),
        ("invitations.csv", 3, "uses"),
        ("people.csv", 2, "invitation"),
        ("answers.csv", 2, "value"),
        ("answers.csv", 3, "value"),
        ("answers.csv", 5, "question"),
    ]
