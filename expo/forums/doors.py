"""Door signs: which talks stand on the sign of a room on a day, in type one can read from five metres.

At five metres a capital must be 7.3 mm high to be read by somebody with full sight (5 minutes of arc,
ISO 8596). Times are in 36 pt and more (9 mm), so a sign holds only so many talks: others get a second sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from expo.forums.programme import Item, Place, Programme

MOST_ROWS = {"A4": 4, "A3": 6}


@dataclass(frozen=True)
class Sign:
    """One sheet of a room's door on a day."""

    room: Place
    day: date
    number: int
    of: int
    talks: tuple[Item, ...]


def signs(programme: Programme, paper: str = "A4", room: str = "", day: str = "") -> list[Sign]:
    """The signs of all rooms and days with talks, room by room; of one room (code) or day (ISO date) only."""
    return [
        sign
        for place in programme.used_rooms
        if room in ("", place.code)
        for date_ in programme.days
        if day in ("", date_.isoformat())
        for sign in _signs(place, date_, programme.only(room=place.code, day=date_.isoformat()), paper)
    ]


def _signs(room: Place, day: date, items: Sequence[Item], paper: str) -> list[Sign]:
    pages = -(-len(items) // MOST_ROWS[paper])
    share = -(-len(items) // max(1, pages))
    return [
        Sign(room, day, number + 1, pages, tuple(items[number * share : (number + 1) * share]))
        for number in range(pages)
    ]
