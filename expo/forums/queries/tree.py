"""The programme as a tree: the main event, the supporting ones, their talks; and what is worrying in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Day, Edition
from expo.forums.models import Forum, ForumChair, Room, Slot, Speaker, Talk, TalkSpeaker
from expo.forums.worries import WorriedPerson, WorriedRoom, WorriedTalk, Worry, worries

Texts = dict[str, str]


@dataclass(frozen=True)
class Leaf:
    """A talk; `start` and `end` in the edition's zone, None without a place. People: (name, role)."""

    code: str
    title: Texts
    kind: str
    minutes: int
    language: str
    interpretation: list[str]
    state: str
    room: str
    start: datetime | None
    end: datetime | None
    people: list[tuple[Texts, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Branch:
    """A forum with its letter, its chairs' names and its talks: the placed ones in order of time first."""

    forum: Forum
    letter: str
    chairs: list[Texts]
    talks: list[Leaf]


def tree(session: Session, edition: Edition) -> list[Branch]:
    """The whole programme, the main event first; five queries."""
    forums = session.exec(
        select(Forum)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.position, Forum.id)
    ).all()
    chairs: dict[int, list[Texts]] = defaultdict(list)
    rows = session.exec(
        select(ForumChair.forum_id, Speaker.name)
        .join(Speaker, Speaker.id == ForumChair.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(ForumChair.position)
    )
    for forum_id, name in rows:
        chairs[forum_id].append(name)
    leaves = _leaves(session, edition)
    return [
        Branch(forum, chr(65 + number % 26), chairs[forum.id], leaves[forum.id])
        for number, forum in enumerate(forums)
    ]


def _leaves(session: Session, edition: Edition) -> dict[int, list[Leaf]]:
    people: dict[int, list[tuple[Texts, str]]] = defaultdict(list)
    for talk_id, name, role in session.exec(
        select(TalkSpeaker.talk_id, Speaker.name, TalkSpeaker.role)
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(TalkSpeaker.talk_id, TalkSpeaker.position, TalkSpeaker.id)
    ):
        people[talk_id].append((name, role))
    rows = session.execute(
        select(
            Talk.id, Talk.forum_id, Talk.code, Talk.title, Talk.kind, Talk.minutes, Talk.language,
            Talk.interpretation, Talk.state, Room.code.label("room"), Slot.during,
        )
        .outerjoin(Slot, Slot.talk_id == Talk.id)
        .outerjoin(Room, Room.id == Slot.room_id)
        .where(Talk.edition_id == edition.id)
        .order_by(Slot.during.nulls_last(), Talk.code)
    )  # fmt: skip
    found: dict[int, list[Leaf]] = defaultdict(list)
    for row in rows:
        start, end = _local(row, edition)
        found[row.forum_id].append(
            Leaf(
                row.code, row.title, row.kind, row.minutes, row.language, row.interpretation, row.state,
                row.room or "", start, end, people[row.id],
            )
        )  # fmt: skip
    return found


def _local(row: Any, edition: Edition) -> tuple[datetime | None, datetime | None]:
    if row.during is None:
        return None, None
    zone = edition.zone_info
    return row.during.lower.astimezone(zone), row.during.upper.astimezone(zone)


def worried_of(session: Session, edition: Edition) -> list[Worry]:
    """What is worrying in the programme's content; five queries."""
    parts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for talk_id, code, role in session.exec(
        select(TalkSpeaker.talk_id, Speaker.code, TalkSpeaker.role)
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(TalkSpeaker.talk_id, TalkSpeaker.position)
    ):
        parts[talk_id].append((code, role))
    days = set(
        session.exec(select(Day.date).where(Day.edition_id == edition.id, Day.programme_from.is_not(None)))
    )
    talks = session.exec(select(Talk).where(Talk.edition_id == edition.id).order_by(Talk.code))
    people = session.exec(
        select(Speaker.code, Speaker.email, Speaker.languages)
        .where(Speaker.edition_id == edition.id)
        .order_by(Speaker.code)
    )
    rooms = session.exec(select(Room).where(Room.edition_id == edition.id).order_by(Room.code))
    return worries(
        [
            WorriedTalk(
                talk.code, talk.kind, talk.state, any(talk.title.values()), talk.language,
                tuple(talk.interpretation), frozenset(talk.equipment), talk.layout, talk.seats,
                tuple(parts[talk.id]), talk.on_date is None or talk.on_date in days,
            )
            for talk in talks
        ],
        [WorriedPerson(code, email, frozenset(languages)) for code, email, languages in people],
        [
            WorriedRoom(room.code, room.capacity, room.layouts, frozenset(room.equipment), room.booths)
            for room in rooms
        ],
    )  # fmt: skip
