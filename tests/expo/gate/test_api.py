"""The desk registers whoever walks in: by staff who may, with a name in any script."""

import pytest
from sqlmodel import select

from expo.badges.queries import valid_badge
from expo.checkin.models import Passage, Rule
from expo.clock import now
from expo.gate.scripts_of_names import language_of_name
from expo.registration.models import Person
from expo.registration.models.photos import PersonPhoto
from tests.expo.checkin.making import a_bearer, a_house
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


def a_photo(session, person):
    session.add(PersonPhoto(person_id=person.id, content=b"\xff\xd8 a picture", digest="x"))
    session.commit()


def test_the_desk_tells_of_prints_and_photos(client, session):
    house = a_house(session)
    person, _badge = a_bearer(session, house, name={"ru": "Пётр", "en": "Petr"})
    badge = valid_badge(session, person)
    badge.prints, badge.printed_at = 2, now()
    a_photo(session, person)
    found = client.get(f"/api/{house.edition.code}/gate/desk?q=пётр", headers=house.headers).get_json()
    assert [(one["code"], one["prints"], one["has_photo"]) for one in found["results"]] == [
        (person.code, 2, True)
    ]
    assert found["results"][0]["attendee_names"] == {"ru": "Пётр", "en": "Petr"}
    assert client.get(f"/api/{house.edition.code}/gate/desk?q=пётр").status_code == 401
    locked = {"Authorization": "Device nobody"}
    assert client.get(f"/api/{house.edition.code}/gate/desk?q=пётр", headers=locked).status_code == 401


def test_a_device_sees_the_photo_of_whom_it_scanned_and_of_nobody_else(client, session):
    house = a_house(session)
    person, badge = a_bearer(session, house)
    other, _theirs = a_bearer(session, house)
    a_photo(session, person)
    a_photo(session, other)
    address = f"/api/{house.edition.code}/gate/photos"
    session.add(
        Passage(
            edition_id=house.edition.id, gate_id=house.gates["north"].id, area_id=house.site.id,
            device_id=house.device.id, source="d1", scan_id="1", person_id=person.id, type="entry", at=now(),
            received_at=now(), day=now().date(), verdict="ok",
        )
    )  # fmt: skip
    session.commit()
    both = [client.get(f"{address}/{one.id}", headers=house.headers) for one in (person, other)]
    assert [answer.status_code for answer in both] == [200, 204]
    assert client.get(f"{address}/{person.id}").status_code == 401
    sign_in(client, session, role="gate", edition=house.edition)
    assert client.get(f"{address}/{other.id}").data == b"\xff\xd8 a picture"


def test_why_somebody_was_let_in_anyway_is_written_down(client, session):
    house = a_house(session)
    rule = Rule(edition_id=house.edition.id, area_id=house.site.id, kind="vip")
    session.add(rule)
    person, badge = a_bearer(session, house, kind="visitor")
    session.commit()
    sent = {"secret": badge, "lists": [house.gates["north"].id], "nonce": "n1"}
    plain = client.post(house.url("redeem"), json=sent, headers=house.headers)
    why = {"nonce": "n2", "force": True, "force_reason": "Phone 3: Passport and invitation seen"}
    forced = client.post(house.url("redeem"), json=sent | why, headers=house.headers)
    assert [(one.status_code, one.get_json()["status"]) for one in (plain, forced)] == [
        (200, "error"),
        (201, "ok"),
    ]
    found = session.exec(select(Passage).where(Passage.scan_id == "n2")).one()
    assert (found.forced, found.forced_by, found.person_id) == (True, why["force_reason"], person.id)
