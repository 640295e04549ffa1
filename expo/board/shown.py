"""The board as plain values for a browser: minutes since the first programme minute, codes and texts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from expo.forums.hours import Hours

GRACE = 6 * 60
"""Minutes before a day begins that still belong to it; what is earlier ran on from the day before."""


def day_of(hours: Hours, minute: int) -> int:
    """The position of the day that a minute belongs to, also at night and outside the programme."""
    found = 0
    for position, day in enumerate(hours.days):
        if minute >= day.start - GRACE:
            found = position
    return found


def days(hours: Hours, spans: Iterable[tuple[int, int]], label: Callable[[Any], str]) -> list[dict[str, Any]]:
    """Each day with its window: the programme, stretched to whole hours and to what lies outside of it."""
    windows = [[day.start, day.end] for day in hours.days]
    for start, end in spans:
        window = windows[day_of(hours, start)]
        window[0], window[1] = min(window[0], start), max(window[1], end)
    return [
        {
            "date": date.isoformat(),
            "label": label(date),
            "open": [day.start, day.end],
            "from": _whole_hour(hours, window[0]),
            "until": window[1],
            "breaks": [list(rest) for rest in day.breaks if rest[0] < rest[1]],
        }
        for date, day, window in zip(hours.dates, hours.days, windows, strict=True)
    ]


def _whole_hour(hours: Hours, minute: int) -> int:
    return minute - hours.instant(minute).minute


def place_of(hours: Hours, room: str | None, start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Room, first and last minute and day; nulls for no place."""
    if room is None or start is None or end is None:
        return {"room": None, "start": None, "end": None, "day": None}
    minute = hours.minute(start)
    return {"room": room, "start": minute, "end": hours.minute(end), "day": day_of(hours, minute)}


def cards(hours: Hours, rows: Sequence[Any], text: Callable[[Any], str]) -> list[dict[str, Any]]:
    """The talks as blocks; `text` picks a language map's text."""
    return [
        {
            "code": card.code,
            "title": text(card.title) or card.code,
            "forum": card.forum,
            "hue": card.hue,
            "letter": card.letter,
            "minutes": card.minutes,
            "alone": card.alone,
            "locked": card.locked,
            "people": [[code, text(name)] for code, name in card.people],
            **place_of(hours, card.room, card.start, card.end),
        }
        for card in rows
    ]
