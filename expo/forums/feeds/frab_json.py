"""schedule.json, the same programme for readers of JSON."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from expo.forums.feeds.parts import (
    GENERATOR,
    GENERATOR_VERSION,
    HUES,
    FeedDay,
    Links,
    acronym,
    day_count,
    event_facts,
    feed_days,
    line,
    name,
    numbers,
    references,
    room_names,
    timeslot,
    track_slugs,
)
from expo.forums.feeds.people import Person, persons
from expo.forums.programme import Item, Programme

SCHEMA = "https://c3voc.de/schedule/schema.json"
ZONE = re.compile("[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
"""Names of time zones as the schema knows them; others (`Etc/GMT-3`) are left out: times have offsets."""


def schedule_json(
    programme: Programme,
    links: Links,
    language: str = "en",
    given: Mapping[int, int] | None = None,
    dates: Iterable[date] | None = None,
) -> bytes:
    """The programme as UTF-8 JSON; `given` and `dates` as for `schedule_xml`."""
    fair = programme.fair
    conference = {
        "acronym": acronym(fair.code, fair.starts_on.year),
        "title": name(fair.name, language, fair.code),
        "start": fair.starts_on.isoformat(),
        "end": fair.ends_on.isoformat(),
        "daysCount": day_count(programme),
        "timeslot_duration": timeslot(programme),
        **({"time_zone_name": fair.timezone} if ZONE.match(fair.timezone) else {}),
        "url": links.programme,
        **_places(programme, links, language),
        "days": _days(programme, links, language, given or numbers(programme.items), dates),
    }
    whole = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR, "version": GENERATOR_VERSION},
        "schedule": {"version": line(programme.version), "base_url": links.site, "conference": conference},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _places(programme: Programme, links: Links, language: str) -> dict[str, Any]:
    """The forums and rooms in use."""
    names, slugs = room_names(programme, language), track_slugs(programme.used_tracks)
    return {
        "tracks": [
            {
                "name": name(track.name, language, track.code),
                "slug": slugs[track.code],
                "color": HUES[(track.hue - 1) % len(HUES)],
            }
            for track in programme.used_tracks
        ],
        "rooms": [
            {
                "guid": str(uuid5(NAMESPACE_URL, f"{links.site}#{programme.fair.code}/{room.code}")),
                "name": names[room.code],
                "capacity": room.capacity,
            }
            for room in programme.used_rooms
        ],
    }


def _days(
    programme: Programme,
    links: Links,
    language: str,
    ids: Mapping[int, int],
    dates: Iterable[date] | None,
) -> list[dict[str, Any]]:
    names = room_names(programme, language)

    def event(item: Item) -> dict[str, Any]:
        facts = event_facts(item, programme, links, language, names[item.room.code])
        people = persons(item, language, programme.fair.code)
        return _event(item, facts, people, ids[item.id])

    return [_day(day, {names[room.code]: [*map(event, items)] for room, items in day.rooms})
            for day in feed_days(programme, dates)]  # fmt: skip


def _day(day: FeedDay, rooms: dict[str, list]) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": rooms,
    }


def _event(item: Item, facts: dict[str, str], people: list[Person], number: int) -> dict[str, Any]:
    return {
        "id": number,
        "guid": str(item.guid),
        "code": item.code,
        **facts,
        "recording_license": line(item.origin.get("license", "")),
        "do_not_record": item.origin.get("optout") is True,
        "persons": [_person(person) for person in people],
        "links": [{"url": url, "title": title} for url, title in references(item, "links")],
        "attachments": [{"url": url, "title": title} for url, title in references(item, "attachments")],
    }


def _person(person: Person) -> dict[str, Any]:
    told: dict[str, Any] = {} if person.id is None else {"id": person.id}
    told |= {"guid": str(person.guid), "name": person.name}
    if person.code:
        told["code"] = person.code
    if person.biography:
        told["biography"] = person.biography
    return told
