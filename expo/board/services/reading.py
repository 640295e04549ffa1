"""What the board shows: days, rooms, talks with their places, and what is wrong with them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from expo.board.words import QUIET, Names
from expo.editions.models import Edition
from expo.forums.hours import Hours
from expo.forums.models import HELD, Forum, Room, Slot, Speaker, Talk, TalkSpeaker
from expo.forums.services import places_of
from expo.forums.services.asking import hours_for, read_problem
from expo.forums.timetable.checker import Violation, violations
from expo.forums.timetable.problem import Place, Problem, Timetable


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
    room: str | None
    start: datetime | None
    end: datetime | None
    locked: bool
    people: tuple[tuple[str, dict[str, str]], ...] = ()


@dataclass(frozen=True)
class Board:
    """Everything on the board at one revision."""

    hours: Hours
    rooms: tuple[Any, ...]
    """rows of code, name, capacity, building"""
    forums: tuple[tuple[str, dict[str, str], int, str], ...]
    cards: tuple[Card, ...]


def board(session: Session, edition: Edition) -> Board:
    """The whole board in five queries. Refused where no day has programme hours."""
    hours = hours_for(session, edition)
    rooms = session.execute(
        select(Room.code, Room.name, Room.capacity, Room.building)
        .where(Room.edition_id == edition.id)
        .order_by(Room.capacity.desc(), Room.code)
    ).all()
    rows = session.execute(
        select(Forum.id, Forum.code, Forum.name, Forum.hue)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.id)
    ).all()
    forums = {row[0]: (row[1], row[2], row[3], chr(65 + n % 26)) for n, row in enumerate(rows)}
    return Board(hours, tuple(rooms), tuple(forums.values()), _cards(session, edition, forums))


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
        select(
            Talk.id, Talk.code, Talk.title, Talk.forum_id, Talk.minutes, Talk.kind, Talk.alone,
            Room.code, Slot.during, Slot.locked,
        )
        .outerjoin(Slot, Slot.talk_id == Talk.id)
        .outerjoin(Room, Room.id == Slot.room_id)
        .where(Talk.edition_id == edition.id, Talk.state.in_(HELD))
        .order_by(Talk.code)
    )  # fmt: skip
    return tuple(
        Card(
            code, title, forums[forum][0], forums[forum][2], forums[forum][3], minutes, kind, alone, room,
            during.lower if during else None, during.upper if during else None, bool(locked), people[number],
        )
        for number, code, title, forum, minutes, kind, alone, room, during, locked in rows
    )  # fmt: skip


def rooms_by_id(session: Session, edition: Edition) -> list[tuple[int, str]]:
    """(number, code) of all rooms."""
    rows = session.execute(select(Room.id, Room.code).where(Room.edition_id == edition.id))
    return [(row[0], row[1]) for row in rows]


def names_of(session: Session, edition: Edition) -> Names:
    """The names of all talks, rooms and people by their codes."""
    talks, rooms, people = (
        dict(session.execute(select(kind.code, text).where(kind.edition_id == edition.id)).all())
        for kind, text in ((Talk, Talk.title), (Room, Room.name), (Speaker, Speaker.name))
    )
    return Names(talks, rooms, people)


def wrong(problem: Problem, places: Mapping[str, Place]) -> list[Violation]:
    """Every hard rule that the places break, but for talks without one."""
    table = Timetable(places, (), 0, 0.0, {})
    return [one for one in violations(problem, table) if one.rule not in QUIET]


def problem_and_places(session: Session, edition: Edition) -> tuple[Hours, Problem, dict[str, Place]]:
    """What hard rules are checked with: hours, the problem without its stars, the places as they are."""
    hours = hours_for(session, edition)
    problem = read_problem(session, edition, hours, with_stars=False)
    return hours, problem, places_of(session, edition, hours)
