"""What devices hold without a net: everything to decide by, and nobody's name without the badge."""

import gzip
import json

import pytest
from cryptography.exceptions import InvalidTag
from sqlmodel import select

from expo.badges import services as badges
from expo.badges.models import Badge
from expo.checkin import boxes
from expo.checkin.models import Exemption, GateSettings, Rule
from tests.expo.checkin.making import KEY, a_badge, a_bearer, a_house


@pytest.fixture
def house(session, app, monkeypatch):
    monkeypatch.setattr("expo.checkin.api.bundling.badge_key", lambda _settings: KEY)
    found = a_house(session)
    session.commit()
    return found


def bundle(client, session, house, since=None):
    settings = session.get(GateSettings, house.edition.id)
    if settings is not None:  # as if some seconds had gone by
        settings.gathered_at = None
        session.commit()
    answer = client.get(
        house.url("bundle"), query_string={"since": since} if since else {}, headers=house.headers
    )
    assert answer.status_code == 200
    return answer.get_json()


def name_of(secret: str) -> str:
    raw = boxes.raw_of(secret)
    assert raw is not None
    return boxes.name_of(raw)


def test_a_badge_opens_its_own_box_and_no_other(client, session, house):
    person, secret = a_bearer(session, house, name={"zh": "李明"}, organisation="蜂蜜")
    _other, others = a_bearer(session, house)
    session.add(
        Exemption(edition_id=house.edition.id, person_id=person.id, area_id=house.hall.id, allowed=True)
    )
    session.commit()
    got = bundle(client, session, house)
    assert boxes.opened(secret, house.edition.code, got["people"][name_of(secret)]) == {
        "name": {"zh": "李明"}, "organisation": "蜂蜜", "country": "KZ", "kind": "visitor",
        "state": "confirmed", "code": person.code, "ticket": None,
        "exemptions": [{"area": house.hall.id, "allowed": True, "until": None, "reason": ""}],
    }  # fmt: skip
    with pytest.raises(InvalidTag):
        boxes.opened(others, house.edition.code, got["people"][name_of(secret)])
    assert "李明" not in json.dumps(got, ensure_ascii=False)


def test_it_holds_gates_rules_keys_and_revoked_badges(client, session, house):
    person, _secret = a_bearer(session, house)
    badge = session.exec(select(Badge).where(Badge.person_id == person.id)).one()
    badges.revoke(session, badge)
    session.add(Rule(edition_id=house.edition.id, area_id=house.hall.id, kind="press"))
    session.commit()
    got = bundle(client, session, house)
    assert got["revoked"] == [[person.id, 1]]
    assert [gate["code"] for gate in got["gates"]] == ["hall", "north", "room", "south"]
    assert {area["code"]: len(area["path"]) for area in got["areas"]} == {"SITE": 1, "HALL": 2, "ROOM": 3}
    assert got["rules"] == [
        {"area": house.hall.id, "kind": "press", "ticket": None, "from_day": None, "until_day": None,
         "from_time": None, "until_time": None}
    ]  # fmt: skip
    assert [key["number"] for key in got["keys"]] == [0, 1]
    assert got["people"] == {}


def test_afterwards_only_what_changed_is_sent(client, session, house):
    (one, first), (two, second) = (a_bearer(session, house) for _turn in "12")
    session.commit()
    whole = bundle(client, session, house)
    assert (len(whole["people"]), "since" in whole) == (2, False)
    quiet = bundle(client, session, house, whole["version"])
    assert (quiet["version"], quiet["people"], quiet["gone"]) == (whole["version"], {}, [])
    one.state = "cancelled"
    badges.revoke(session, session.exec(select(Badge).where(Badge.person_id == two.id)).one())
    session.flush()
    third = a_badge(session, two)
    session.commit()
    news = bundle(client, session, house, whole["version"])
    assert set(news["people"]) == {name_of(first), name_of(third)}
    assert (news["gone"], news["since"]) == ([name_of(second)], whole["version"])
    assert boxes.opened(first, house.edition.code, news["people"][name_of(first)])["state"] == "cancelled"


def test_a_version_that_never_was_gets_everything(client, session, house):
    a_bearer(session, house)
    session.commit()
    assert len(bundle(client, session, house, 10**6)["people"]) == 1
    assert client.get(house.url("bundle?since=x"), headers=house.headers).status_code == 200


def test_it_comes_zipped_to_those_who_can_read_it(client, session, house):
    _person, secret = a_bearer(session, house)
    session.commit()
    answer = client.get(house.url("bundle"), headers=house.headers | {"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert name_of(secret) in json.loads(gzip.decompress(answer.data))["people"]
