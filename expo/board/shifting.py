"""Several talks moved together."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from expo.board.asked import Wish


def chosen(
    cards: Iterable,
    zone: ZoneInfo,
    *,
    forum: str,
    day: str,
    room: str,
    since: time | None,
    until: time | None,
) -> list:
    """The cards with a place of a forum, on a day (ISO), in a room, within a time band; "" for any."""
    found = []
    for card in cards:
        if card.room is None:
            continue
        start = card.start.astimezone(zone)
        if (
            forum in ("", card.forum)
            and day in ("", start.date().isoformat())
            and room in ("", card.room)
            and (since is None or start.time() >= since)
            and (until is None or start.time() < until)
        ):
            found.append(card)
    return found


def shifted(cards: Iterable, zone: ZoneInfo, *, minutes: int, to_day: str, to_room: str) -> list[Wish]:
    """Where the cards go: minutes later on the clock, to another day at the same time, to another room.

    Clock times stay across a change of daylight saving. OverflowError beyond the calendar.
    """
    found = []
    for card in cards:
        local = card.start.astimezone(zone)
        if to_day:
            date = datetime.fromisoformat(to_day).date()
            local = datetime.combine(date, local.time(), zone)
        moved = (local.replace(tzinfo=None) + timedelta(minutes=minutes)).replace(tzinfo=zone)
        found.append(Wish(card.code, to_room or card.room, moved))
    return found
