"""People agree to purposes one by one, and may take it back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from expo.errors import Refused
from expo.registration import queries, services
from tests.make import a_person, an_edition


@pytest.fixture
def person(session):
    return a_person(session, an_edition(session), language="ru")


def test_what_is_given_is_read_for_many_at_once(session, person):
    other = a_person(session, an_edition(session))
    services.give(session, person, ["news", "leads"])
    assert queries.consents_of(session, [person.id, other.id]) == {
        person.id: {"leads", "news"},
        other.id: frozenset(),
    }


def test_giving_twice_keeps_the_first_and_withdrawing_keeps_the_history(session, person):
    services.give(session, person, ["leads"], version=3)
    services.give(session, person, ["leads", "news"], version=4)
    services.withdraw(session, person, ["leads", "visa"])
    services.give(session, person, ["leads"], version=5, language="zh")
    told = [
        (row.purpose, row.version, row.language, row.withdrawn_at is None)
        for row in queries.consent_history(session, person)
    ]
    assert told == [("leads", 5, "zh", True), ("news", 4, "ru", True), ("leads", 3, "ru", False)]


def test_nobody_consents_to_what_nobody_asks(session, person):
    with pytest.raises(Refused, match="such a purpose"):
        services.give(session, person, ["anything"])


def test_a_purpose_is_given_once_at_a_time(session, person):
    services.give(session, person, ["leads"])
    with pytest.raises(IntegrityError, match="uq_consent_given"):
        session.execute(
            text(
                "INSERT INTO consent (person_id, purpose, given_at)"
                " SELECT person_id, purpose, given_at FROM consent"
            )
        )
