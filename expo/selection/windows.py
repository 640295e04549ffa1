"""When everybody's turn comes: windows one after the other within the hours of a day at the venue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True)
class Hours:
    """When windows may lie: wall-clock hours at the venue (the same twice: round the clock), which days."""

    zone: ZoneInfo
    day_from: time = time(9)
    day_until: time = time(18)
    weekends: bool = True


@dataclass(frozen=True)
class Window:
    """A turn: from when, and until when (None: until the round ends). Instants in UTC."""

    opens_at: datetime
    closes_at: datetime | None


def windows(
    count: int, starts_at: datetime, per_window: int, minutes: int, hours: Hours, *, lasting: bool
) -> list[Window]:
    """A window for each of `count` places in the queue, `per_window` of them sharing one.

    A window never begins before the hours of a day nor ends after them, unless a day is too short for any:
    then one a day begins on time. `lasting` turns do not end before the round does.
    """
    length = timedelta(minutes=minutes)
    needed = -(-count // per_window)
    starts = list(islice(_starts(starts_at, length, hours), needed))
    return [
        Window(start, None if lasting else start + length)
        for start in (starts[place // per_window] for place in range(count))
    ]


def _starts(starts_at: datetime, length: timedelta, hours: Hours) -> Iterator[datetime]:
    at = starts_at.astimezone(UTC)
    if hours.day_from == hours.day_until:
        while True:
            if hours.weekends or at.astimezone(hours.zone).weekday() < SATURDAY:
                yield at
            at += length
    day = at.astimezone(hours.zone).date()
    while True:
        if hours.weekends or day.weekday() < SATURDAY:
            opening, closing = _day(day, hours)
            at = max(at, opening)
            fits = at + length <= closing or at == opening
            while fits:
                yield at
                at += length
                fits = at + length <= closing
        day += timedelta(days=1)


def _day(day: date, hours: Hours) -> tuple[datetime, datetime]:
    """Opening and closing of a day as instants; hours over midnight end on the next day."""
    ends = day if hours.day_until > hours.day_from else day + timedelta(days=1)
    opening = datetime.combine(day, hours.day_from, hours.zone)
    return opening.astimezone(UTC), datetime.combine(ends, hours.day_until, hours.zone).astimezone(UTC)
