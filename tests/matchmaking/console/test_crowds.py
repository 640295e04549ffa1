"""People in talks, by the hour of the venue."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from matchmaking.console.crowds import per_hour

QINGDAO = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 6, 15, hour, minute, tzinfo=UTC)


def test_a_talk_counts_in_every_hour_it_touches():
    found = per_hour([(at(1, 30), at(3), 40), (at(2, 0), at(2, 45), 5)], QINGDAO)
    assert [(hour.hour, people) for hour, people in found] == [(9, 40), (10, 45)]


def test_no_talks_no_hours():
    assert per_hour([], QINGDAO) == []
