"""Programme time as the solver counts it: whole minutes since the first programme minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from expo.forums.programme import DayHours
from expo.forums.timetable.problem import Day, Span

FAR = 10**7
"""Minutes that stand for 'without end'."""
Row = tuple[date, time | None, time | None, list]


@dataclass(frozen=True)
class Hours:
    """The programme days of an edition and the instant (in UTC) from which minutes count.

    A minute is one that passes: where clocks are put forward or back the count goes on evenly.
    """

    zone: ZoneInfo
    origin: datetime
    dates: tuple[date, ...]
    days: tuple[Day, ...]

    def minute(self, instant: datetime) -> int:
        """Whole minutes from the first programme minute; negative before it."""
        return int((instant.astimezone(UTC) - self.origin).total_seconds() // 60)

    def instant(self, minute: int) -> datetime:
        """The instant of a minute, in the edition's time zone."""
        return (self.origin + timedelta(minutes=minute)).astimezone(self.zone)

    def span(self, start: datetime | None, end: datetime | None) -> Span:
        """A stretch of time in minutes; an open end reaches far beyond any programme."""
        return (-FAR if start is None else self.minute(start), FAR if end is None else self.minute(end))

    def index_of(self, day: date) -> int | None:
        """The number of a programme day; None for a day without programme."""
        return self.dates.index(day) if day in self.dates else None


def hours_of(zone: ZoneInfo, days: Iterable[Row]) -> Hours | None:
    """Hours from rows of (date, programme from, programme until, breaks); None where no day has programme.

    Breaks are pairs of local clock times as text, [["12:00", "13:30"], …]. A programme that ends at or before
    the hour it began ends on the next date, and a break before that hour lies there too.
    """
    rows = list(days)
    held = day_hours(zone, ((day, since, until) for day, since, until, _ in rows))
    if not held:
        return None
    origin = held[0].start.astimezone(UTC)
    breaks = {day: pairs for day, _, _, pairs in rows}

    def minute(instant: datetime) -> int:
        return int((instant.astimezone(UTC) - origin).total_seconds() // 60)

    made = tuple(
        Day(
            number,
            minute(day.start),
            minute(day.end),
            tuple((minute(start), minute(end)) for start, end in _rests(day, breaks[day.date], zone)),
        )
        for number, day in enumerate(held)
    )
    return Hours(zone, origin, tuple(day.date for day in held), made)


def day_hours(zone: ZoneInfo, rows: Iterable[tuple[date, time | None, time | None]]) -> tuple[DayHours, ...]:
    """From when until when each day's programme lasts, in order; days without programme are left out."""
    return tuple(
        DayHours(
            day,
            datetime.combine(day, since, zone),
            datetime.combine(day + timedelta(days=until <= since), until, zone),
        )
        for day, since, until in sorted((d, a, b) for d, a, b in rows if a is not None and b is not None)
    )


def _rests(day: DayHours, pairs: list, zone: ZoneInfo) -> Iterable[tuple[datetime, datetime]]:
    midnight = datetime.combine(day.date, time())
    for pair in pairs:
        first, last = rest_minutes(
            clock(pair[0]), clock(pair[1]), day.start.time(), day.end.date() > day.date
        )
        yield (
            (midnight + timedelta(minutes=first)).replace(tzinfo=zone),
            (midnight + timedelta(minutes=last)).replace(tzinfo=zone),
        )


def rest_minutes(start: time, end: time, since: time, past_midnight: bool) -> Span:
    """A break in minutes on the clock from the midnight its programme day begins with.

    `since` is when the day's programme begins. Where it ends on the next date, a break before that hour lies
    there, and one that ends at or before the hour it began lasts past midnight.
    """
    first, last = 60 * start.hour + start.minute, 60 * end.hour + end.minute
    first += 1440 * (past_midnight and start < since)
    last += 1440 * (first >= 1440 or (past_midnight and last <= first))
    return first, last


def clock(text: str) -> time:
    """'12:30' as a time of day; '24:00' is the last minute of the day. ValueError for anything else."""
    return time(23, 59) if text == "24:00" else time.fromisoformat(text)
