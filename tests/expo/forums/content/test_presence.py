"""Availability as rows and back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expo.forums.presence import Row, joined, rows, stretches

ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "Asia/Tehran", "America/New_York", "Asia/Kathmandu"]
)
QUARTERS = st.integers(0, 95)
START = date(2023, 10, 27)
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_row_is_local_time_and_an_earlier_end_is_the_next_day():
    zone = ZoneInfo("Asia/Shanghai")
    found = stretches(
        [Row(date(2023, 6, 15), time(22), time(2)), Row(date(2023, 6, 15), time(9), time(0))], zone
    )
    assert found == [(datetime(2023, 6, 15, 1, tzinfo=UTC), datetime(2023, 6, 15, 18, tzinfo=UTC))]


def test_an_open_stretch_reaches_to_the_edge_of_the_days():
    zone = ZoneInfo("Asia/Shanghai")
    day = date(2023, 6, 15)
    assert rows([(None, None)], zone, day, day) == [Row(day, time(0), time(0))]


def test_a_row_in_which_clocks_are_put_forward_has_no_time():
    with pytest.raises(ValueError, match="Row"):
        stretches([Row(date(2023, 3, 26), time(2), time(3))], ZoneInfo("Europe/Berlin"))


@SLOWLY
@given(ZONES, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 200)), max_size=8))
def test_stretches_survive_being_rows(name, spans):
    """Whole quarters of an hour in UTC, over the end of summer time."""
    zone = ZoneInfo(name)
    origin = datetime(2023, 6, 14, tzinfo=UTC)
    wanted = [
        (origin + timedelta(minutes=15 * start), origin + timedelta(minutes=15 * (start + length)))
        for start, length in spans
    ]
    merged = list(joined(wanted))
    cut = rows(merged, zone, date(2023, 6, 1), date(2023, 6, 30))
    assert stretches(cut, zone) == merged


@SLOWLY
@given(ZONES, st.lists(st.tuples(st.integers(0, 6), QUARTERS, QUARTERS), max_size=6))
def test_rows_around_the_change_of_the_clocks_never_overlap(name, typed):
    clock = [time(n // 4, n % 4 * 15) for n in range(96)]
    given_rows = [Row(START + timedelta(days=day), clock[a], clock[b]) for day, a, b in typed]
    try:
        found = stretches(given_rows, ZoneInfo(name))
    except ValueError:
        return
    assert all(start < end for start, end in found)
    assert all(one[1] < two[0] for one, two in zip(found, found[1:], strict=False))
