"""When somebody or a room can be had: stretches of time as rows of day, from and until, and back."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
Stretch = tuple[datetime, datetime]


class Row(NamedTuple):
    """A stretch within one day, in local clock time; `until` not after `since` means the next day."""

    day: date
    since: time
    until: time


def stretches(rows: Iterable[Row], zone: ZoneInfo) -> list[Stretch]:
    """The rows as instants in UTC, in order; those that touch or overlap are one.

    ValueError for a row that no time passes in (clocks are put forward over all of it).
    """
    found: list[Stretch] = []
    for row in rows:
        end = row.day + timedelta(days=row.until <= row.since)
        one = _instant(row.day, row.since, zone), _instant(end, row.until, zone)
        if one[0] >= one[1]:
            raise ValueError(row)
        found.append(one)
    return list(joined(found))


def joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches in order of time, those that touch or overlap made one."""
    last: Stretch | None = None
    for start, end in sorted(found):
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def rows(
    found: Iterable[tuple[datetime | None, datetime | None]], zone: ZoneInfo, first: date, last: date
) -> list[Row]:
    """Stretches as rows, cut at local midnights. An open end reaches to the edge of the days."""
    cut = []
    for start, end in found:
        here = (start or _instant(first, MIDNIGHT, zone)).astimezone(zone)
        until = (end or _instant(last + timedelta(days=1), MIDNIGHT, zone)).astimezone(zone)
        day, clock = here.date(), here.time()
        while day < until.date():
            cut.append(Row(day, clock.replace(tzinfo=None), MIDNIGHT))
            day, clock = day + timedelta(days=1), MIDNIGHT
        if clock.replace(tzinfo=None) < until.time():
            cut.append(Row(day, clock.replace(tzinfo=None), until.time()))
    return sorted(cut)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
