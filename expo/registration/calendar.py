"""The days of an edition as an entry for somebody's calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from expo.forums.feeds.lines import escaped, folded, instant


@dataclass(frozen=True)
class Entry:
    """Whole days from `first` to `last` (both included); `uid` stays the same when it is sent again."""

    uid: str
    title: str
    place: str
    text: str
    url: str
    first: date
    last: date
    changed_at: datetime
    is_cancelled: bool = False


def calendar(entry: Entry, language: str) -> bytes:
    """One entry as iCalendar (RFC 5545): whole days, whose end is the day after the last."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Caravanserai//Registration//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{instant(entry.changed_at)}",
        f"SUMMARY:{escaped(entry.title)}",
        f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.place:
        lines.append(f"LOCATION:{escaped(entry.place)}")
    if entry.text:
        lines.append(f"DESCRIPTION:{escaped(entry.text)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    return folded([*lines, "END:VEVENT", "END:VCALENDAR"])
