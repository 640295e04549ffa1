"""The programme as a calendar one subscribes to: changes and cancellations reach those who did."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from expo.forums.feeds.lines import escaped, folded, instant, time_zone, when
from expo.forums.feeds.parts import Links, name, room_names, text, told
from expo.forums.feeds.people import persons
from expo.forums.history import Revision
from expo.forums.programme import Item, Programme
from expo.languages import LANGUAGES

REFRESH = "PT1H"
YEAR = timedelta(days=366)


def schedule_ics(
    programme: Programme,
    links: Links,
    language: str = "en",
    history: Mapping[int, Revision] | None = None,
    removed: Iterable[Item] = (),
    part: str = "",
) -> bytes:
    """A calendar of the programme's talks and, marked as cancelled, of those that former versions had.

    `part` says which part of the programme it is, beside the calendar's name.
    """
    removed, items = told(removed), told(programme.items)
    names = room_names(programme, language)
    stamp = programme.released_at or datetime(2000, 1, 1, tzinfo=UTC)
    lines = _head(programme, links, language, part)
    lines += _zones(programme, (*items, *removed))
    for item, gone in [*((item, False) for item in items), *((item, True) for item in removed)]:
        revision = (history or {}).get(item.id)
        place = names.get(item.room.code) or name(item.room.name, language, item.room.code)
        lines += _event(item, gone, revision, stamp, links, language, place, programme)
    return folded([*lines, "END:VCALENDAR"])


def _head(programme: Programme, links: Links, language: str, part: str) -> list[str]:
    spoken = language.upper() if language in LANGUAGES else "EN"
    shown = name(programme.fair.name, language, programme.fair.code) + (f" · {part}" if part else "")
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Caravanserai//Programme//{spoken}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(shown)}",
        f"X-WR-CALNAME:{escaped(shown)}",
        f"X-WR-TIMEZONE:{programme.fair.timezone}",
        f"URL:{links.programme}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL;VALUE=DURATION:{REFRESH}",
    ]


def _zones(programme: Programme, items: Iterable[Item]) -> list[str]:
    """The clocks in use: a talk that was taken out keeps that of the version that had it."""
    days = [moment.date() for item in items for moment in (item.start, item.end)]
    first = min([programme.fair.starts_on, *days]) - YEAR
    last = max([programme.fair.ends_on, *days]) + YEAR
    zones = sorted({_zone(item, programme) for item in items} - {"UTC"})
    return [line for zone in zones for line in time_zone(zone, first, last)]


def _zone(item: Item, programme: Programme) -> str:
    return getattr(item.start.tzinfo, "key", programme.fair.timezone)


def _event(
    item: Item,
    gone: bool,
    revision: Revision | None,
    stamp: datetime,
    links: Links,
    language: str,
    place: str,
    programme: Programme,
) -> list[str]:
    zone, building = _zone(item, programme), item.room.building
    where = f"{place}, {building}" if building and building not in place else place
    lines = [
        "BEGIN:VEVENT",
        f"UID:{item.guid}",
        f"DTSTAMP:{instant(stamp)}",
        f"SEQUENCE:{revision.sequence if revision else 0}",
        f"LAST-MODIFIED:{instant(revision.changed_at if revision else stamp)}",
        when("DTSTART", item.start, zone),
        when("DTEND", item.end, zone),
        f"SUMMARY:{escaped(name(item.title, language, item.code))}",
        f"LOCATION:{escaped(where)}",
        f"STATUS:{'CANCELLED' if gone else 'CONFIRMED'}",
        f"CATEGORIES:{escaped(name(item.track.name, language, item.track.code))}",
        f"URL:{links.talk(quote(item.code))}",
    ]
    if description := _description(item, language, programme.fair.code):
        lines.append(f"DESCRIPTION:{escaped(description)}")
    return [*lines, "END:VEVENT"]


def _description(item: Item, language: str, edition: str) -> str:
    people = ", ".join(person.name for person in persons(item, language, edition))
    return "\n\n".join(part for part in (people, text(item.abstract, language)) if part)
