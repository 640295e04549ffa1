"""What is on at one moment, and what comes next, room by room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from expo.forums.programme import Item, Place

AHEAD = timedelta(hours=12)
"""How far ahead 'next' looks."""


@dataclass(frozen=True)
class Shown:
    """A talk on a screen. `state` is '', 'moved' (it was elsewhere in the version before) or 'cancelled'."""

    item: Item
    state: str = ""


@dataclass(frozen=True)
class RoomNow:
    """A room at a moment: what is on (and what would have been), how far it is, what comes next."""

    room: Place
    current: tuple[Shown, ...]
    next: tuple[Shown, ...]
    passed: int
    """minutes since the talk that is on began"""
    left: int
    """minutes until it ends"""


def rooms_at(
    moment: datetime,
    rooms: Sequence[Place],
    items: Iterable[Item],
    removed: Iterable[Item] = (),
    moved: frozenset[int] = frozenset(),
    ahead: int = 2,
) -> list[RoomNow]:
    """Every room in the order given; `moved` are ids of talks elsewhere before, `ahead` how many come."""
    told = [Shown(item, "moved" if item.id in moved else "") for item in items]
    told += [Shown(item, "cancelled") for item in removed]
    by_room: dict[str, list[Shown]] = {}
    for one in sorted(told, key=lambda one: one.item.start.astimezone(UTC)):
        by_room.setdefault(one.item.room.code, []).append(one)
    return [_room(moment, room, by_room.get(room.code, []), ahead) for room in rooms]


def _room(moment: datetime, room: Place, here: list[Shown], ahead: int) -> RoomNow:
    current = tuple(one for one in here if one.item.start <= moment < one.item.end)
    later = tuple(one for one in here if moment < one.item.start <= moment + AHEAD)
    held = next((one.item for one in current if one.state != "cancelled"), None)
    passed = (moment - held.start) // timedelta(minutes=1) if held else 0
    return RoomNow(room, current, later[:ahead], passed, held.minutes - passed if held else 0)
