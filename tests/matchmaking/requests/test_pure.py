"""Phases by date, wishes, texts, letters: values in, values out."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.errors import Refused
from matchmaking.phases.spans import Span, current, wrong
from matchmaking.requests.grid import grid
from matchmaking.requests.letters import lines, subject
from matchmaking.requests.sides import standing
from matchmaking.requests.texts import LONGEST, tidy_message
from matchmaking.requests.wishes import Wish, begun, calendar, insist_free
from tests.matchmaking.requests.making import SETTINGS

DAY = date(2026, 6, 1)


def test_a_phase_is_open_on_its_first_and_its_last_day():
    span = Span("requests", date(2026, 6, 1), date(2026, 6, 3))
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 4)]
    assert [span.standing(day) for day in days] == ["before", "open", "open", "over"]


def test_the_phase_people_are_in_is_the_open_one_that_begins_last():
    spans = {"profiles": Span("profiles", DAY, None), "requests": Span("requests", DAY, None)}
    assert (current(spans, DAY), current({}, DAY)) == ("requests", None)


def test_dates_that_cannot_be_are_named():
    spans = {
        "profiles": Span("profiles", date(2026, 6, 9), date(2026, 6, 1)),
        "requests": Span("requests", date(2026, 6, 2), None),
    }
    assert [phase for phase, _why in wrong(spans)] == ["profiles", "requests"]


@given(st.text(max_size=1500))
def test_a_message_is_kept_clean_or_refused(text):
    try:
        kept = tidy_message(text)
    except Refused:
        return
    assert tidy_message(kept) == kept
    assert 0 < len(kept) <= LONGEST
    assert not {"\u202e", "\u2066", "\x00", "\r"} & set(kept)


def test_marks_that_turn_the_direction_go_and_joiners_stay():
    assert tidy_message("a\u202eb \u2066c\u200cd\x00\r\n\r\n\r\n\r\ne") == "ab c\u200cd\n\ne"
    with pytest.raises(Refused):
        tidy_message("\u200b\u202e \n")


def test_each_side_sees_whose_turn_it_is():
    assert [standing("open", "buyer", side) for side in ("buyer", "supplier")] == ["answer", "waits"]
    assert standing("lapsed", "buyer", "buyer") == "lapsed"


def test_a_letter_says_what_waits_and_shortens_long_lists():
    told = {"asked": [{"en": f"Firm {n}"} for n in range(10)], "agreed": [{"en": "Tea"}]}
    assert str(subject("Fair", told)) == "Fair: 10 requests for meetings wait for your answer"
    assert [str(line) for line in lines(told)][1] == "Agrees to meet you: Tea"
    assert "+ 2" in str(lines(told)[0])


def test_a_time_that_has_begun_is_nobodys_until_the_event_is_over():
    slots = grid(SETTINGS, ZoneInfo("Asia/Shanghai"))
    at = slots[2].starts_at
    assert (begun(slots, at), begun(slots, slots[-1].starts_at)) == (frozenset({1, 2, 3}), frozenset())
    assert [cell.is_free for cell in calendar(slots, (), {5}, at)][:6] == [False] * 3 + [True, False, True]
    with pytest.raises(Refused, match="That time is over"):
        insist_free(Wish(slot=3), slots, (), (), at)
