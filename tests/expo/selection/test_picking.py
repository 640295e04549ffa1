"""Holding, letting go and confirming stands."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.allocation.services import give_stand
from expo.clock import now
from expo.errors import Refused
from expo.exhibitors.models import Order, Rivalry
from expo.selection.models import Event, Hold
from expo.selection.services import freeing, giving, picking, rounds
from tests.expo.selection.making import a_fair, a_firm, a_round


@pytest.fixture
def fair(session):
    return a_fair(session)


def held(session, round_, firm) -> list[str]:
    return [code for _hold, code in picking.holds_of(session, round_, firm.id)]


def given(session, firm) -> int:
    return len(session.exec(select(Allotment).where(Allotment.exhibitor_id == firm.id)).all())


def run_out(session) -> None:
    session.execute(text("UPDATE stand_hold SET expires_at = now() - interval '1 second'"))
    session.expire_all()


def test_a_pick_is_held_changed_and_confirmed(session, fair):
    firm = a_firm(session, fair, "X", area_m2=18)
    round_ = a_round(session, fair)
    picking.choose(session, round_, firm, ["A-01"])
    first = picking.holds_of(session, round_, firm.id)[0][0].expires_at
    picking.choose(session, round_, firm, ["A-01", "A-02"])
    assert {hold.expires_at for hold, _ in picking.holds_of(session, round_, firm.id)} == {first}
    picking.choose(session, round_, firm, ["A-02", "A-03"])
    assert held(session, round_, firm) == ["A-02", "A-03"]
    allotted = picking.confirm(session, round_, firm)
    assert [(row.locked, row.exhibitor_id) for row in allotted] == [(True, firm.id)] * 2
    assert held(session, round_, firm) == []
    kinds = session.exec(select(Event.kind, Event.stands).order_by(Event.id)).all()
    assert [(kind, stands) for kind, stands in kinds] == [
        ("held", ["A-01"]),
        ("held", ["A-02"]),
        ("released", ["A-01"]),
        ("held", ["A-03"]),
        ("confirmed", ["A-02", "A-03"]),
    ]


def test_what_somebody_holds_or_has_is_refused_with_its_code(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, one, ["A-01"])
    with pytest.raises(Refused, match="A-01 is held by somebody else"):
        picking.choose(session, round_, other, ["A-01"])
    picking.confirm(session, round_, one)
    with pytest.raises(Refused, match="A-01 was taken a moment ago"):
        picking.choose(session, round_, other, ["A-01"])
    with pytest.raises(Refused, match="You have a place already"):
        picking.choose(session, round_, one, ["A-02"])


def test_a_pick_is_taken_as_a_whole_or_not_at_all(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y", area_m2=27)
    round_ = a_round(session, fair)
    picking.choose(session, round_, one, ["A-02"])
    with pytest.raises(Refused, match="A-02 is held"), session.begin_nested():
        picking.choose(session, round_, other, ["A-01", "A-02", "A-03"])
    assert held(session, round_, other) == []


def test_limits_are_told_in_words(session, fair):
    firm = a_firm(session, fair, "X", area_m2=18, zones=["INT"], power_kw=5)
    round_ = a_round(session, fair)
    with pytest.raises(Refused, match="you may take up to 19.8 m²"):
        picking.choose(session, round_, firm, ["A-01", "A-02", "A-03"])
    with pytest.raises(Refused, match="There is no stand Q-9"):
        picking.choose(session, round_, firm, ["Q-9"])
    picking.choose(session, round_, firm, ["A-01", "A-03"])
    with pytest.raises(Refused, match="do not all touch"):
        picking.confirm(session, round_, firm)
    picking.choose(session, round_, firm, ["A-01"])
    with pytest.raises(Refused, match="at least 16.2 m² are needed"):
        picking.confirm(session, round_, firm)


def test_rivals_are_kept_apart_and_nobody_learns_who_named_whom(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    session.add(Rivalry(edition_id=fair.edition.id, one_id=one.id, other_id=other.id, named_by=one.id))
    round_ = a_round(session, fair, rival_m=3)
    picking.choose(session, round_, other, ["A-01"])
    with pytest.raises(Refused, match="too near to Firm .*, from whom you keep away"):
        picking.choose(session, round_, one, ["A-02"])
    picking.release(session, round_, other)
    picking.choose(session, round_, one, ["A-01"])
    with pytest.raises(Refused, match="A-02 is not open to you; choose another stand."):
        picking.choose(session, round_, other, ["A-02"])
    assert len(picking.choose(session, round_, other, ["A-03"])) == 1


def test_an_expired_hold_blocks_nobody_and_cannot_be_confirmed(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, one, ["A-01"])
    run_out(session)
    with pytest.raises(Refused, match="Your hold has ended"):
        picking.confirm(session, round_, one)
    picking.choose(session, round_, other, ["A-01"])
    picking.confirm(session, round_, other)
    assert (given(session, one), given(session, other)) == (0, 1)


def test_letting_go_and_taking_again_gives_no_new_time(session, fair):
    firm = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    picking.choose(session, round_, firm, ["A-01"])
    session.execute(text("UPDATE selection_event SET at = at - interval '4 minutes'"))
    picking.release(session, round_, firm)
    [hold] = picking.choose(session, round_, firm, ["A-01"])
    assert hold.expires_at - hold.held_at == timedelta(minutes=6)
    session.execute(text("UPDATE selection_event SET at = at - interval '11 minutes'"))
    picking.release(session, round_, firm)
    with pytest.raises(Refused, match="You had A-01 a moment ago"):
        picking.choose(session, round_, firm, ["A-01"])
    assert len(picking.choose(session, round_, firm, ["A-02"])) == 1


def test_a_stand_given_by_hand_takes_an_expired_hold_away_but_not_a_live_one(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, one, ["A-01"])
    with pytest.raises(Refused, match="A-01"):
        give_stand(session, fair.stands["A-01"], other)
    run_out(session)
    give_stand(session, fair.stands["A-01"], other)
    assert session.exec(select(Hold)).all() == []


def test_turns_begin_and_end(session, fair):
    first, second = a_firm(session, fair, "X", points=9), a_firm(session, fair, "Y", points=1)
    round_ = a_round(
        session, fair, mode="turns", lasting=False, day_from="00:00", day_until="00:00", weekends=True,
        starts_at=now() - timedelta(minutes=5), window_minutes=10,
    )  # fmt: skip
    picking.choose(session, round_, first, ["A-01"])
    with pytest.raises(Refused, match="Your turn begins"):
        picking.choose(session, round_, second, ["A-02"])
    session.execute(
        text("UPDATE selection_turn SET opens_at = opens_at - i, closes_at = closes_at - i FROM"
             " (SELECT interval '10 minutes' AS i) AS back")
    )  # fmt: skip
    session.expire_all()
    with pytest.raises(Refused, match="Your turn ended"):
        picking.confirm(session, round_, first)
    assert len(picking.choose(session, round_, second, ["A-02"])) == 1


def test_a_pause_keeps_what_is_left_of_holds_and_puts_turns_off(session, fair):
    firm = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    picking.choose(session, round_, firm, ["A-01"])
    rounds.pause(session, round_)
    with pytest.raises(Refused, match="halted the selection"):
        picking.confirm(session, round_, firm)
    freeing.clear_expired(session, fair.edition.id)
    session.expire_all()
    rounds.resume(session, round_)
    [(hold, _code)] = picking.holds_of(session, round_, firm.id)
    session.refresh(hold)
    assert hold.expires_at - hold.held_at == timedelta(minutes=10)
    picking.confirm(session, round_, firm)


def test_closing_lets_everything_go(session, fair):
    firm = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    picking.choose(session, round_, firm, ["A-01"])
    assert rounds.close(session, round_) == 1
    assert session.exec(select(Hold)).all() == []
    with pytest.raises(Refused, match="not open"):
        picking.choose(session, round_, firm, ["A-01"])


def test_a_place_is_given_back_and_chosen_anew_unless_it_was_ordered(session, fair):
    firm = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    with pytest.raises(Refused, match="no place to give back"):
        giving.give_back(session, firm)
    picking.choose(session, round_, firm, ["A-01"])
    picking.confirm(session, round_, firm)
    assert giving.give_back(session, firm) == ["A-01"]
    picking.choose(session, round_, firm, ["A-03"])
    picking.confirm(session, round_, firm)
    session.add(Order(edition_id=fair.edition.id, exhibitor_id=firm.id, number=7, currency="CNY"))
    session.flush()
    with pytest.raises(Refused, match="Order 7 was made"):
        giving.give_back(session, firm)
