"""Devices come in with a code, once; what they may ask; how foreign apps see us."""

from datetime import timedelta

import pytest

from expo.checkin import services
from expo.clock import now
from tests.expo.checkin.making import a_bearer, a_device, a_house, redeem
from tests.make import a_person
from tests.signing import sign_in


@pytest.fixture
def house(session):
    found = a_house(session)
    session.commit()
    return found


def test_a_code_enrols_one_device_once(client, session, house):
    _device, code = services.make_device(session, house.edition, "Phone", [house.gates["north"]])
    session.commit()
    sent = {"code": f" {code[:4]}-{code[4:8].lower()} {code[8:]} ", "name": "Mine"}
    first, second = (client.post(house.url("enrol"), json=sent) for _turn in "12")
    assert (first.status_code, second.status_code) == (201, 400)
    told = first.get_json()
    assert (told["device"]["name"], [gate["code"] for gate in told["gates"]]) == ("Mine", ["north"])
    headers = {"Authorization": f"Device {told['token']}"}
    assert client.get(house.url("status"), headers=headers).get_json()["edition"] == house.edition.code


def test_codes_run_out_and_are_not_to_be_guessed(client, session, house):
    device, code = services.make_device(session, house.edition, "Phone")
    device.code_expires_at = now() - timedelta(seconds=1)
    session.commit()
    seen = [client.post(house.url("enrol"), json={"code": code}).status_code for _turn in range(40)]
    assert (seen[0], seen[-1]) == (400, 429)
    _device, good = services.make_device(session, house.edition, "Phone")
    session.commit()
    assert client.post(house.url("enrol"), json={"code": good}).status_code == 429


def test_many_phones_come_in_behind_one_address(client, session, house):
    codes = [services.make_device(session, house.edition, "Phone")[1] for _phone in range(35)]
    session.commit()
    seen = {client.post(house.url("enrol"), json={"code": code}).status_code for code in codes}
    assert seen == {201}


def test_a_code_of_another_edition_enrols_nothing_here(client, session, house):
    _device, code = services.make_device(session, a_house(session).edition, "Phone")
    session.commit()
    assert client.post(house.url("enrol"), json={"code": code}).status_code == 400


@pytest.mark.parametrize("path", ["status", "search?q=ab", "bundle"])
def test_strangers_are_told_nothing(client, house, path):
    for headers in (
        {}, {"Authorization": "Device x"}, {"Authorization": "Basic eDp5"}, {"Authorization": "Device"},
        {"Authorization": "Device " + "x" * 300},
    ):  # fmt: skip
        answer = client.get(house.url(path), headers=headers)
        assert (answer.status_code, set(answer.get_json())) == (401, {"error", "detail", "status"})


