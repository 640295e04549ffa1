"""The grid of meeting slots that an edition's settings describe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class SlotTime:
    """A slot, numbered from 1 through all days."""

    number: int
    starts_at: datetime
    ends_at: datetime
    is_morning: bool


def grid(meetings: Mapping[str, Any], zone: ZoneInfo) -> tuple[SlotTime, ...]:
    """All slots in order; each day is cut from its start and again after each break.

    `meetings` holds days (ISO dates), start, end, morning_until ("HH:MM"), slot_minutes and breaks (pairs of
    "HH:MM"). Empty settings: no slots.
    """
    if not meetings:
        return ()
    length = timedelta(minutes=int(meetings["slot_minutes"]))
    noon = _clock(meetings.get("morning_until", "12:30"))
    found = []
    for day in meetings["days"]:
        day = day if isinstance(day, date) else date.fromisoformat(day)
        for start in _starts(meetings, length):
            starts_at = datetime.combine(day, start, zone)
            found.append(SlotTime(len(found) + 1, starts_at, starts_at + length, start < noon))
    return tuple(found)


def _starts(meetings: Mapping[str, Any], length: timedelta) -> list[time]:
    """When slots start on any day."""
    anchor = date(2000, 1, 1)
    moment, end = (datetime.combine(anchor, _clock(meetings[key])) for key in ("start", "end"))  # noqa: DTZ001
    starts = []
    breaks = sorted((_clock(a), _clock(b)) for a, b in meetings.get("breaks", ()))
    for start, until in (*breaks, (end.time(), end.time())):
        stop = min(datetime.combine(anchor, start), end)
        while moment + length <= stop:
            starts.append(moment.time())
            moment += length
        moment = max(moment, datetime.combine(anchor, until))
    return starts


def _clock(text: str) -> time:
    return time.fromisoformat(text)
