"""Sorts, quotas and questions of registration go with an edition's folder, and wrong ones are named."""

import pytest
from sqlmodel import select

from expo.registration.models import Person, Quota, Ticket
from expo.spreadsheets import csv_bytes
from matchmaking.folder import queries, services
from matchmaking.folder.writing import files_of
from tests.expo.registration.making import a_question, a_quota, a_ticket, open_registration, somebody
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
    a_question(session, edition, kind="number", least=1, is_required=True, **more)
    for name in ("Anna", "Boris"):
        somebody(session, edition, ticket, name)
    parsed, problems = read(files_of(queries.collect(session, edition)))
    assert problems == []
    again = services.import_edition(session, parsed, code="again-2030")
    session.expire_all()
    assert queries.collect(session, again).tables == parsed.tables
    states = session.exec(select(Person.state).where(Person.edition_id == again.id).order_by(Person.id)).all()
    taken = session.exec(select(Ticket.taken).where(Ticket.edition_id == again.id).order_by(Ticket.id)).all()
    quota = session.exec(select(Quota).where(Quota.edition_id == again.id)).one()
    assert (states, taken, quota.taken) == (["confirmed", "waiting"], [1, 0], 1)


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
