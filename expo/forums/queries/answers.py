"""The answer of a solve as a programme to be looked at, with today's titles and names."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Forum, Room, Speaker, Talk, TalkSpeaker, TimetableRun
from expo.forums.programme import Item, Part, Place, Track


def answer_rooms(session: Session, edition: Edition) -> dict[str, Place]:
    """Rooms by code, the largest first."""
    rows = session.execute(
        select(Room.code, Room.name, Room.building, Room.capacity)
        .where(Room.edition_id == edition.id)
        .order_by(Room.capacity.desc(), Room.code)
    ).all()
    return {row.code: Place(*row) for row in rows}


def answer_items(
    session: Session, edition: Edition, runs: list[TimetableRun], rooms: Mapping[str, Place]
) -> list[list[Item]]:
    """The talks of each answer where it has them, in order; talks and rooms that are gone are left out.

    Three queries, however many answers.
    """
    talks = _talks(session, edition)
    return [
        sorted(_items(edition, run, talks, rooms), key=lambda item: (item.start, item.room.code, item.code))
        for run in runs
    ]


def _items(
    edition: Edition, run: TimetableRun, talks: Mapping[str, tuple], rooms: Mapping[str, Place]
) -> list[Item]:
    out = []
    for code, (room, minute) in run.places.items():
        if code in talks and room in rooms:
            talk, track, parts = talks[code]
            start = run.origin + timedelta(minutes=minute)
            end = start + timedelta(minutes=talk.minutes)
            zone = edition.zone_info
            out.append(
                Item(
                    talk.id, code, talk.guid, talk.title, {}, talk.kind, talk.language, (), talk.alone, track,
                    rooms[room], start.astimezone(zone), end.astimezone(zone), parts,
                )
            )  # fmt: skip
    return out


def _talks(session: Session, edition: Edition) -> dict[str, tuple[Any, Track, tuple[Part, ...]]]:
    forums = session.execute(
        select(Forum.id, Forum.code, Forum.name, Forum.kind, Forum.is_main, Forum.hue)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.position, Forum.id)
    ).all()
    tracks = {
        row.id: Track(row.code, row.name, {}, row.kind, row.is_main, row.hue, chr(65 + number % 26))
        for number, row in enumerate(forums)
    }
    parts: dict[int, tuple[Part, ...]] = defaultdict(tuple)
    people = session.execute(
        select(TalkSpeaker.talk_id, Speaker.id, Speaker.code, Speaker.name, TalkSpeaker.role)
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(TalkSpeaker.talk_id, TalkSpeaker.position, TalkSpeaker.id)
    ).all()
    for talk_id, number, code, name, role in people:
        parts[talk_id] += (Part(number, code, name, {}, {}, "", "", role),)
    rows = session.execute(
        select(Talk.id, Talk.code, Talk.guid, Talk.title, Talk.kind, Talk.language, Talk.alone, Talk.minutes,
               Talk.forum_id).where(Talk.edition_id == edition.id)
    ).all()  # fmt: skip
    return {row.code: (row, tracks[row.forum_id], parts[row.id]) for row in rows}


def names_of(session: Session, edition: Edition) -> dict[str, dict[str, str]]:
    """Titles of talks, names of rooms and people by "talk CODE", "room CODE", "person CODE"."""
    found: dict[str, dict[str, str]] = {}
    for kind, model, column in (
        ("talk", Talk, Talk.title),
        ("room", Room, Room.name),
        ("person", Speaker, Speaker.name),
    ):
        rows = session.execute(select(model.code, column).where(model.edition_id == edition.id))
        found |= {f"{kind} {code}": texts for code, texts in rows}
    return found
