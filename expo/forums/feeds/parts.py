"""What the feeds share: names that fit the formats, clean text, numbers, days with their rooms."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from expo.forums.programme import DayHours, Item, Place, Programme, Track
from expo.languages import pick

GENERATOR, GENERATOR_VERSION = "caravanserai", "1.1"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HUES = ("#174a8f", "#b83a06", "#008457", "#f3c118", "#78104f", "#58bcf5", "#a3b44a", "#f290a4")
"""The forums' colours, as the light theme draws them."""
LARGEST, APART = 2**31 - 1, 10**9
"""The largest number that readers take for an id, and what is added to one that is taken."""


@dataclass(frozen=True)
class Links:
    """Absolute addresses: of the site, the programme and (by code) a talk."""

    site: str
    programme: str
    talk: Callable[[str], str]


def links_of(site: str, edition: str) -> Links:
    """The addresses within a site; `site` has no slash at its end."""
    home = f"{site}/{edition}/programme"
    return Links(f"{site}/", home, lambda code: f"{home}/{code}")


@dataclass(frozen=True)
class FeedDay:
    """A day with its talks by room; `start` and `end` hold them all."""

    index: int
    date: date
    start: datetime
    end: datetime
    rooms: tuple[tuple[Place, tuple[Item, ...]], ...]


def told(items: Iterable[Item]) -> tuple[Item, ...]:
    """What feeds tell of: readers draw breaks by themselves."""
    return tuple(item for item in items if item.kind != "break")


def feed_days(programme: Programme, dates: Iterable[date] | None = None) -> list[FeedDay]:
    """The days with talks, numbered from 1 among `dates` (left out: the programme's own), at least one."""
    items = told(programme.items)
    hours = {day.date: day for day in programme.fair.hours}
    every = sorted({*(dates or ()), *hours, *(item.day for item in items)} or {programme.fair.starts_on})
    shown = {item.day for item in items} or hours.keys() or set(every)
    return [
        _day(programme, number, day, [item for item in items if item.day == day], hours.get(day))
        for number, day in enumerate(every, 1)
        if day in shown
    ]


def _day(programme: Programme, index: int, day: date, items: list[Item], hours: DayHours | None) -> FeedDay:
    rooms = tuple(
        (room, here)
        for room in programme.rooms
        if (here := tuple(item for item in items if item.room.code == room.code))
    )
    starts = [item.start for item in items] + ([hours.start] if hours else [])
    ends = [item.end for item in items] + ([hours.end] if hours else [])
    midnight = datetime.combine(day, time(), ZoneInfo(programme.fair.timezone))
    first = min(starts, default=midnight, key=datetime.timestamp)
    last = max(ends, default=midnight + timedelta(days=1), key=datetime.timestamp)
    return FeedDay(index, day, first, last, rooms)


def numbers(items: Iterable[Item]) -> dict[int, int]:
    """For every talk's id the positive number that feeds give it, each given once.

    Another system's number stays where a talk brought one; our own that is taken by it moves out of the way.
    """
    items = sorted(items, key=lambda item: item.id)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for item in items:
        brought = item.origin.get("id")
        if isinstance(brought, int) and 0 < brought <= LARGEST and brought not in taken:
            found[item.id] = brought
            taken.add(brought)
    for item in items:
        if item.id not in found:
            number = item.id
            while number in taken:
                number += APART
            found[item.id] = number
            taken.add(number)
    return found


def acronym(code: str, year: int) -> str:
    """The edition's code without hyphens, at least four characters of a-z, 0-9 and _."""
    plain = re.sub(r"[^a-z0-9_]", "_", code.lower())
    return plain if len(plain) >= 4 else f"{plain}_{year}"


def slug(programme: Programme, item: Item) -> str:
    """A talk's name in addresses and file names, unique in the edition."""
    return f"{acronym(programme.fair.code, programme.fair.starts_on.year)}-{item.code.lower()}"


def track_slugs(tracks: Iterable[Track]) -> dict[str, str]:
    """By a forum's code its name for machines: a letter, then letters, digits and hyphens; each once."""
    found: dict[str, str] = {}
    for track in tracks:
        plain = re.sub(r"[^a-z0-9]+", "-", track.code.lower()).strip("-")
        plain = plain if re.match(r"[a-z].", plain) else f"forum-{plain}".rstrip("-")
        while plain in found.values():
            plain += "-x"
        found[track.code] = plain
    return found


def clean(value: Any) -> str:
    """A text without the characters that XML cannot hold."""
    return NOT_XML.sub("", str(value))


def line(value: Any) -> str:
    """The same on one line, for names and titles."""
    return " ".join(clean(value).split())


def text(texts: Mapping[str, str], language: str) -> str:
    """A language map's text without the control characters that XML cannot hold."""
    return clean(pick(texts, language))


def name(texts: Mapping[str, str], language: str, otherwise: str) -> str:
    """A language map's text on one line; `otherwise` where nothing can be read of it."""
    return line(pick(texts, language)) or otherwise


def room_names(programme: Programme, language: str) -> dict[str, str]:
    """Names by room code; a name borne twice gets the code beside it, or the rooms would melt into one."""
    names = {room.code: name(room.name, language, room.code) for room in programme.rooms}
    borne = list(names.values())
    return {code: f"{shown} ({code})" if borne.count(shown) > 1 else shown for code, shown in names.items()}


def duration(item: Item) -> str:
    """Hours and minutes, '01:30'."""
    hours, minutes = divmod(item.minutes, 60)
    return f"{hours:02d}:{minutes:02d}"


def event_facts(item: Item, programme: Programme, links: Links, language: str, room: str) -> dict[str, str]:
    """What both frab formats say of a talk, under the names they share; `room` is its room's name."""
    return {
        "date": item.start.isoformat(),
        "start": f"{item.start:%H:%M}",
        "duration": duration(item),
        "room": room,
        "slug": slug(programme, item),
        "url": links.talk(item.code),
        "title": name(item.title, language, item.code),
        "subtitle": line(item.origin.get("subtitle", "")),
        "track": item.origin.get("track", name(item.track.name, language, item.track.code)),
        "type": line(item.origin.get("type", "")) or item.kind,
        "language": item.origin.get("language", line(item.language) or "en"),
        "abstract": text(item.abstract, language),
        "description": clean(item.origin.get("description", "")),
    }


def references(item: Item, kind: str) -> list[tuple[str, str]]:
    """(address, title) of the talk's 'links' or 'attachments' elsewhere."""
    rows = ((line(row.get("url", "")), line(row.get("title", ""))) for row in item.origin.get(kind, ()))
    return [(url, title or url) for url, title in rows if re.fullmatch(r"https?://[!-~]+", url)]


def timeslot(programme: Programme) -> str:
    """The grid on which talks begin and end: five minutes unless some talk wants a finer one."""
    fits = all(moment.minute % 5 == 0 for item in programme.items for moment in (item.start, item.end))
    return "00:05" if fits else "00:01"


def day_count(programme: Programme) -> int:
    """Calendar days from the first to the last of the edition."""
    return (programme.fair.ends_on - programme.fair.starts_on) // timedelta(days=1) + 1
