"""Scans made without a net: each once, none lost, and what two gates did side by side is reported."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.checkin.models import Conflict, Passage, Place
from expo.clock import now
from tests.expo.checkin.making import a_bearer, a_device, a_house, redeem
from tests.signing import sign_in


@pytest.fixture
def house(session):
    found = a_house(session)
    session.commit()
    return found


def scan(gate, secret, minutes_ago=0, **more):
    at = now() - timedelta(minutes=minutes_ago)
    return {
        "scan_id": f"{gate.code}-{minutes_ago}-{secret[:12]}", "gate": gate.id, "type": "entry",
        "datetime": at.isoformat(), "secret": secret, "verdict": "ok", "reason": "", "forced": False,
    } | more  # fmt: skip


def sync(client, house, *scans, token=None):
    headers = {"Authorization": f"Device {token}"} if token else house.headers
    answer = client.post(house.url("sync"), json={"scans": list(scans)}, headers=headers)
    assert answer.status_code == 200
    return answer.get_json()


def test_scans_come_in_with_their_true_time_and_only_once(client, session, house):
    person, secret = a_bearer(session, house)
    session.commit()
    sent = scan(house.gates["north"], secret, minutes_ago=90)
    first, second = (sync(client, house, sent)["results"][0] for _turn in "12")
    assert (first["status"], first["replayed"], second["replayed"]) == ("ok", False, True)
    row = session.exec(select(Passage)).one()
    assert (row.at.isoformat(), row.offline) == (sent["datetime"], True)
    assert session.get_one(Place, person.id).area_id == house.site.id


def test_people_whom_two_gates_let_in_are_reported_whichever_comes_first(client, session, house):
    _device, token = a_device(session, house.edition)
    north, south = house.gates["north"], house.gates["south"]
    for early, late in ((60, 50), (40, 45)):
        _person, secret = a_bearer(session, house)
        session.commit()
        one = sync(client, house, scan(north, secret, early))["results"][0]
        two = sync(client, house, scan(south, secret, late), token=token)["results"][0]
        assert [(x["conflict"], x["reason"]) for x in (one, two)] == [
            (False, None), (True, "already_redeemed")
        ]  # fmt: skip
        conflict = session.exec(select(Conflict).where(Conflict.passage_id == two["passage"])).one()
        assert conflict.other_id == one["passage"]
    assert sync(client, house)["conflicts"] == 2
    total = session.execute(
        text("SELECT sum(inside) FROM gate_count WHERE area_id = :a"), {"a": house.site.id}
    ).scalar_one()
    assert total == 2


def test_a_late_report_against_an_entry_decided_here_is_a_conflict_too(client, session, house):
    person, secret = a_bearer(session, house)
    session.commit()
    online = redeem(client, house, house.gates["south"], secret)
    late = sync(client, house, scan(house.gates["north"], secret, minutes_ago=30))["results"][0]
    assert (online["code"], late["conflict"]) == (201, True)
    assert session.get_one(Place, person.id).passage_id == online["passage"]


def test_an_exit_in_between_is_no_conflict(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    north = house.gates["north"]
    answer = sync(
        client, house, scan(north, secret, 30), scan(north, secret, 20, type="exit"), scan(north, secret, 10)
    )
    assert [one["conflict"] for one in answer["results"]] == [False, False, False]


def test_refusals_made_offline_are_kept_with_their_reason(client, session, house):
    sent = scan(house.gates["north"], "nonsense", verdict="refused", reason="invalid")
    assert sync(client, house, sent)["results"][0]["verdict"] == "refused"
    assert session.exec(select(Passage)).one().reason == "invalid"


def test_somebody_let_in_with_a_revoked_badge_is_a_conflict(client, session, house):
    person, secret = a_bearer(session, house)
    session.execute(text("UPDATE badge SET revoked_at = now() WHERE person_id = :p"), {"p": person.id})
    session.commit()
    answer = sync(client, house, scan(house.gates["north"], secret, 5))["results"][0]
    assert (answer["verdict"], answer["conflict"], answer["reason"]) == ("ok", True, "revoked")


def test_broken_scans_are_answered_one_by_one_and_stop_nothing(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    good = scan(house.gates["north"], secret, 5)
    bad = [
        None, [], {}, good | {"scan_id": ""}, good | {"scan_id": "x" * 200}, good | {"verdict": "perhaps"},
        good | {"gate": "x"}, good | {"gate": 10**12}, good | {"type": 7}, good | {"secret": None},
        good | {"scan_id": "g", "gate": 2**31 - 1},
    ]  # fmt: skip
    results = sync(client, house, *bad, good | {"datetime": "never"})["results"]
    assert [one["status"] for one in results] == ["error"] * len(bad) + ["ok"]
    assert results[-1]["flag"] == "odd"


def test_more_than_five_hundred_at_once_are_refused(client, house):
    answer = client.post(house.url("sync"), json={"scans": [{}] * 501}, headers=house.headers)
    assert answer.status_code == 400


def saved(house, scans, **more) -> dict:
    """The console's form with a file as the app saves it."""
    text = json.dumps({"edition": house.edition.code, "saved_at": "now", "scans": scans} | more)
    return {"file": (BytesIO(text.encode()), "scans.json")}


def test_scans_saved_as_a_file_are_taken_over_once(client, session, house):
    sign_in(client, session, "organiser", house.edition)
    north = house.gates["north"]
    person, secret = a_bearer(session, house)
    _other, sent_before = a_bearer(session, house)
    session.commit()
    scans = [scan(north, secret, 30), scan(north, sent_before, 20), {"scan_id": "\x00\ud800"}, 7]
    client.post(house.url("sync"), json={"scans": scans[1:2]}, headers=house.headers)
    page = f"/{house.edition.code}/console/gates/saved-scans"
    assert client.get(page).status_code == 200
    told = client.post(page, data=saved(house, scans), follow_redirects=True).text
    assert "Scans taken over: 1. Here already: 1. Without sense, or of a gate that is gone: 2." in told
    again = client.post(page, data=saved(house, scans), follow_redirects=True).text
    assert "Scans taken over: 0. Here already: 2." in again
    made = session.exec(select(Passage).where(Passage.person_id == person.id)).one()
    assert (made.offline, made.verdict, made.source[0]) == (True, "ok", "u")
    assert now() - made.at > timedelta(minutes=29)


@pytest.mark.parametrize("sent", [b"", b"nonsense", b"[]", b"[" * 100_000, b'{"scans": []}', "foreign"])
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(client, session, house, sent):
    sign_in(client, session, "organiser", house.edition)
    session.commit()
    if sent == "foreign":
        data = saved(house, [{"scan_id": "1"}], edition="elsewhere")
    else:
        data = {"file": (BytesIO(sent), "scans.json")}
    answer = client.post(f"/{house.edition.code}/console/gates/saved-scans", data=data)
    assert answer.status_code in (200, 400, 422)
    assert ("another event" if sent == "foreign" else "not a file of scans") in answer.text
