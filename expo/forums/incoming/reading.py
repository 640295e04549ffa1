"""A schedule.xml of any dialect (pentabarf, frab, pretalx, hub exports) as plain values."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lxml import etree

from expo.forums.feeds.parts import line as one_line
from expo.forums.incoming.cleaning import LONGEST_MIN, minutes_of, number_of, plain
from expo.forums.incoming.codes import Codes
from expo.forums.incoming.document import tree_of
from expo.forums.incoming.people import People
from expo.forums.incoming.values import Event, Odd, Schedule, Unreadable
from expo.forums.incoming.zones import zone_like, zone_named
from expo.words import say

MOST_EVENTS = 20_000
YEARS = range(1970, 2200)
"""Other years are slips of the pen; the first and the last of all have no neighbours to reckon with."""
EARLY = time(5)
"""A time of day before this one, on a day that begins later, is of the night after it."""


def schedule_of(data: bytes, zone: str = "") -> Schedule:
    """What a file says; `zone` is used where the file names none. Unreadable where that is nothing."""
    root, odd = tree_of(data)
    conference = root.find("conference")
    about = conference if conference is not None else etree.Element("conference")
    zone = _zone(root, about, zone, odd)
    reader = _Reader(ZoneInfo(zone), _text(about, "acronym") or _text(about, "title"), odd)
    for day in root.findall("day"):
        reader.take_day(day)
    events = reader.events
    if not events:
        raise Unreadable(say("There is no event in the file that could be read."))
    dates = {event.day for event in events}
    told = [found for name in ("start", "end") if (found := _date(_text(about, name)))]
    fits = [day for day in told if abs((day - min(dates)).days) <= 60]
    return Schedule(
        title=_text(about, "title") or _text(about, "acronym") or "Programme",
        acronym=_text(about, "acronym"),
        version=_text(root, "version") or _text(about, "release"),
        zone=zone,
        starts_on=min([*dates, *fits]),
        ends_on=max(
            [*dates, *fits, *((event.start + timedelta(minutes=event.minutes)).date() for event in events)]
        ),
        rooms=tuple(dict.fromkeys(reader.rooms)),
        tracks=tuple(dict.fromkeys(event.track for event in events)),
        colours={one_line(t.get("name", "")): t.get("color", "").lower() for t in about.findall("track")},
        events=tuple(events),
        bounds=reader.bounds,
        odd=tuple(odd),
    )


def _zone(root: etree._Element, about: etree._Element, given: str, odd: list[Odd]) -> str:
    named = _text(about, "time_zone_name")
    if found := zone_named(named):
        return found
    if zone_named(given):
        return given
    moments = [when for text in root.iterfind("day/room/event/date") if (when := _moment(text.text or ""))]
    guessed = zone_like(moments)
    odd.append(
        Odd(
            about.sourceline or 0,
            say("The file names no time zone; its times fit %(zone)s, so that is taken.", zone=guessed),
        )
    )
    return guessed


class _Reader:
    """Goes through the days of a file and keeps what it has seen."""

    def __init__(self, zone: ZoneInfo, acronym: str, odd: list[Odd]):
        self.zone, self.acronym, self.odd = zone, acronym, odd
        self.events: list[Event] = []
        self.rooms: list[str] = []
        self.bounds: dict[date, tuple[datetime, datetime]] = {}
        self.guids: set[UUID] = set()
        self.ids: set[int] = set()
        self.codes, self.people = Codes(), People(odd)
        self.indexes: Counter[str] = Counter()

    def take_day(self, element: etree._Element) -> None:
        self.indexes[element.get("index", "")] += 1
        if element.get("index") and self.indexes[element.get("index", "")] == 2:
            self.odd.append(
                Odd(element.sourceline or 0, say("Two days have the same index; they go by their dates."))
            )
        day = _date(element.get("date", ""))
        start, end = (self.local(element.get(name, "")) for name in ("start", "end"))
        day = day or (start.date() if start else None)
        if day and start and end and start < end <= start + timedelta(hours=16) and start.date() == day:
            known = self.bounds.get(day, (start, end))
            self.bounds[day] = min(known[0], start), max(known[1], end)
        for room in element.findall("room"):
            name = one_line(room.get("name", ""))
            for event in room.findall("event"):
                self.take_event(event, name or _text(event, "room") or "Room", day, start)

    def take_event(
        self, element: etree._Element, room: str, day: date | None, opens: datetime | None
    ) -> None:
        if len(self.events) >= MOST_EVENTS:
            raise Unreadable(say("The file has more than %(count)s events.", count=MOST_EVENTS))
        title = _text(element, "title")
        start = self.start_of(element, day, opens)
        if start is None:
            self.odd.append(
                Odd(
                    element.sourceline or 0,
                    say("“%(title)s” has no time that can be read; it is left out.", title=title),
                )
            )
            return
        minutes = self.length(element, title)
        guid = self.guid(element, title, start)
        number = self.number(element, title)
        if not title:
            self.odd.append(Odd(element.sourceline or 0, say("An event has no title; it gets its number.")))
            title = f"#{number or len(self.events) + 1}"
        self.rooms.append(room)
        self.events.append(
            Event(
                element.sourceline or 0, guid, number, self.codes.code_of(element, guid), title, room,
                _text(element, "track"), start, minutes, self.day_of(start, day),
                _text(element, "language")[:20],
                plain(element.findtext("abstract")), self.people.of(element), _more(element),
            )
        )  # fmt: skip

    def day_of(self, start: datetime, day: date | None) -> date:
        """The day it is listed under, where that is its own date or the one before."""
        own = start.date()
        night = day is not None and own - day == timedelta(days=1) and start.hour < 12
        return day if night and day else own

    def start_of(self, element: etree._Element, day: date | None, opens: datetime | None) -> datetime | None:
        """By its date with an offset; failing that by the day it is listed under and its time of day."""
        if found := self.local(_text(element, "date")):
            return found.replace(second=0, microsecond=0)
        clock = re.match(r"(\d{1,2}):(\d{2})", _text(element, "start"))
        if day is None or clock is None or not (int(clock[1]) < 24 and int(clock[2]) < 60):
            return None
        start = datetime.combine(day, time(int(clock[1]), int(clock[2])), self.zone)
        begins = opens.time() if opens and opens.date() == day else EARLY
        return start + timedelta(days=start.time() < begins and start.time() < time(12))

    def local(self, text: str) -> datetime | None:
        """A moment in the programme's zone; one without an offset is meant there."""
        found = _moment(text)
        if found is None:
            return None
        return found.astimezone(self.zone) if found.tzinfo else found.replace(tzinfo=self.zone)

    def length(self, element: etree._Element, title: str) -> int:
        found = minutes_of(_text(element, "duration"))
        if found is not None and 1 <= found <= LONGEST_MIN:
            return found
        taken = LONGEST_MIN if found and found > LONGEST_MIN else 1
        self.odd.append(
            Odd(
                element.sourceline or 0,
                say(
                    "“%(title)s” has the length “%(length)s”; it is taken as %(minutes)s minutes.",
                    title=title, length=_text(element, "duration"), minutes=taken,
                ),
            )
        )  # fmt: skip
        return taken

    def guid(self, element: etree._Element, title: str, start: datetime) -> UUID:
        """Its own, or one made of what it says: the same file gives the same ones."""
        given = (element.get("guid") or "").strip()
        key = f"{self.acronym}/event/{element.get('id') or _text(element, 'slug') or title}"
        try:
            found = UUID(given)
        except ValueError:
            found = uuid5(NAMESPACE_URL, f"{self.acronym}/event/{given}" if given else key)
        if found in self.guids:
            found = uuid5(NAMESPACE_URL, f"{found}/{start.isoformat()}")
            self.odd.append(
                Odd(
                    element.sourceline or 0,
                    say("“%(title)s” has the guid of another event; it gets its own.", title=title),
                )
            )
        while found in self.guids:
            found = uuid5(found, "again")
        self.guids.add(found)
        return found

    def number(self, element: etree._Element, title: str) -> int | None:
        found = number_of(element.get("id"))
        if found is None or found in self.ids:
            sentence = say("“%(title)s” has no number of its own; it gets another one.", title=title)
            self.odd.append(Odd(element.sourceline or 0, sentence))
            return None
        self.ids.add(found)
        return found


def _more(element: etree._Element) -> dict[str, Any]:
    optout = (element.findtext("recording/optout") or "").strip().lower()
    return {
        "type": _text(element, "type"),
        "subtitle": _text(element, "subtitle"),
        "description": plain(element.findtext("description")),
        "license": one_line(element.findtext("recording/license") or ""),
        "optout": optout in ("true", "1"),
        "links": list(_references(element, "links/link")),
        "attachments": list(_references(element, "attachments/attachment")),
    }


def _references(element: etree._Element, path: str) -> Iterator[dict[str, str]]:
    for found in element.iterfind(path):
        if (found.get("href") or "").startswith(("http://", "https://")):
            yield {"url": found.get("href", "").strip(), "title": one_line("".join(found.itertext()))}


def _text(element: etree._Element, name: str) -> str:
    return one_line(element.findtext(name) or "")


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip()) if "T" in text or " " in text.strip() else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None
