"""A meeting as an invitation for somebody's calendar (RFC 5545 and 5546): one file, one meeting."""

from dataclasses import dataclass
from datetime import datetime

from expo.forums.feeds.lines import escaped, folded, instant


@dataclass(frozen=True)
class Invitation:
    """What a calendar is told; `uid` stays, `sequence` grows with every change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    organiser: str
    attendee: str
    changed_at: datetime
    is_cancelled: bool = False


def uid(number: int, edition: str) -> str:
    """What calendars know a meeting by, for good: letters and subscriptions mean the same one."""
    return f"meeting-{number}.{edition}@caravanserai"


def invitation(entry: Invitation, language: str) -> bytes:
    """REQUEST for a new or changed meeting, CANCEL for one that was called off. Instants are in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Caravanserai//Meetings//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if entry.is_cancelled else 'REQUEST'}",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{instant(entry.changed_at)}",
        f"LAST-MODIFIED:{instant(entry.changed_at)}",
        f"DTSTART:{instant(entry.starts_at)}",
        f"DTEND:{instant(entry.ends_at)}",
        f"SUMMARY:{escaped(entry.title)}",
        f"LOCATION:{escaped(entry.place)}",
        f"DESCRIPTION:{escaped(entry.text)}",
        f"ORGANIZER:mailto:{entry.organiser}",
        f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{entry.attendee}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return folded(lines)
