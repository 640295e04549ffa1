"""Who may be registered already is found by keys that the database knows to be old."""

from sqlalchemy import text

from expo.registration.alike import Known
from expo.registration.models import NotSame
from expo.registration.services import likeness
from tests.make import a_person, an_edition


def found(session, edition, **name):
    return [one.person.code for one in likeness.who_is_like(session, edition, Known(name))]


def test_somebody_is_found_in_another_script(session):
    edition = an_edition(session)
    a_person(session, edition, code="A", name={"zh": "李明"}, organisation="")
    a_person(session, edition, code="B", name={"en": "Anna Weber"}, organisation="")
    assert found(session, edition, en="Ming Li") == ["A"]
    assert found(session, edition, en="Zhang Wei") == []
    assert found(session, an_edition(session), en="Ming Li") == []


def test_a_changed_name_is_found_under_its_new_keys_whoever_wrote_it(session):
    edition = an_edition(session)
    person = a_person(session, edition, code="A", name={"zh": "李明"}, organisation="")
    assert likeness.catch_up(session, edition) == 1
    session.execute(
        text('UPDATE person SET name = \'{"ru": "Иванов Пётр"}\' WHERE id = :id'), {"id": person.id}
    )
    session.expire_all()
    assert (found(session, edition, en="Petr Ivanov"), found(session, edition, en="Li Ming")) == (["A"], [])


def test_who_left_is_not_found(session):
    edition = an_edition(session)
    a_person(session, edition, name={"zh": "李明"}, state="cancelled", organisation="")
    assert found(session, edition, zh="李明") == []


def test_pairs_are_told_until_somebody_says_that_they_are_two(session):
    edition = an_edition(session)
    one = a_person(session, edition, name={"zh": "李明"}, email="li@x.example")
    other = a_person(session, edition, name={"en": "Li Ming"}, email="li@x.example")
    a_person(session, edition, name={"en": "Anna Weber"})
    told = [(pair.one.id, pair.other.id) for pair in likeness.pairs(session, edition)]
    assert told == [(one.id, other.id)]
    session.add(NotSame(one_id=one.id, other_id=other.id))
    assert likeness.pairs(session, edition) == []
