"""Reading a programme: filters, load, the index, the grid and the sheet."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from expo.forums.grid import grids
from expo.forums.hours import hours_of
from expo.forums.programme import hours_spanned, index_of_people, load_per_hour
from expo.forums.sentences import broken_in_words, reason_in_words
from expo.forums.sheet import PAPERS, sheets
from expo.forums.timetable.checker import Violation
from expo.forums.timetable.impossible import Reason
from expo.languages import pick
from tests.expo.forums.making import HALL, OPENING, SIDE, a_part, a_programme, an_item, at

ROOMS = tuple(replace(SIDE, code=f"R{n:02d}") for n in range(20))


def test_filters_work_together():
    programme = a_programme(
        an_item(1, at(15, 9), at(15, 10), track=OPENING, room=HALL),
        an_item(2, at(15, 9), at(15, 10)),
        an_item(3, at(16, 9), at(16, 10)),
    )
    assert [item.id for item in programme.only(forum="ENE", day="2023-06-15")] == [2]
    assert [item.id for item in programme.only(room="SIDE")] == [2, 3]
    assert len(programme.days) == 2


def test_the_load_of_an_hour_is_the_most_talks_at_one_moment():
    items = [
        an_item(1, at(15, 9), at(15, 9, 30)),
        an_item(2, at(15, 9, 30), at(15, 10, 30)),
        an_item(3, at(15, 10, 15), at(15, 11)),
    ]
    assert load_per_hour(items) == {at(15, 9).date(): [(at(15, 9), 1), (at(15, 10), 2)]}


def test_the_index_lists_speakers_once_with_all_their_talks():
    zoe, anna = a_part(1, name="Zoe"), a_part(2, name="anna")
    hidden = a_part(3, "interpreter", "Hidden")
    items = [
        an_item(1, at(15, 9), at(15, 10), parts=(zoe, hidden)),
        an_item(2, at(15, 10), at(15, 11), parts=(anna, zoe)),
    ]
    rows = index_of_people(items, lambda name: pick(name, "en"))
    assert [(name, [item.id for item in talks]) for name, _, talks in rows] == [
        ("anna", [2]),
        ("Zoe", [1, 2]),
    ]


def test_many_rooms_are_shared_out_evenly_over_several_grids():
    items = [an_item(n, at(15, 9), at(15, 10), room=room) for n, room in enumerate(ROOMS, 1)]
    opening = an_item(99, at(15, 8), at(15, 9), alone=True, room=HALL)
    made = grids([*items, opening], (HALL, *ROOMS), most=16)
    assert [len(grid.rooms) for grid in made] == [10, 10]
    assert [sum(cell.wide for cell in grid.cells) for grid in made] == [1, 1]
    assert {cell.item.id for grid in made for cell in grid.cells} == {*range(1, 21), 99}


def test_a_day_goes_on_past_midnight():
    late, later = an_item(1, at(15, 23), at(16, 0, 30)), an_item(2, at(16, 1), at(16, 2), night=True)
    (grid,) = grids([late, later], (SIDE,))
    assert (grid.day, grid.first_hour, grid.last_hour) == (at(15, 9).date(), 23, 26)
    assert [(cell.start.clock, cell.end.clock) for cell in grid.cells] == [
        ("23:00", "00:30"),
        ("01:00", "02:00"),
    ]
    assert [(cell.start.hour, cell.end.hour) for cell in grid.cells] == [(23, 24), (25, 26)]
    assert hours_spanned([]) == (9, 18)


@given(
    st.lists(st.tuples(st.integers(0, 19), st.integers(8, 22), st.integers(0, 59)), min_size=1, max_size=30)
)
def test_every_box_of_a_sheet_lies_on_the_sheet(places):
    items = [
        an_item(n, at(15, hour, minute), at(15, hour + 1, minute), room=ROOMS[room])
        for n, (room, hour, minute) in enumerate(places, 1)
    ]
    programme = replace(a_programme(*items), rooms=ROOMS)
    made = sheets(programme, "en")
    boxes = [box for sheet in made for box in sheet.boxes]
    assert len(boxes) == len(items)
    assert all(box.left >= 0 and box.left + box.width <= PAPERS["A3"].grid[0] + 0.01 for box in boxes)
    assert all(box.top >= 0 and box.top + box.height <= PAPERS["A3"].grid[1] + 2 for box in boxes)


def test_hours_skip_days_without_a_programme():
    days = [
        (at(n, 0).date(), time(9) if n < 17 else None, time(18), [["12:00", "13:30"]]) for n in (15, 16, 17)
    ]
    hours = hours_of(ZoneInfo("Asia/Shanghai"), days)
    assert [(day.start, day.end, day.breaks) for day in hours.days] == [
        (0, 540, ((180, 270),)),
        (1440, 1980, ((1620, 1710),)),
    ]
    assert (hours.minute(at(16, 9)), hours.instant(1440)) == (1440, at(16, 9))
    assert hours.index_of(at(17, 0).date()) is None
    assert hours_of(ZoneInfo("Asia/Shanghai"), []) is None


def test_violations_and_reasons_are_sentences():
    assert str(broken_in_words(Violation("room_twice", "A", "B", ""))) == (
        "A and B need the same room at the same time."
    )
    assert str(broken_in_words(Violation("new rule", "A", "", ""))) == "A breaks the rule “new rule”."
    figures = {
        "rooms": ("R1", "R2"),
        "needed": 320,
        "there": 250,
        "short": 70,
        "spans": ((0, 90), (1440, 1500)),
    }
    short = Reason("room_minutes_short", tuple("ABCDEFGH"), figures)
    names = {"talk A": {"en": "Honey", "zh": "蜂蜜"}, "room R1": {"en": "Grand Hall"}}
    assert str(reason_in_words(short, names)) == (
        "8 talks can only be in Grand Hall, R2. With setting up they take 320 minutes, and there are 250: 70 "
        "are missing, the time of about 2 talks. Add rooms or hours, or shorten or leave out talks (Honey, "
        "B, C, D, E, F, …)."
    )
    assert "on 2023-06-15, 2023-06-16 in" in str(reason_in_words(short, names, hours_in_june))
    away = Reason("person_minutes_short", ("A",), {"person": "P", "needed": 60, "there": 30})
    assert str(reason_in_words(away, names | {"person P": {"en": "Aigul"}})) == (
        "Aigul is needed for 60 minutes and is there for 30: Honey."
    )


def hours_in_june(minute: int):
    return at(15 + minute // 1440, 9)
