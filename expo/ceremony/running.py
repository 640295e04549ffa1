"""The clock of a ceremony: when each item begins, and whether all of it fits; and the order of protocol."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

UNRANKED = 10_000
"""Behind everybody who has a rank on the day."""


@dataclass(frozen=True)
class Guest:
    """Somebody with a part: `rank` and `title` as of the day of the ceremony."""

    id: int
    name: Mapping[str, str]
    title: Mapping[str, str]
    organisation: str
    country: str
    rank: int
    role: str


@dataclass(frozen=True)
class Row:
    """An item with its time; `ready` is when the next one can begin."""

    item: Any
    start: datetime | None
    end: datetime | None
    ready: datetime | None
    guests: tuple[Guest, ...]


@dataclass(frozen=True)
class Running:
    """A ceremony. `total` are its minutes with turnovers (none after the last), `length` those it has."""

    rows: tuple[Row, ...]
    total: int
    length: int

    @property
    def over(self) -> int:
        """Minutes too many; negative: minutes to spare."""
        return self.total - self.length


def running(
    start: datetime | None, length: int, items: Sequence[Any], guests: Mapping[int, Sequence[Guest]]
) -> Running:
    """The items one after another from `start` (None: it has no place yet) with their guests by protocol."""
    rows, passed = [], 0
    for item in items:
        begin, end = passed, passed + item.minutes
        passed = end + item.turnover_min
        order = sorted(guests.get(item.id, ()), key=lambda guest: (guest.rank, guest.id))
        rows.append(Row(item, _at(start, begin), _at(start, end), _at(start, passed), tuple(order)))
    return Running(tuple(rows), passed - (items[-1].turnover_min if items else 0), length)


def _at(start: datetime | None, minutes: int) -> datetime | None:
    if start is None:
        return None
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def as_of(ranks: Iterable[Any], day: date) -> Any | None:
    """The rank that holds on a day: of those since then or before, the latest."""
    return max((one for one in ranks if one.since <= day), key=lambda one: one.since, default=None)


def moved(order: Sequence[int], which: int, to: int) -> list[int]:
    """The order with one put at place `to` (from 0; kept within the list)."""
    rest = [one for one in order if one != which]
    to = min(max(to, 0), len(rest))
    return [*rest[:to], which, *rest[to:]]
