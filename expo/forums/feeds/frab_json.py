"""schedule.json, the same programme for readers of JSON."""

import json
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from expo.forums.feeds.parts import (
    GENERATOR,
    FeedDay,
    Links,
    acronym,
    day_count,
    event_facts,
    feed_days,
    room_names,
    text,
    timeslot,
)
from expo.forums.programme import Item, Part, Programme

SCHEMA = "https://c3voc.de/schedule/schema.json"


def schedule_json(programme: Programme, links: Links, language: str = "en") -> bytes:
    """The programme as UTF-8 JSON."""
    names = room_names(programme, language)
    fair = programme.fair
    conference = {
        "acronym": acronym(fair.code, fair.starts_on.year),
        "title": text(fair.name, language) or fair.code,
        "start": fair.starts_on.isoformat(),
        "end": fair.ends_on.isoformat(),
        "daysCount": day_count(programme),
        "timeslot_duration": timeslot(programme),
        "time_zone_name": fair.timezone,
        "url": links.programme,
        "tracks": [{"name": text(track.name, language) or track.code} for track in programme.used_tracks],
        "rooms": [
            {
                "guid": str(uuid5(NAMESPACE_URL, f"{links.site}#{fair.code}/{room.code}")),
                "name": names[room.code],
                "capacity": room.capacity,
            }
            for room in programme.used_rooms
        ],
        "days": [_day(day, programme, links, language, names) for day in feed_days(programme)],
    }
    whole = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {"version": programme.version, "base_url": links.site, "conference": conference},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _day(
    day: FeedDay, programme: Programme, links: Links, language: str, names: dict[str, str]
) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {
            names[room.code]: [_event(item, programme, links, language, names[room.code]) for item in items]
            for room, items in day.rooms
        },
    }


def _event(item: Item, programme: Programme, links: Links, language: str, room: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "guid": str(item.guid),
        **event_facts(item, programme, links, language, room),
        "persons": [_person(part, language) for part in item.speakers],
        "links": [],
    }


def _person(part: Part, language: str) -> dict[str, Any]:
    person: dict[str, Any] = {"id": part.id, "name": text(part.name, language) or part.code}
    if re.fullmatch("[A-Z0-9]+", part.code):
        person["code"] = part.code
    if biography := text(part.biography, language):
        person["biography"] = biography
    return person
