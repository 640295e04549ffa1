"""The desk registers whoever walks in: by staff who may, with a name in any script."""

import pytest
from sqlmodel import select

from expo.gate.scripts_of_names import language_of_name
from expo.registration.models import Person
from tests.make import an_edition
from tests.signing import sign_in


@pytest.fixture
def desk(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="gate", edition=edition)
    return f"/api/{edition.code}/gate/walk-ins"


def test_a_name_is_kept_in_the_language_of_its_letters():
    names = ["Li Ming", "李明", "Пётр Иванов", "محمد علی", "Ελένη", "", "«李»"]
    assert [language_of_name(name) for name in names] == ["en", "zh", "ru", "ur", "en", "en", "zh"]


def test_a_walk_in_is_registered_and_gets_a_code(client, session, desk):
    sent = {"name": "  李 明 ", "kind": "visitor", "organisation": "海尔", "country": "CN"}
    answer = client.post(desk, json=sent)
    person = session.exec(select(Person).where(Person.code == answer.get_json()["code"])).one()
    assert (answer.status_code, person.name, person.organisation) == (201, {"zh": "李 明"}, "海尔")
    assert (person.kind, person.country, person.state) == ("visitor", "CN", "confirmed")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        {"name": "", "kind": "visitor"},
        {"name": "Li", "kind": "king"},
        {"name": 7, "kind": "visitor"},
        {"name": "L\x00i", "kind": "visitor"},
        {"name": "Li\u202e", "kind": "visitor"},
        {"name": "L" * 121, "kind": "visitor"},
        {"name": "Li", "kind": "visitor", "country": "ZZ"},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(client, session, desk, wrong):
    answer = client.post(desk, json=wrong)
    assert (answer.status_code, bool(answer.get_json()["error"])) == (400, True)
    assert session.exec(select(Person)).all() == []


def test_nobody_else_registers_people(client, session):
    edition = an_edition(session)
    address = f"/api/{edition.code}/gate/walk-ins"
    assert client.post(address, json={}).status_code == 401
    sign_in(client, session, role="reviewer", edition=edition)
    assert client.post(address, json={}).status_code == 403
