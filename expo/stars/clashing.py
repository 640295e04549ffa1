"""A timetable of one's own: what clashes in it, where it is free, and what else would fit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from expo.forums.programme import Item

Walk = Callable[[str, str], int]
"""Minutes from one building to another."""
LEAST_GAP_MIN = 30
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Clash:
    """Two starred talks of which one cannot hear all: they overlap by `minutes`, or one would have to walk
    `minutes` and has only `between` of them."""

    kind: Literal["overlap", "walk"]
    first: Item
    second: Item
    minutes: int
    between: int = 0


@dataclass(frozen=True)
class Gap:
    """Free time between two starred talks of a day."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        return _minutes(self.start, self.end)


def clash_of(one: Item, other: Item, walk: Walk) -> Clash | None:
    """What keeps somebody from hearing both to the end, if anything."""
    first, second = sorted((one, other), key=_order)
    between = _minutes(first.end, second.start)
    if second.start.timestamp() < first.end.timestamp():
        overlap = min(-between, second.minutes)
        return Clash("overlap", first, second, max(1, overlap))
    if first.room.building == second.room.building:
        return None
    needed = walk(first.room.building, second.room.building)
    return Clash("walk", first, second, needed, between) if between < needed else None


def clashes(items: Iterable[Item], walk: Walk, longest_walk: int) -> list[Clash]:
    """Every clash among talks, in order of time. `longest_walk`: minutes beyond which no walk matters."""
    ordered = sorted(items, key=_order)
    found = []
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if _minutes(one.end, other.start) >= max(0, longest_walk):
                break
            if clash := clash_of(one, other, walk):
                found.append(clash)
    return found


def gaps(items: Iterable[Item], least: int = LEAST_GAP_MIN) -> list[Gap]:
    """Stretches of at least `least` minutes between talks of the same day."""
    found: list[Gap] = []
    until: datetime | None = None
    day: date | None = None
    for item in sorted(items, key=_order):
        if until is None or item.day != day:
            until, day = item.start, item.day
        if _minutes(until, item.start) >= least:
            found.append(Gap(until, item.start))
        until = max(until, item.end, key=datetime.timestamp)
    return found


def suggestions(
    clash: Clash, starred: Sequence[Item], programme: Sequence[Item], walk: Walk
) -> list[tuple[Item, Item]]:
    """Up to three (talk to give up, talk instead) that clash with nothing else starred.

    Repeats of one of the two come first, then talks of the same forum, then of the same language; the nearest
    in time before others.
    """
    kept = {item.code for item in starred}
    found = []
    for item in programme:
        if item.code in kept or item.kind == "break":
            continue
        for given_up in (clash.second, clash.first):
            others = (one for one in starred if one.code != given_up.code)
            rank = _likeness(given_up, item)
            if rank < 3 and not any(_touch(item, one, walk) for one in others):
                found.append((rank, abs(_minutes(given_up.start, item.start)), item.code, given_up, item))
                break
    found.sort(key=lambda row: row[:3])
    return [(given_up, item) for *_order, given_up, item in found[:MOST_SUGGESTIONS]]


def _touch(one: Item, other: Item, walk: Walk) -> bool:
    return clash_of(one, other, walk) is not None


def _likeness(one: Item, other: Item) -> int:
    """0 the same talk again, 1 of its forum, 2 in its language, 3 nothing in common."""
    if one.title == other.title:
        return 0
    if one.track.code == other.track.code:
        return 1
    return 2 if {one.language, *one.interpretation} & {other.language, *other.interpretation} else 3


def _order(item: Item) -> tuple[float, float, str]:
    return item.start.timestamp(), item.end.timestamp(), item.code


def _minutes(since: datetime, until: datetime) -> int:
    """Minutes that pass, also where clocks are put forward or back meanwhile."""
    return int((until.timestamp() - since.timestamp()) // 60)