def test_a_device_that_is_locked_out_is_refused_at_once(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    assert redeem(client, house, house.gates["north"], secret)["code"] == 201
    services.revoke_device(session, house.device)
    session.commit()
    assert redeem(client, house, house.gates["south"], secret)["code"] == 401
    assert client.post(house.url("sync"), json={"scans": []}, headers=house.headers).status_code == 401


def test_a_device_serves_its_own_gates_and_its_own_edition_only(client, session, house):
    device, token = a_device(session, house.edition, house.gates["south"])
    other = a_house(session)
    _person, secret = a_bearer(session, house)
    session.commit()
    headers = {"Authorization": f"Device {token}"}
    seen = [
        client.post(
            where.url("redeem"), json={"secret": secret, "lists": [house.gates[gate].id]}, headers=headers
        ).status_code
        for where, gate in ((house, "north"), (other, "south"), (house, "south"))
    ]
    assert seen == [403, 401, 201]


def test_somebody_signed_in_may_scan_with_the_token_of_forms(app, client, session, house):
    _person, secret = a_bearer(session, house)
    sign_in(client, session, "gate", house.edition)
    sent = {"secret": secret, "lists": [house.gates["north"].id]}
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post(house.url("redeem"), json=sent).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(house.url("redeem"), json=sent).status_code == 201
    assert client.get(house.url("status")).get_json()["device"] is None


def test_who_may_not_scan_is_refused(client, session, house):
    sign_in(client, session, "finance", house.edition)
    assert client.get(house.url("status")).status_code == 403


def test_the_desk_finds_people_in_every_script(client, session, house):
    person = a_person(
        session,
        house.edition,
        name={"en": "Li Ming", "zh": "李明", "ur": "لی منگ"},
        organisation="Honey & Co",
    )
    session.commit()
    for words in ("李明", "李", "li mi", "منگ", "honey", person.code):
        found = client.get(house.url("search"), query_string={"q": words}, headers=house.headers).get_json()
        assert [one["code"] for one in found["results"]] == [person.code]
    short = client.get(house.url("search"), query_string={"q": "l"}, headers=house.headers)
    assert short.get_json()["count"] == 0


def found(client, house, words):
    answer = client.get(house.url("search"), query_string={"q": words}, headers=house.headers)
    return [one["attendee_names"] for one in answer.get_json()["results"]]


def test_who_is_meant_comes_first_and_what_is_heard_is_enough(client, session, house):
    names = [{"en": "Lina Petrova"}, {"ru": "Пётр Иванов"}, {"en": "Peter Ivanovich"}, {"zh": "李小龙"}]
    for name in names:
        a_person(session, house.edition, name=name, organisation="Ivanov Trading" if "zh" in name else "")
    session.commit()
    assert found(client, house, "ivanov")[0] == {"ru": "Пётр Иванов"}  # then the beginning, then the firm
    assert found(client, house, "ivanov")[1:] == [{"en": "Peter Ivanovich"}, {"zh": "李小龙"}]
    assert found(client, house, "li") == [{"zh": "李小龙"}, {"en": "Lina Petrova"}]
    assert found(client, house, "小龙") == found(client, house, "xiaolong") == [{"zh": "李小龙"}]


def test_another_name_is_found_at_once_and_the_old_one_no_more(client, session, house):
    person = a_person(session, house.edition, name={"en": "Olga Smirnova"})
    session.commit()
    assert found(client, house, "smirnova")
    person.name = {"en": "Olga Orlova"}
    session.commit()
    assert (found(client, house, "smirnova"), found(client, house, "orlova")) == ([], [{"en": "Olga Orlova"}])


@pytest.mark.parametrize(
    "words", ["' | & !", "\\'", "a:* & b", "🙂🙂", "%", "--", "x" * 90, "((((", "\u200b\u200b"]
)
def test_whatever_is_typed_at_the_desk_is_answered(client, house, words):
    answer = client.get(house.url("search"), query_string={"q": words}, headers=house.headers)
    assert answer.status_code == 200


def test_a_device_that_only_scans_looks_nobody_up(client, session, house):
    house.device.may_search = False
    session.add(house.device)
    session.commit()
    asked = [house.url("search?q=peter"), f"/api/{house.edition.code}/gate/desk?q=peter"]
    asked.append("/api/v1/organizers/house/checkinrpc/search/?search=peter")
    assert {client.get(path, headers=house.headers).status_code for path in asked} == {403}
    status = client.get(house.url("status"), headers=house.headers).get_json()
    assert status["device"]["may_search"] is False


def test_an_app_for_pretix_finds_its_way(client, session, house):
    _device, code = services.make_device(session, house.edition, "Scanner")
    person, secret = a_bearer(session, house, name={"en": "Peter"})
    session.commit()
    sent = {
        "token": code, "hardware_brand": "Samsung", "hardware_model": "S", "software_brand": "x",
        "software_version": "1",
    }  # fmt: skip
    told = client.post("/api/v1/device/initialize", json=sent).get_json()
    assert client.post("/api/v1/device/initialize", json=sent).get_json().keys() == {"token"}
    headers = {"Authorization": f"Device {told['api_token']}"}
    organiser = f"/api/v1/organizers/{told['organizer']}"
    event = client.get(f"{organiser}/events/", headers=headers).get_json()["results"][0]["slug"]
    lists = client.get(f"{organiser}/events/{event}/checkinlists/", headers=headers).get_json()["results"]
    number = next(one["id"] for one in lists if one["name"] == "north")
    scan = {
        "secret": secret, "source_type": "barcode", "lists": [number], "force": False, "ignore_unpaid": False,
        "nonce": "Pvrk50", "datetime": None, "questions_supported": True, "answers": {},
    }  # fmt: skip
    done = client.post(f"{organiser}/checkinrpc/redeem/", json=scan, headers=headers)
    assert (done.status_code, done.get_json()["position"]["attendee_name"]) == (201, "Peter")
    status = client.get(f"{organiser}/events/{event}/checkinlists/{number}/status/", headers=headers)
    assert status.get_json()["inside_count"] == 1
    found = client.get(
        f"{organiser}/checkinrpc/search/?list={number}&search=pete", headers=headers
    ).get_json()
    assert [one["list"] for one in found["results"][0]["checkins"]] == [number]
    assert found["results"][0]["secret"] == person.code
    older = f"{organiser}/events/{event}/checkinlists/{number}/positions"
    assert client.post(f"{older}/{secret}/redeem/", json={}, headers=headers).status_code == 400  # inside
    assert client.post(f"{older}/{person.id}/redeem/", json={}, headers=headers).status_code == 400
    assert client.post(f"{older}/nobody/redeem/", json={}, headers=headers).status_code == 404
    assert client.post(f"{older}/99999999999/redeem/", json={}, headers=headers).status_code == 404
    for what in ("questions", "categories", "badgelayouts", "orders", "revokedsecrets", "subevents"):
        assert client.get(f"{organiser}/events/{event}/{what}/", headers=headers).get_json()["results"] == []
    chosen = client.get("/api/v1/device/eventselection", headers=headers).get_json()
    assert (chosen["event"]["slug"], chosen["checkinlist"]) == (event, None)
    annul = {"nonce": "Pvrk50", "lists": [number], "error_explanation": "wrong person"}
    assert client.post(f"{organiser}/checkinrpc/annul/", json=annul, headers=headers).status_code == 200
    again = client.post(f"{organiser}/checkinrpc/redeem/", json=scan | {"nonce": "2"}, headers=headers)
    assert again.status_code == 201
    assert client.post(f"{organiser}/checkinrpc/redeem/", json=scan).status_code == 401
    rolled = client.post("/api/v1/device/roll", headers=headers).get_json()["api_token"]
    assert client.get(f"{organiser}/events/", headers=headers).status_code == 401
    headers = {"Authorization": f"Device {rolled}"}
    assert client.post("/api/v1/device/revoke", headers=headers).status_code == 200
    assert client.get(f"{organiser}/events/", headers=headers).status_code == 401


def test_gates_made_by_one_button(session, house):
    from tests.make import a_room, an_edition

    edition = an_edition(session)
    a_room(session, edition, capacity=80)
    assert services.default_set(session, edition) == 4
    with pytest.raises(Exception, match="areas already"):
        services.default_set(session, edition)
