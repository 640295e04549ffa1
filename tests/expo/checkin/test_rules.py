"""What rules, exemptions, limits and the days of the event say of a scan at a gate."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from expo.checkin.models import Exemption, GateSettings, Passage, Rule
from expo.clock import now
from expo.registration.models import Ticket
from tests.expo.checkin.making import a_bearer, a_house, inside, redeem


@pytest.fixture
def house(session):
    return a_house(session)


def test_rules_say_which_kinds_enter_when(client, session, house):
    _person, visitor = a_bearer(session, house)
    _press, press = a_bearer(session, house, kind="press")
    session.add(Rule(edition_id=house.edition.id, area_id=house.hall.id, kind="press"))
    session.add(
        Rule(edition_id=house.edition.id, area_id=house.room.id, until_day=now().date() - timedelta(days=3))
    )
    session.commit()
    seen = {
        (who, gate): redeem(client, house, house.gates[gate], secret).get("reason")
        for who, secret in (("visitor", visitor), ("press", press))
        for gate in ("north", "hall", "room")
    }
    assert seen == {
        ("visitor", "north"): None, ("visitor", "hall"): "product", ("visitor", "room"): "product",
        ("press", "north"): None, ("press", "hall"): None, ("press", "room"): "invalid_time",
    }  # fmt: skip


def test_a_rule_may_be_for_one_sort_of_registration(client, session, house):
    ticket = Ticket(edition_id=house.edition.id, code="gala", kind="visitor", name={"en": "Gala"})
    session.add(ticket)
    session.flush()
    _one, guest = a_bearer(session, house, ticket_id=ticket.id)
    _two, other = a_bearer(session, house)
    session.add(Rule(edition_id=house.edition.id, area_id=house.hall.id, ticket_id=ticket.id))
    session.commit()
    seen = [redeem(client, house, house.gates["hall"], secret) for secret in (guest, other)]
    assert [(one["code"], one.get("reason")) for one in seen] == [(201, None), (200, "product")]


def test_exemptions_open_and_close_areas_for_one_person(client, session, house):
    guest, guest_badge = a_bearer(session, house)
    banned, banned_badge = a_bearer(session, house)
    session.add(Rule(edition_id=house.edition.id, area_id=house.hall.id, kind="press"))
    for person, allowed in ((guest, True), (banned, False)):
        session.add(
            Exemption(edition_id=house.edition.id, person_id=person.id, allowed=allowed, reason="thief")
        )
    session.commit()
    assert redeem(client, house, house.gates["hall"], guest_badge)["code"] == 201
    answer = redeem(client, house, house.gates["north"], banned_badge, force=True)
    assert (answer["code"], answer["reason"]) == (200, "blocked")
    assert "thief" in answer["reason_explanation"]


def test_force_lets_in_whom_the_rules_refuse_and_is_written_down(client, session, house):
    _person, secret = a_bearer(session, house)
    redeem(client, house, house.gates["north"], secret)
    answer = redeem(client, house, house.gates["south"], secret, force=True)
    assert (answer["code"], answer["forced"]) == (201, True)
    row = session.get_one(Passage, answer["passage"])
    assert (row.forced, row.forced_by, row.reason) == (True, house.device.name, "already_redeemed")
    assert inside(session, house.site) == 1


def test_nobody_enters_a_full_room_even_by_force(client, session, house):
    house.room.people_limit, house.room.when_full = 1, "refuse"
    session.commit()
    (_p, one), (_q, two) = a_bearer(session, house), a_bearer(session, house)
    gate = house.gates["room"]
    seen = [redeem(client, house, gate, one), redeem(client, house, gate, two, force=True)]
    assert [(one["code"], one.get("reason")) for one in seen] == [(201, None), (200, "rules")]
    assert "1 people" in seen[1]["reason_explanation"]
    redeem(client, house, gate, one, type="exit")
    assert redeem(client, house, gate, two)["code"] == 201


def test_a_limit_that_warns_lets_in_with_attention(client, session, house):
    house.room.people_limit = 1
    session.commit()
    (_p, one), (_q, two) = a_bearer(session, house), a_bearer(session, house)
    redeem(client, house, house.gates["room"], one)
    answer = redeem(client, house, house.gates["room"], two)
    assert (answer["code"], answer["require_attention"]) == (201, True)
    assert answer["checkin_texts"] == ["ROOM is full: 1 people are inside, 1 may be."]


def test_people_are_in_one_place_and_counted_in_all_areas_around_it(client, session, house):
    _person, secret = a_bearer(session, house)
    counts = []
    for gate, kind in (("room", "entry"), ("room", "exit"), ("hall", "exit"), ("north", "exit")):
        redeem(client, house, house.gates[gate], secret, type=kind)
        counts.append([inside(session, area) for area in (house.site, house.hall, house.room)])
    assert counts == [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_without_a_rule_gates_admit_on_the_days_of_the_event_only(client, session):
    today = now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    coming = a_house(session, starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    on = a_house(session, starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=1))
    over = a_house(session)  # set up when it was over: somebody tries it
    answers = []
    for here in (coming, on, over):
        _person, secret = a_bearer(session, here)
        answers.append(redeem(client, here, here.gates["hall"], secret))
    assert [(one["status"], one.get("reason")) for one in answers] == [
        ("error", "invalid_time"), ("ok", None), ("ok", None)
    ]  # fmt: skip
    assert "days of the event" in answers[0]["reason_explanation"]


def test_a_rule_or_the_organiser_opens_gates_on_other_days(client, session):
    today = now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    house = a_house(session, starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    _person, secret = a_bearer(session, house, kind="exhibitor")
    session.add(
        Rule(
            edition_id=house.edition.id,
            area_id=house.hall.id,
            kind="exhibitor",
            from_day=today,
            until_day=today,
        )
    )
    session.flush()
    build = redeem(client, house, house.gates["hall"], secret)["status"]
    site = redeem(client, house, house.gates["north"], secret)["status"]
    session.get_one(GateSettings, house.edition.id).any_day = True
    session.flush()
    any_day = redeem(client, house, house.gates["north"], a_bearer(session, house)[1])["status"]
    assert (build, site, any_day) == ("ok", "error", "ok")
