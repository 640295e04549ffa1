"""What the feeds share: names that fit the formats, clean text, days with their rooms."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from expo.forums.programme import Item, Place, Programme
from expo.languages import pick

GENERATOR = "caravanserai"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def feed_days(programme: Programme) -> list[FeedDay]:
    """The programme's days with talks, numbered from 1."""
    return [_day(programme, number, day) for number, day in enumerate(programme.days, 1)]


def _day(programme: Programme, index: int, day: date) -> FeedDay:
    items = programme.on(day)
    rooms = tuple(
        (room, here)
        for room in programme.rooms
        if (here := tuple(item for item in items if item.room.code == room.code))
    )
    return FeedDay(index, day, min(i.start for i in items), max(i.end for i in items), rooms)


def acronym(code: str, year: int) -> str:
    """The edition's code without hyphens, at least four characters of a-z, 0-9 and _."""
    plain = re.sub(r"[^a-z0-9_]", "_", code.lower())
    return plain if len(plain) >= 4 else f"{plain}_{year}"


def slug(programme: Programme, item: Item) -> str:
    """A talk's name in addresses and file names, unique in the edition."""
    return f"{acronym(programme.fair.code, programme.fair.starts_on.year)}-{item.code.lower()}"


def text(texts: dict[str, str], language: str) -> str:
    """A language map's text without the control characters that XML cannot hold."""
    return NOT_XML.sub("", pick(texts, language))


def room_names(programme: Programme, language: str) -> dict[str, str]:
    """Names by room code; a name borne twice gets the code beside it, or the rooms would melt into one."""
    names = {room.code: text(room.name, language) or room.code for room in programme.rooms}
    borne = list(names.values())
    return {code: f"{name} ({code})" if borne.count(name) > 1 else name for code, name in names.items()}


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
        "title": text(item.title, language) or item.code,
        "subtitle": "",
        "track": text(item.track.name, language) or item.track.code,
        "type": item.kind,
        "language": item.language,
        "abstract": text(item.abstract, language),
    }


def timeslot(programme: Programme) -> str:
    """The grid on which talks begin and end: five minutes unless some talk wants a finer one."""
    fits = all(moment.minute % 5 == 0 for item in programme.items for moment in (item.start, item.end))
    return "00:05" if fits else "00:01"


def day_count(programme: Programme) -> int:
    """Calendar days from the first to the last of the edition."""
    return (programme.fair.ends_on - programme.fair.starts_on) // timedelta(days=1) + 1
