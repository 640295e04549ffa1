"""Reading what the board shows: days, rooms, forums, talks, names and places."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, select

from expo.board.words import Names
from expo.editions.models import Edition
from expo.forums.hours import Hours
from expo.forums.models import HELD, Forum, Room, Slot, Speaker, Talk, TalkSpeaker
from expo.forums.services.asking import hours_for


@dataclass(frozen=True)
class Card:
    """A talk as a block of the board."""

    code: str
    title: dict[str, str]
    forum: str
    hue: int
    letter: str
    minutes: int
    kind: str
    alone: bool
    room: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    locked: bool = False
    people: tuple[tuple[str, dict[str, str]], ...] = ()


class Spot(NamedTuple):
    """Where and when a talk is: room code, from and until when, and whether it is pinned there."""

    room: str
    start: datetime
    end: datetime
    locked: bool


@dataclass(frozen=True)
class Board:
    """Everything on the board at one revision."""

    hours: Hours
    rooms: tuple[Any, ...]
    """rows of code, name, capacity, building"""
    forums: tuple[tuple[str, dict[str, str], int, str], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Bare:
    """The board without the places: cards have none, whatever the timetable says."""

    hours: Hours
    rooms: tuple[Any, ...]
    forums: tuple[tuple[str, dict[str, str], int, str], ...]
    cards: tuple[Card, ...]
    names: Names
    room_codes: Mapping[int, str]


def bare_board(session: Session, edition: Edition) -> Bare:
    """All but places. Refused where no day has programme hours."""
    hours = hours_for(session, edition)
    rooms = session.execute(
        select(Room.code, Room.name, Room.capacity, Room.building, Room.id)
        .where(Room.edition_id == edition.id)
        .order_by(Room.capacity.desc(), Room.code)
    ).all()
    rows = session.execute(
        select(Forum.id, Forum.code, Forum.name, Forum.hue)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.id)
    ).all()
    forums = {row[0]: (row[1], row[2], row[3], chr(65 + n % 26)) for n, row in enumerate(rows)}
    cards = _cards(session, edition, forums)
    return Bare(
        hours, tuple(tuple(row[:4]) for row in rooms), tuple(forums.values()), cards,
        _names(session, edition), {row[4]: row[0] for row in rooms},
    )  # fmt: skip


def _cards(session: Session, edition: Edition, forums: Mapping[int, tuple]) -> tuple[Card, ...]:
    people: dict[int, tuple] = defaultdict(tuple)
    for talk, code, name in session.execute(
        select(TalkSpeaker.talk_id, Speaker.code, Speaker.name)
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(TalkSpeaker.talk_id, TalkSpeaker.position, TalkSpeaker.id)
    ):
        people[talk] += ((code, name),)
    rows = session.execute(
        select(Talk.id, Talk.code, Talk.title, Talk.forum_id, Talk.minutes, Talk.kind, Talk.alone)
        .where(Talk.edition_id == edition.id, Talk.state.in_(HELD))
        .order_by(Talk.code)
    )
    return tuple(
        Card(code, title, *(forums[forum][k] for k in (0, 2, 3)), minutes, kind, alone, people=people[number])
        for number, code, title, forum, minutes, kind, alone in rows
    )


def _names(session: Session, edition: Edition) -> Names:
    """The names of all talks, rooms and people by their codes."""
    talks, rooms, people = (
        dict(session.execute(select(kind.code, text).where(kind.edition_id == edition.id)).all())
        for kind, text in ((Talk, Talk.title), (Room, Room.name), (Speaker, Speaker.name))
    )
    return Names(talks, rooms, people)


def spots_of(session: Session, edition: Edition) -> dict[str, Spot]:
    """Talk code → where it is, of the working timetable."""
    rows = session.execute(
        select(Talk.code, Room.code, Slot.during, Slot.locked)
        .join(Slot, Slot.talk_id == Talk.id)
        .join(Room, Room.id == Slot.room_id)
        .where(Slot.edition_id == edition.id)
    )
    return {talk: Spot(room, during.lower, during.upper, locked) for talk, room, during, locked in rows}
