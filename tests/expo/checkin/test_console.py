"""The gates in the console: set up by one button or one by one, devices, passages, conflicts."""

import csv
import io
import re

import pytest
from sqlmodel import select

from expo.checkin.models import Annulment, Area, Conflict, Device, Exemption, Gate, Rule
from tests.expo.checkin.making import a_bearer, a_device, a_house, redeem
from tests.expo.checkin.test_sync import scan, sync
from tests.make import a_forum, a_room, a_talk, an_edition
from tests.page import problems
from tests.signing import sign_in

PAGES = ("", "/areas/new", "/new", "/talks", "/exemptions", "/devices", "/passages", "/conflicts")


@pytest.fixture
def house(client, session):
    found = a_house(session)
    sign_in(client, session, "organiser", found.edition)
    return found


def page(house, path=""):
    return f"/{house.edition.code}/console/gates{path}"


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_page_is_well_made_empty_and_full(client, session, house, language):
    empty = an_edition(session)
    person, secret = a_bearer(session, house)
    sign_in(client, session, "organiser", empty)
    sign_in(client, session, "organiser", house.edition)
    sync(client, house, scan(house.gates["north"], secret, 9), scan(house.gates["south"], secret, 5))
    redeem(client, house, house.gates["north"], "nonsense")
    session.add(Exemption(edition_id=house.edition.id, person_id=person.id, allowed=True, reason="x"))
    session.add(Rule(edition_id=house.edition.id, area_id=house.hall.id, kind="press"))
    session.commit()
    more = (f"/areas/{house.hall.id}", f"/{house.gates['north'].id}", f"/devices/{house.device.id}",
            "/conflicts?settled=1")  # fmt: skip
    for path in (*PAGES, *more):
        answer = client.get(page(house, f"{path}{'&' if '?' in path else '?'}lang={language}"))
        assert (path, answer.status_code, problems(answer.text)) == (path, 200, [])


def test_the_usual_set_is_one_button(client, session):
    edition = an_edition(session)
    a_room(session, edition, capacity=80)
    sign_in(client, session, "organiser", edition)
    assert "Make the usual set" in client.get(f"/{edition.code}/console/gates").text
    client.post(f"/{edition.code}/console/gates/usual")
    gates = session.exec(select(Gate).where(Gate.edition_id == edition.id)).all()
    assert len(gates) == 4


def test_areas_gates_and_rules_are_made_and_changed(client, session, house):
    made = {
        "code": "VIP", "name-en": "Lounge", "kind": "room", "parent": house.hall.id, "people_limit": "40",
        "when_full": "refuse",
    }  # fmt: skip
    assert client.post(page(house, "/areas/new"), data=made).status_code == 302
    area = session.exec(select(Area).where(Area.edition_id == house.edition.id, Area.code == "VIP")).one()
    assert (area.path, area.people_limit) == ([house.site.id, house.hall.id, area.id], 40)
    gate = {
        "code": "V1", "name-en": "Lounge door", "area": area.id, "direction": "in", "reentry": "daily",
        "passback_min": "5", "active": "y",
    }  # fmt: skip
    assert client.post(page(house, "/new"), data=gate).status_code == 302
    client.post(page(house, f"/areas/{area.id}/rules"), data={"rule-kind": "vip", "rule-from_time": "09:00"})
    rule = session.exec(select(Rule).where(Rule.area_id == area.id)).one()
    assert (rule.kind, rule.from_time.hour) == ("vip", 9)
    client.post(page(house, f"/rules/{rule.id}/delete"))
    assert session.exec(select(Rule).where(Rule.area_id == area.id)).all() == []


def test_a_circle_of_areas_is_refused_in_a_sentence(client, session, house):
    changed = {
        "code": "SITE", "name-en": "Site", "kind": "site", "parent": house.room.id, "when_full": "warn"
    }  # fmt: skip
    answer = client.post(page(house, f"/areas/{house.site.id}"), data=changed)
    assert answer.status_code == 200
    assert "An area cannot lie within itself" in answer.text


