"""Meetings as a calendar one subscribes to: each keeps its number, what is off is cancelled there."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from expo.forums.feeds.lines import escaped, folded, instant
from matchmaking.meetings.calendar import uid

REFRESH = "PT15M"


class Event(NamedTuple):
    """One meeting in words; instants with their zone."""

    number: int
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    off: bool
    url: str


def calendar(edition: str, name: str, events: Sequence[Event], at: datetime) -> bytes:
    """An iCalendar (RFC 5545) of meetings in UTC; UIDs name the meeting, so a move is a move."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Caravanserai//Meetings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL;VALUE=DURATION:{REFRESH}",
    ]
    for event in events:
        lines += _event(edition, event, at)
    return folded([*lines, "END:VCALENDAR"])


def _event(edition: str, event: Event, at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid(event.number, edition)}",
        f"DTSTAMP:{instant(at.astimezone(UTC).replace(microsecond=0, second=0, minute=0))}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{instant(event.starts_at)}",
        f"DTEND:{instant(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"LOCATION:{escaped(event.place)}",
        f"STATUS:{'CANCELLED' if event.off else 'CONFIRMED'}",
        f"DESCRIPTION:{escaped(event.text)}",
        f"URL:{event.url}",
    ]
    if not event.off:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:-PT{int(timedelta(minutes=10).total_seconds() // 60)}M",
            f"DESCRIPTION:{escaped(event.title)}",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]
