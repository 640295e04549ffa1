"""A scan at a gate: who is let in, who is not and why, and what is written."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.badges import services as badges
from expo.badges.models import Badge
from expo.checkin.models import Passage
from expo.clock import now
from expo.registration.models.photos import PersonPhoto
from tests.expo.checkin.making import KEY, a_badge, a_bearer, a_house, inside, redeem
from tests.make import a_person


@pytest.fixture
def house(session):
    return a_house(session)


def test_a_badge_lets_its_bearer_in(client, session, house):
    person, secret = a_bearer(session, house, name={"en": "Aigerim", "ru": "Айгерим"}, organisation="Honey")
    answer = redeem(client, house, house.gates["north"], secret)
    assert (answer["code"], answer["status"], answer["require_attention"]) == (201, "ok", False)
    position = answer["position"]
    told = ("attendee_name", "company", "kind", "country", "order", "positionid")
    assert [position[key] for key in told] == ["Aigerim", "Honey", "visitor", "KZ", person.code, 1]
    assert answer["list"] == {
        "id": house.gates["north"].id, "name": "north", "event": house.edition.code, "subevent": None,
        "include_pending": False,
    }  # fmt: skip
    assert inside(session, house.site) == 1


def test_the_second_entry_is_refused_until_the_exit(client, session, house):
    _person, secret = a_bearer(session, house)
    north, south = house.gates["north"], house.gates["south"]
    seen = [
        redeem(client, house, gate, secret, type=kind)
        for gate, kind in ((north, "entry"), (south, "entry"), (south, "exit"), (north, "entry"))
    ]
    assert [one["code"] for one in seen] == [201, 200, 201, 201]
    assert (seen[1]["status"], seen[1]["reason"]) == ("error", "already_redeemed")
    assert "north" in seen[1]["reason_explanation"]
    assert inside(session, house.site) == 1


def test_the_same_scan_twice_gets_the_first_answer_and_writes_nothing(client, session, house):
    _person, secret = a_bearer(session, house)
    first, second = (redeem(client, house, house.gates["north"], secret, nonce="abc") for _turn in "12")
    assert (first.pop("replayed"), second.pop("replayed")) == (False, True)
    assert first == second
    assert session.execute(text("SELECT count(*) FROM passage")).scalar_one() == 1


def test_a_refusal_is_repeated_for_the_same_scan_too(client, session, house):
    person, secret = a_bearer(session, house, state="pending")
    refused = redeem(client, house, house.gates["north"], secret, nonce="n")
    person.state = "confirmed"
    session.commit()
    again = redeem(client, house, house.gates["north"], secret, nonce="n")
    assert (refused["reason"], again["reason"]) == ("unapproved", "unapproved")
    assert redeem(client, house, house.gates["north"], secret, nonce="m")["code"] == 201


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("pending", "unapproved"),
        ("waiting", "unapproved"),
        ("declined", "canceled"),
        ("cancelled", "canceled"),
    ],
)
def test_only_confirmed_people_pass(client, session, house, state, reason):
    _person, secret = a_bearer(session, house, state=state)
    answer = redeem(client, house, house.gates["north"], secret)
    assert (answer["code"], answer["status"], answer["reason"]) == (200, "error", reason)


@pytest.mark.parametrize(
    "secret",
    ["nonsense", "x" * 5000, "\x00\x01\x02", "A" * 94, "‮", "😀", "\ud800", "9" * 200, "{}", "مرحبا"],
)
def test_whatever_is_no_badge_is_told_so(client, session, house, secret):
    answer = redeem(client, house, house.gates["north"], secret)
    assert (answer["code"], answer["status"], answer["reason"]) == (404, "error", "invalid")
    assert answer["reason_explanation"]


def test_tampered_foreign_and_unknown_badges_each_have_their_sentence(client, session, house):
    _person, secret = a_bearer(session, house)
    other = a_house(session)
    _stranger, foreign = a_bearer(session, other)
    tampered = secret[:20] + ("A" if secret[20] != "A" else "B") + secret[21:]
    gone, unknown = a_bearer(session, house)
    session.execute(text("DELETE FROM badge WHERE person_id = :who"), {"who": gone.id})
    session.execute(text("DELETE FROM person WHERE id = :who"), {"who": gone.id})
    session.commit()
    seen = [redeem(client, house, house.gates["north"], one) for one in (tampered, foreign, unknown)]
    assert [one["code"] for one in seen] == [404, 404, 404]
    assert [one["reason_explanation"].split(".")[0] for one in seen] == [
        "This badge was tampered with: its signature is wrong",
        "This badge is for another event of this house",
        "This badge belongs to nobody who is registered",
    ]


def test_a_revoked_badge_is_refused_at_once_and_the_next_one_is_good(client, session, house):
    person, old = a_bearer(session, house)
    badges.revoke(session, session.exec(select(Badge).where(Badge.person_id == person.id)).one())
    session.commit()
    fresh = a_badge(session, person)
    seen = [redeem(client, house, house.gates["north"], secret) for secret in (old, fresh)]
    assert [(one["code"], one.get("reason")) for one in seen] == [(200, "revoked"), (201, None)]
    assert "newer" in seen[0]["reason_explanation"]


def test_badges_of_a_withdrawn_key_are_refused_and_those_of_a_new_key_known(client, session, house):
    person, old = a_bearer(session, house)
    assert redeem(client, house, house.gates["north"], old)["code"] == 201
    badges.withdraw(session, house.edition, KEY, 1, "leaked")
    badges.issue_all(session, house.edition)
    session.commit()
    fresh = a_badge(session, person)
    north = house.gates["north"]
    seen = [redeem(client, house, north, fresh, type="exit"), redeem(client, house, north, old)]
    assert [(one["code"], one.get("reason")) for one in seen] == [(201, None), (200, "revoked")]


def test_whoever_scanned_a_badge_may_look_at_the_photo_for_a_while(client, session, house):
    person, secret = a_bearer(session, house)
    _other, plain = a_bearer(session, house)
    session.add(PersonPhoto(person_id=person.id, content=b"\xff\xd8 a picture", digest="x"))
    session.commit()
    address = redeem(client, house, house.gates["north"], secret)["position"]["photo_url"]
    assert redeem(client, house, house.gates["north"], plain)["position"]["photo_url"] is None
    answer = client.get(address)
    assert (answer.data, answer.content_type) == (b"\xff\xd8 a picture", "image/jpeg")
    assert client.get(address[:-3] + "AAA").status_code == 404
    foreign = a_house(session)
    session.commit()
    assert client.get(address.replace(house.edition.code, foreign.edition.code)).status_code == 404


def test_nobody_tries_codes_out(client, session, house):
    person, _secret = a_bearer(session, house)
    house.gates["north"].typed_codes = True
    session.add(house.gates["north"])
    session.commit()
    right = [redeem(client, house, house.gates["north"], person.code)["code"] for _turn in range(70)]
    assert set(right[1:]) == {200}  # inside already; a right code is no try
    wrong = [redeem(client, house, house.gates["north"], f"ZZ{turn}")["code"] for turn in range(61)]
    assert (wrong[0], wrong[-1]) == (404, 429)
    assert redeem(client, house, house.gates["north"], person.code)["code"] == 429


def test_typed_codes_work_only_where_the_gate_takes_them(client, session, house):
    person = a_person(session, house.edition, code="PE0042")
    session.commit()
    refused = redeem(client, house, house.gates["north"], " pe-0042 ")
    assert (refused["code"], refused["reason"], refused["position"]) == (200, "rules", None)
    house.gates["north"].typed_codes = True
    session.commit()
    taken = redeem(client, house, house.gates["north"], " pe 0042 ")
    assert (taken["code"], taken["require_attention"]) == (201, True)
    assert taken["position"]["id"] == person.id
    assert redeem(client, house, house.gates["north"], "PE9999")["code"] == 404


@pytest.mark.parametrize(
    ("said", "flag"),
    [("2199-01-01T00:00:00+00:00", "future"), ("1999-01-01T00:00:00Z", "past"), ("yesterday", "odd"),
     ("2026-01-01T10:00:00", "odd"), (7, "odd"), ("0001-01-01T00:00:00+14:00", "odd")],
)  # fmt: skip
def test_absurd_times_are_flagged_and_not_believed(client, session, house, said, flag):
    _person, secret = a_bearer(session, house)
    answer = redeem(client, house, house.gates["north"], secret, datetime=said)
    row = session.get_one(Passage, answer["passage"])
    assert (answer["code"], row.flag) == (201, flag)
    assert abs(row.at - now()) < timedelta(minutes=1)
    assert answer["checkin_texts"]


@pytest.mark.parametrize(
    ("sent", "fields"),
    [({}, {"secret", "lists"}), ({"secret": "x"}, {"lists"}), ({"lists": [1]}, {"secret"}),
     ({"secret": 7, "lists": [1]}, {"secret"}), ({"secret": "x", "lists": ["y"]}, {"lists"}),
     ({"secret": "x", "lists": [1, 2]}, {"lists"}), ({"secret": "x", "lists": [1], "type": "z"}, {"type"}),
     ({"secret": "x", "lists": [10**30]}, {"lists"}), ({"secret": "x", "lists": [True]}, {"lists"}),
     ({"secret": "x", "lists": [1], "nonce": "\x00"}, {"nonce"}), ([], {"secret", "lists"})],
)  # fmt: skip
def test_what_is_incomplete_is_named(client, session, house, sent, fields):
    answer = client.post(house.url("redeem"), json=sent, headers=house.headers)
    assert answer.status_code == 400
    assert set(answer.get_json()) - {"error", "detail", "status"} == fields


def test_bodies_that_are_no_json_are_refused(client, house):
    for sent in (b"", b"{", b"[" * 60_000, b"\xff\xfe", b'"x"', b"1" * 6000):
        assert client.post(house.url("redeem"), data=sent, headers=house.headers).status_code == 400
    assert client.post(house.url("redeem"), data=b" " * 70_000, headers=house.headers).status_code == 413


def test_unknown_gates_and_gates_of_others_are_refused(client, session, house):
    other = a_house(session)
    _person, secret = a_bearer(session, house)
    assert redeem(client, house, other.gates["north"], secret)["code"] == 400
    house.gates["north"].active = False
    session.commit()
    assert redeem(client, house, house.gates["north"], secret)["code"] == 400
