"""Programme hours over midnights, borders of days, and clocks that are put forward or back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.forums.hours import day_hours, hours_of, rest_minutes
from expo.forums.programme import is_night

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    ["Europe/Berlin", "Europe/Dublin", "Asia/Tehran", "Australia/Lord_Howe", "Asia/Shanghai"]
)


def test_a_programme_that_ends_before_it_began_ends_on_the_next_date():
    hours = hours_of(
        BERLIN, [(date(2023, 12, 27), time(11), time(4), [["00:30", "01:00"], ["18:00", "19:00"]])]
    )
    (day,) = hours.days
    assert (day.start, day.end, day.breaks) == (0, 17 * 60, ((810, 840), (420, 480)))


def test_a_break_may_last_past_midnight():
    (day,) = hours_of(BERLIN, [(date(2023, 12, 27), time(11), time(4), [["23:30", "00:30"]])]).days
    assert day.breaks == ((750, 810),)


@pytest.mark.parametrize(
    ("start", "end", "past_midnight", "minutes"),
    [
        (time(12), time(13), False, (720, 780)),
        (time(23, 45), time(0, 15), True, (1425, 1455)),
        (time(1), time(2), True, (1500, 1560)),
        (time(13), time(12), False, (780, 720)),
        (time(1), time(0, 30), True, (1500, 1470)),
    ],
)
def test_a_break_is_told_in_minutes_of_its_programme_day(start, end, past_midnight, minutes):
    assert rest_minutes(start, end, time(11), past_midnight) == minutes


def test_a_programme_of_24_hours_ends_when_it_began():
    (day,) = day_hours(BERLIN, [(date(2023, 6, 15), time(10), time(10))])
    assert day.end == datetime(2023, 6, 16, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2024, 3, 30), 8 * 60 - 60), (date(2024, 10, 26), 8 * 60 + 60), (date(2024, 6, 1), 480)],
)
def test_a_night_is_as_long_as_it_is_where_clocks_change(day, minutes):
    hours = hours_of(BERLIN, [(day, time(22), time(6), [])])
    assert hours.days[0].end == minutes


@given(ZONES, st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(-3000, 30000))
def test_a_minute_leads_to_its_instant_and_back(zone, day, minute):
    hours = hours_of(ZoneInfo(zone), [(day, time(9), time(3), [])])
    assert hours.minute(hours.instant(minute)) == minute
    elapsed = hours.instant(minute).astimezone(UTC) - hours.instant(0).astimezone(UTC)
    assert elapsed == timedelta(minutes=minute)


@given(ZONES, st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.times(), st.times())
def test_what_begins_within_a_day_s_programme_belongs_to_that_day(zone, day, since, until):
    since, until = since.replace(second=0, microsecond=0), until.replace(second=0, microsecond=0)
    (held,) = day_hours(ZoneInfo(zone), [(day, since, until)])
    assert is_night(held.start, [held]) is False
    last = (held.end.astimezone(UTC) - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
    assert last.date() - timedelta(days=is_night(last, [held])) == day or last < held.start