def test_a_gate_that_people_passed_is_closed_and_not_deleted(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    redeem(client, house, house.gates["north"], secret)
    client.post(page(house, f"/{house.gates['north'].id}/delete"))
    assert "Close the gate instead" in client.get(page(house)).text


def test_a_device_is_made_with_a_code_that_is_shown_once(client, session, house):
    answer = client.post(
        page(house, "/devices"), data={"name": "North 1", "gates": [house.gates["north"].id]}
    )
    code = re.search(r'class="gate-code"[^>]*>([A-Z0-9-]+)<', answer.text)[1]
    assert answer.headers["Cache-Control"] == "no-store"
    assert code not in client.get(page(house, "/devices")).text
    told = client.post(house.url("enrol"), json={"code": code}).get_json()
    assert [gate["code"] for gate in told["gates"]] == ["north"]
    client.post(page(house, f"/devices/{told['device']['id']}/revoke"))
    headers = {"Authorization": f"Device {told['token']}"}
    assert client.get(house.url("status"), headers=headers).status_code == 401


def test_a_person_is_kept_out_by_code(client, session, house):
    person, secret = a_bearer(session, house)
    session.commit()
    sent = {"code": person.code.lower(), "allowed": "0", "area": "", "reason": "Banned"}
    assert client.post(page(house, "/exemptions"), data=sent).status_code == 302
    assert redeem(client, house, house.gates["north"], secret)["reason"] == "blocked"
    refused = client.post(page(house, "/exemptions"), data=sent | {"code": "NOBODY"})
    assert "Nobody has the code" in refused.text


def test_passages_are_found_and_taken_away_as_a_table(client, session, house):
    _person, secret = a_bearer(session, house, name={"zh": "李明"}, organisation="=1+1")
    session.commit()
    redeem(client, house, house.gates["north"], secret)
    redeem(client, house, house.gates["south"], secret)
    shown = client.get(page(house, "/passages"), query_string={"q": "李明", "verdict": "refused"}).text
    assert "1 passage" in shown
    table = client.get(page(house, "/passages.csv")).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["gate"], row["verdict"], row["organisation"]) for row in rows] == [
        ("north", "ok", "'=1+1"), ("south", "refused", "'=1+1")
    ]  # fmt: skip


def test_a_scan_taken_back_counts_no_more(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    number = redeem(client, house, house.gates["north"], secret)["passage"]
    client.post(page(house, f"/passages/{number}/annul"), data={"reason": "wrong person"})
    assert session.get_one(Annulment, number).reason == "wrong person"
    assert redeem(client, house, house.gates["south"], secret)["code"] == 201


def test_a_conflict_is_settled_by_taking_one_scan_back(client, session, house):
    _device, token = a_device(session, house.edition)
    _person, secret = a_bearer(session, house)
    session.commit()
    first = sync(client, house, scan(house.gates["north"], secret, 9))["results"][0]
    sync(client, house, scan(house.gates["south"], secret, 5), token=token)
    conflict = session.exec(select(Conflict)).one()
    client.post(page(house, f"/conflicts/{conflict.id}"), data={"annul": first["passage"], "note": "twins"})
    session.refresh(conflict)
    assert (conflict.note, conflict.settled_at is not None) == ("twins", True)
    assert session.get(Annulment, first["passage"]) is not None
    for odd in ("1", "²", "9" * 5000):
        again = client.post(page(house, f"/conflicts/{conflict.id}"), data={"annul": odd})
        assert again.status_code in (302, 400)


def test_a_talk_has_a_list_of_attendance_with_the_rooms_limit(client, session, house):
    from datetime import datetime

    from expo.forums.models import Slot
    from expo.forums.models.timetable import between

    talk, room = a_talk(session, a_forum(session, house.edition)), a_room(session, house.edition, capacity=1)
    zone = house.edition.zone_info
    during = between(datetime(2023, 6, 15, 9, tzinfo=zone), datetime(2023, 6, 15, 10, tzinfo=zone))
    session.add(Slot(edition_id=house.edition.id, talk_id=talk.id, room_id=room.id, during=during))
    _person, secret = a_bearer(session, house)
    session.commit()
    client.post(page(house, f"/talks/{talk.id}"))
    area = session.exec(select(Area).where(Area.talk_id == talk.id)).one()
    gate = session.exec(select(Gate).where(Gate.area_id == area.id)).one()
    assert (area.people_limit, area.when_full) == (1, "refuse")
    answer = redeem(client, house, gate, secret)
    assert (answer["code"], answer["reason"]) == (200, "invalid_time")


@pytest.mark.parametrize("role", ["finance", "exhibitor", None])
def test_others_see_nothing_of_it(client, session, role):
    house = a_house(session)
    if role:
        from tests.make import an_organisation

        sign_in(
            client, session, role, house.edition, an_organisation(session) if role == "exhibitor" else None
        )
    assert {client.get(page(house, path)).status_code for path in PAGES} <= {302, 403}


def test_rows_of_another_edition_are_not_there(client, session, house):
    other = a_house(session)
    for path in (f"/areas/{other.site.id}", f"/{other.gates['north'].id}", f"/devices/{other.device.id}"):
        assert client.get(page(house, path)).status_code == 404
    assert session.exec(select(Device).where(Device.edition_id == other.edition.id)).one().revoked_at is None


def test_days_are_said_and_changed_by_one_button(client, session, house):
    assert "for a rehearsal" in client.get(page(house)).text
    client.post(page(house, "/days"), data={"any_day": "0"})
    told = client.get(page(house)).text
    assert ("Admit on any day" in told, "for a rehearsal" in told) == (True, False)
    bundle = client.get(house.url("bundle"), headers=house.headers).get_json()
    assert bundle["days"] == ["2023-06-15", "2023-06-16"]
