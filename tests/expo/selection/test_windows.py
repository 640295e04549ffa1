"""When everybody's turn comes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from expo.selection.windows import Hours, windows

QINGDAO = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2023, 3, 3, 16, 0, tzinfo=QINGDAO)


def local(found) -> list[str]:
    return [window.opens_at.astimezone(QINGDAO).strftime("%a %H:%M") for window in found]


def test_windows_follow_one_another_within_the_hours_and_skip_the_weekend():
    hours = Hours(QINGDAO, time(9), time(17), weekends=False)
    found = windows(5, FRIDAY, 1, 30, hours, lasting=False)
    assert local(found) == ["Fri 16:00", "Fri 16:30", "Mon 09:00", "Mon 09:30", "Mon 10:00"]
    assert found[0].closes_at == found[0].opens_at + timedelta(minutes=30)


def test_several_share_a_window_and_lasting_turns_do_not_end():
    found = windows(5, FRIDAY, 2, 30, Hours(QINGDAO), lasting=True)
    assert local(found) == ["Fri 16:00", "Fri 16:00", "Fri 16:30", "Fri 16:30", "Fri 17:00"]
    assert {window.closes_at for window in found} == {None}


def test_round_the_clock_and_over_midnight():
    assert local(windows(3, FRIDAY, 1, 600, Hours(QINGDAO, time(0), time(0)), lasting=True)) == [
        "Fri 16:00", "Sat 02:00", "Sat 12:00",
    ]  # fmt: skip
    night = Hours(QINGDAO, time(20), time(2))
    assert local(windows(3, FRIDAY, 1, 180, night, lasting=True)) == ["Fri 20:00", "Fri 23:00", "Sat 20:00"]


def test_a_day_too_short_for_a_window_gets_one():
    hours = Hours(QINGDAO, time(9), time(9, 30))
    assert local(windows(2, FRIDAY, 1, 60, hours, lasting=True)) == ["Sat 09:00", "Sun 09:00"]


def test_clocks_put_forward_do_not_shift_the_morning():
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2023, 3, 25, 9, tzinfo=berlin)
    found = windows(2, start, 1, 480, Hours(berlin, time(9), time(17)), lasting=True)
    assert [window.opens_at for window in found] == [
        datetime(2023, 3, 25, 8, tzinfo=UTC),
        datetime(2023, 3, 26, 7, tzinfo=UTC),
    ]


@given(st.integers(0, 60), st.integers(1, 7), st.integers(1, 300))
def test_nobody_comes_before_who_is_ahead_and_windows_do_not_overlap(count, per_window, minutes):
    found = windows(count, FRIDAY, per_window, minutes, Hours(QINGDAO), lasting=False)
    starts = [window.opens_at for window in found]
    assert (len(found), starts) == (count, sorted(starts))
    distinct = sorted(set(starts))
    for start, after in zip(distinct, distinct[1:], strict=False):
        assert after - start >= timedelta(minutes=minutes)
