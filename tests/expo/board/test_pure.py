"""Reading what browsers send, stacks of undo, blocks that move, days that are shown."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.board import asked, shifting, shown
from expo.board.stacks import Done, stacks
from expo.errors import Refused
from expo.forums.hours import hours_of

BERLIN = ZoneInfo("Europe/Berlin")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_whatever_is_sent_is_read_or_refused_never_a_failure(value):
    for read in (
        asked.body,
        asked.number,
        asked.talk_code,
        asked.talk_codes,
        asked.kind,
        asked.instant,
        asked.wishes,
    ):
        try:
            read(value)
        except Refused:
            continue


@given(ANYTHING, ANYTHING)
def test_a_move_of_anything_to_anywhere_is_read_or_refused(room, start):
    try:
        found = asked.wishes([{"talk": "ABC123", "room": room, "start": start}])
    except Refused:
        return
    assert found[0].room is None or found[0].start.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-06-15",
        "2023-06-15T09:00",
        "2023-06-15T09:00:30Z",
        "9999-12-31T23:59:00Z",
        "0001-01-01T00:00:00+14:00",
        5,
    ],
)  # fmt: skip
def test_an_instant_has_an_offset_and_lies_in_a_sensible_year(text):
    with pytest.raises(Refused):
        asked.instant(text)


def test_an_instant_is_read_as_a_browser_writes_it():
    assert asked.instant("2023-06-15T01:05:00.000Z") == datetime(2023, 6, 15, 1, 5, tzinfo=UTC)


def test_a_talk_cannot_go_to_two_places():
    move = {"talk": "ABC123", "room": None}
    with pytest.raises(Refused):
        asked.wishes([move, move])


def test_what_is_taken_back_can_be_done_again_until_something_fresh_is_done():
    acts = [Done(1, "move", None), Done(2, "move", None), Done(3, "undo", 2)]
    assert stacks(acts) == ([1], [3])
    assert stacks([*acts, Done(4, "redo", 3)]) == ([1, 4], [])
    assert stacks([*acts, Done(4, "redo", 3), Done(5, "undo", 4)]) == ([1], [5])
    assert stacks([*acts, Done(4, "pin", None)]) == ([1, 4], [])


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
def test_the_stacks_never_offer_the_same_act_twice(wishes):
    acts: list[Done] = []
    for number, wish in enumerate(wishes, 1):
        back, again = stacks(acts)
        if wish == "do":
            acts.append(Done(number, "move", None))
        elif wish == "undo" and back:
            acts.append(Done(number, "undo", back[-1]))
        elif wish == "redo" and again:
            acts.append(Done(number, "redo", again[-1]))
    back, again = stacks(acts)
    assert len({*back, *again}) == len(back) + len(again)


def card(code, start, room="HALL", forum="ENE"):
    return SimpleNamespace(code=code, start=start, room=room, forum=forum)


def test_a_time_band_of_a_room_is_chosen():
    nine = datetime(2023, 6, 15, 9, tzinfo=BERLIN)
    cards = [
        card("A", nine),
        card("B", nine + timedelta(hours=2)),
        card("C", nine, "SIDE"),
        card("D", None, None),
    ]
    some = shifting.chosen(
        cards, BERLIN, forum="", day="2023-06-15", room="HALL", since=time(9), until=time(11)
    )
    assert [one.code for one in some] == ["A"]


def test_a_block_keeps_its_clock_time_on_the_day_the_clocks_change():
    saturday = datetime(2023, 3, 25, 9, tzinfo=BERLIN)
    [wish] = shifting.shifted([card("A", saturday)], BERLIN, minutes=15, to_day="2023-03-26", to_room="SIDE")
    assert (wish.room, wish.start.isoformat()) == ("SIDE", "2023-03-26T09:15:00+02:00")


def test_a_night_belongs_to_the_day_before_and_windows_hold_what_lies_outside():
    rows = [
        (date(2023, 6, 15), time(9, 30), time(18), []),
        (date(2023, 6, 16), time(9), time(18), [["12:00", "13:00"]]),
    ]
    hours = hours_of(BERLIN, rows)
    assert [shown.day_of(hours, minute) for minute in (-600, 0, 960, 1049, 1410)] == [0, 0, 0, 0, 1]
    days = shown.days(hours, [(540, 600)], str)
    assert [(day["from"], day["until"]) for day in days] == [(-30, 600), (1410, 1950)]
    assert days[1]["breaks"] == [[1590, 1650]]
