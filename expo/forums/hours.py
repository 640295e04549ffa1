"""Programme time as the solver counts it: whole minutes since the first programme minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from expo.forums.timetable.problem import Day, Span

FAR = 10**7
"""Minutes that stand for 'without end'."""


@dataclass(frozen=True)
class Hours:
    """The programme days of an edition and the instant from which minutes count."""

    zone: ZoneInfo
    origin: datetime
    dates: tuple[date, ...]
    days: tuple[Day, ...]

    def minute(self, instant: datetime) -> int:
        """Whole minutes from the first programme minute; negative before it."""
        return int((instant - self.origin).total_seconds() // 60)

    def instant(self, minute: int) -> datetime:
        """The instant of a minute, in the edition's time zone."""
        return (self.origin + timedelta(minutes=minute)).astimezone(self.zone)

    def span(self, start: datetime | None, end: datetime | None) -> Span:
        """A stretch of time in minutes; an open end reaches far beyond any programme."""
        return (-FAR if start is None else self.minute(start), FAR if end is None else self.minute(end))

    def index_of(self, day: date) -> int | None:
        """The number of a programme day; None for a day without programme."""
        return self.dates.index(day) if day in self.dates else None


def hours_of(zone: ZoneInfo, days: Iterable[tuple[date, time | None, time | None, list]]) -> Hours | None:
    """Hours from rows of (date, programme from, programme until, breaks); None where no day has programme.

    Breaks are pairs of local clock times as text, [["12:00", "13:30"], …].
    """
    held = sorted((day, since, until, breaks) for day, since, until, breaks in days if since and until)
    if not held:
        return None
    origin = datetime.combine(held[0][0], held[0][1], zone)

    def minute(day: date, clock: time) -> int:
        return int((datetime.combine(day, clock, zone) - origin).total_seconds() // 60)

    made = tuple(
        Day(
            number,
            minute(day, since),
            minute(day, until),
            tuple((minute(day, clock(a)), minute(day, clock(b))) for a, b in breaks),
        )
        for number, (day, since, until, breaks) in enumerate(held)
    )
    return Hours(zone, origin, tuple(row[0] for row in held), made)


def clock(text: str) -> time:
    """'12:30' as a time of day; '24:00' is the last minute of the day. ValueError for anything else."""
    return time(23, 59) if text == "24:00" else time.fromisoformat(text)
