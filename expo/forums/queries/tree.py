"""The programme as a tree: the main event, the supporting ones, their talks; and what is worrying in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_
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


def worried_of(session: Session, edition: Edition, only: Talk | None = None) -> list[Worry]:
    """What is worrying in the programme's content, or about one talk only; four queries."""
    talk = only.id if only else None
    parts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    people: dict[str, WorriedPerson] = {}
    for talk_id, code, role, email, languages in session.execute(
        select(TalkSpeaker.talk_id, Speaker.code, TalkSpeaker.role, Speaker.email, Speaker.languages)
        .select_from(Speaker)
        .outerjoin(TalkSpeaker, TalkSpeaker.speaker_id == Speaker.id)
        .where(Speaker.edition_id == edition.id, or_(talk is None, TalkSpeaker.talk_id == talk))
        .order_by(Speaker.code, TalkSpeaker.talk_id)
    ):
        people[code] = WorriedPerson(code, email, frozenset(languages))
        parts[talk_id].append((code, role))
    found = worries(
        _worried_talks(session, edition, talk, parts), people.values(), _worried_rooms(session, edition)
    )
    return found if only is None else [one for one in found if one.about == "talk"]


def _worried_talks(
    session: Session, edition: Edition, only: int | None, parts: Mapping[int, Sequence[tuple[str, str]]]
) -> list[WorriedTalk]:
    days = set(
        session.exec(select(Day.date).where(Day.edition_id == edition.id, Day.programme_from.is_not(None)))
    )
    rows = session.execute(
        select(
            Talk.id, Talk.code, Talk.kind, Talk.state, Talk.title, Talk.language, Talk.interpretation,
            Talk.equipment, Talk.layout, Talk.seats, Talk.on_date,
        )
        .where(Talk.edition_id == edition.id, or_(only is None, Talk.id == only))
        .order_by(Talk.code)
    )  # fmt: skip
    return [
        WorriedTalk(
            row.code, row.kind, row.state, any(row.title.values()), row.language, tuple(row.interpretation),
            frozenset(row.equipment), row.layout, row.seats, tuple(parts.get(row.id, ())),
            row.on_date is None or row.on_date in days,
        )
        for row in rows
    ]  # fmt: skip


def _worried_rooms(session: Session, edition: Edition) -> list[WorriedRoom]:
    rows = session.execute(
        select(Room.code, Room.capacity, Room.layouts, Room.equipment, Room.booths)
        .where(Room.edition_id == edition.id)
        .order_by(Room.code)
    )
    return [
        WorriedRoom(code, capacity, layouts, frozenset(equipment), booths)
        for code, capacity, layouts, equipment, booths in rows
    ]
