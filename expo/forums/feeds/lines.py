"""Lines of iCalendar (RFC 5545): escaped texts, folded at 75 bytes, and the clock of a time zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MOST_BYTES = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What a text may not hold; tabs and ends of lines may stay."""


def escaped(value: str) -> str:
    """A text as the value of a property."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", plain).translate(ESCAPES)


def folded(lines: list[str]) -> bytes:
    """The lines as UTF-8, none longer than 75 bytes, each ended by CR LF; no character is torn apart."""
    return "".join(map(_folded, lines)).encode()


def _folded(line: str) -> str:
    if len(line) * 4 <= MOST_BYTES or len(line.encode()) <= MOST_BYTES:
        return f"{line}\r\n"
    data, start, parts = line.encode(), 0, []
    while len(data) - start > (room := MOST_BYTES - bool(parts)):
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end].decode())
        start = end
    parts.append(data[start:].decode())
    return "\r\n ".join(parts) + "\r\n"


def instant(moment: datetime) -> str:
    """An instant in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z"


def when(name: str, moment: datetime, zone: str) -> str:
    """The property of that name with a time on the clock of the zone.

    Of an hour that comes twice this notation means the first, so the second is told in UTC.
    """
    if zone == "UTC" or moment.fold:
        return f"{name}:{instant(moment)}"
    return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"


@lru_cache(64)
def time_zone(zone: str, first: date, last: date) -> tuple[str, ...]:
    """VTIMEZONE: the offset that holds on `first`, and every change up to `last`."""
    info = ZoneInfo(zone)
    moment = datetime.combine(first, time(), UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observance(moment, info, _offset(moment, info))]
    while moment.date() <= last:
        later = moment + timedelta(days=1)
        if _face(later, info) != _face(moment, info):
            change = _change(moment, later, info)
            lines += _observance(change, info, _offset(moment, info))
        moment = later
    return (*lines, "END:VTIMEZONE")


def _face(moment: datetime, info: ZoneInfo) -> tuple:
    here = moment.astimezone(info)
    return here.utcoffset(), here.tzname(), here.dst()


def _offset(moment: datetime, info: ZoneInfo) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _change(before: datetime, after: datetime, info: ZoneInfo) -> datetime:
    """The first second at which the clock goes as it does at `after`."""
    old = _face(before, info)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _face(middle, info) == old else (before, middle)
    return after


def _observance(since: datetime, info: ZoneInfo, before: timedelta) -> list[str]:
    """One stretch of a zone's clock. Dublin's summer is its standard time, its winter the other."""
    here = since.astimezone(info)
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{(since + before).replace(tzinfo=None):%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_signed(before)}",
        f"TZOFFSETTO:{_signed(here.utcoffset() or timedelta())}",
        f"TZNAME:{escaped(here.tzname() or '')}",
        f"END:{kind}",
    ]


def _signed(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}" + (f"{seconds:02d}" if seconds else "")
