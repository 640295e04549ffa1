"""Slots follow the edition's settings."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.requests.grid import grid

QINGDAO = ZoneInfo("Asia/Shanghai")
SETTINGS = {
    "days": ["2023-06-15", "2023-06-16"],
    "start": "09:30",
    "end": "17:00",
    "slot_minutes": 20,
    "breaks": [["12:00", "13:30"]],
    "morning_until": "12:30",
}


def test_slots_are_cut_anew_after_a_break():
    starts = [slot.starts_at.strftime("%H:%M") for slot in grid(SETTINGS, QINGDAO)][:17]
    assert starts[:2] == ["09:30", "09:50"]
    assert starts[6:9] == ["11:30", "13:30", "13:50"]


def test_slots_are_numbered_through_all_days():
    slots = grid(SETTINGS, QINGDAO)
    assert [slot.number for slot in slots] == list(range(1, 35))
    assert slots[17].starts_at.isoformat() == "2023-06-16T09:30:00+08:00"


def test_no_settings_mean_no_slots():
    assert grid({}, QINGDAO) == ()


@given(st.integers(5, 120), st.integers(8, 12), st.integers(13, 20))
def test_slots_never_overlap_and_stay_within_the_day(minutes, start, end):
    settings = SETTINGS | {"slot_minutes": minutes, "start": f"{start:02}:00", "end": f"{end:02}:00"}
    slots = grid(settings, QINGDAO)
    assert all(a.ends_at <= b.starts_at for a, b in zip(slots, slots[1:], strict=False))
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=minutes) for slot in slots)
    assert all(slot.ends_at.hour * 60 + slot.ends_at.minute <= end * 60 for slot in slots)
