"""What a programme says at one moment, as one JSON value: kept with each release, read back as it was.

{"name", "starts_on", "ends_on", "timezone": of the edition, "hours": [[date, from, until], …],
"tracks": [{id, code, name, description, kind,
is_main, hue}], "rooms": [{code, name, building, capacity}], "people": {id: {code, name, title, biography,
organisation, country, address}}, "talks": [{id, code, guid, title, abstract, kind, language,
interpretation, alone, origin, forum (id), room (code), start and end (seconds since 1970),
parts: [[person, role], …]}]}
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from expo.forums.hours import day_hours
from expo.forums.programme import DayHours, Fair, Item, Part, Place, Programme, Track, is_night

Content = Mapping[str, Any]


def digest(content: Content) -> str:
    """SHA-256 of the content: two versions with the same one say the same."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def programme_of(
    content: Content,
    code: str,
    version: str = "",
    note: Mapping[str, str] | None = None,
    released_at: datetime | None = None,
) -> Programme:
    """The programme that a snapshot holds, in the time zone the edition had then; `code` is the edition's."""
    zone = ZoneInfo(content["timezone"])
    tracks = {row["id"]: _track(row, number) for number, row in enumerate(content["tracks"])}
    rooms = {
        row["code"]: Place(row["code"], row["name"], row["building"], row["capacity"])
        for row in content["rooms"]
    }
    people = content["people"]
    hours = day_hours(zone, map(_day, content.get("hours", ())))  # versions of long ago have none
    items = [_item(row, tracks, rooms, people, zone, hours) for row in content["talks"]]
    fair = Fair(
        code,
        content["name"],
        date.fromisoformat(content["starts_on"]),
        date.fromisoformat(content["ends_on"]),
        content["timezone"],
        hours,
    )
    return Programme(
        fair, version, dict(note or {}), released_at, tuple(tracks.values()), tuple(rooms.values()),
        tuple(sorted(items, key=lambda item: (item.start.timestamp(), item.room.code, item.code))),
    )  # fmt: skip


def _day(row: Sequence[str]) -> tuple[date, time, time]:
    return date.fromisoformat(row[0]), time.fromisoformat(row[1]), time.fromisoformat(row[2])


def _track(row: Mapping[str, Any], number: int) -> Track:
    """Letters A, B, … go by the order, the main event first."""
    return Track(
        row["code"], row["name"], row["description"], row["kind"], row["is_main"], row["hue"],
        chr(65 + number % 26),
    )  # fmt: skip


def _item(
    row: Mapping[str, Any],
    tracks: Mapping[int, Track],
    rooms: Mapping[str, Place],
    people: Mapping[str, Mapping[str, Any]],
    zone: ZoneInfo,
    hours: Sequence[DayHours],
) -> Item:
    start = datetime.fromtimestamp(row["start"], zone)
    return Item(
        row["id"], row["code"], UUID(row["guid"]), row["title"], row["abstract"], row["kind"],
        row["language"], tuple(row["interpretation"]), row["alone"], tracks[row["forum"]],
        rooms[row["room"]], start, datetime.fromtimestamp(row["end"], zone),
        tuple(_part(number, role, people[str(number)]) for number, role in row["parts"]),
        is_night(start, hours), row.get("origin", {}),
    )  # fmt: skip


def _part(number: int, role: str, person: Mapping[str, Any]) -> Part:
    return Part(
        number, person["code"], person["name"], person["title"], person["biography"],
        person["organisation"], person["country"], role, person["address"],
    )  # fmt: skip
