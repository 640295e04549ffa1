"""Talks as the console lists them: searched, filtered, sorted, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, func, or_
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Forum, Room, Slot, Speaker, SpeakerAnswer, Talk, TalkSpeaker

PAGE = 50


class TalkFilter(NamedTuple):
    """What the list is narrowed to; '' asks for all. `placed` is 'yes' or 'no'."""

    words: str = ""
    forum: str = ""
    kind: str = ""
    state: str = ""
    placed: str = ""


SORTS = {
    "title": func.lower(Talk.title["en"].astext),
    "code": Talk.code,
    "forum": Forum.position,
    "minutes": Talk.minutes,
    "start": func.lower(Slot.during),
    "state": Talk.state,
}


def talk_by_code(session: Session, edition: Edition, code: str) -> Talk | None:
    """The talk of that code."""
    return session.exec(select(Talk).where(Talk.edition_id == edition.id, Talk.code == code)).one_or_none()


class TalkPlace(NamedTuple):
    """Where and when a talk is held, in the edition's time zone."""

    room: str
    start: datetime
    end: datetime


def place_of(session: Session, edition: Edition, talk: Talk) -> TalkPlace | None:
    """Where the working timetable has a talk; None without a place."""
    row = session.execute(
        select(Room.code, Slot.during).join(Slot, Slot.room_id == Room.id).where(Slot.talk_id == talk.id)
    ).one_or_none()
    if row is None:
        return None
    zone = edition.zone_info
    return TalkPlace(row.code, row.during.lower.astimezone(zone), row.during.upper.astimezone(zone))


def _narrowed(query: Any, edition: Edition, wanted: TalkFilter) -> Any:
    query = query.where(Talk.edition_id == edition.id)
    if wanted.forum:
        query = query.where(Forum.code == wanted.forum)
    if wanted.kind:
        query = query.where(Talk.kind == wanted.kind)
    if wanted.state:
        query = query.where(Talk.state == wanted.state)
    if wanted.placed in ("yes", "no"):
        query = query.where(Slot.id.is_not(None) if wanted.placed == "yes" else Slot.id.is_(None))
    if wanted.words:
        named = (
            select(TalkSpeaker.talk_id)
            .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
            .where(Speaker.edition_id == edition.id)
            .where(
                says(Speaker.name, wanted.words)
                | Speaker.organisation.icontains(wanted.words, autoescape=True)
            )
        )
        query = query.where(
            or_(says(Talk.title, wanted.words), Talk.code == wanted.words.upper(), Talk.id.in_(named))
        )
    return query


def says(texts: Any, words: str) -> Any:
    """Whether a language map holds the words in any language (its own braces and keys do no harm)."""
    values = select(func.string_agg(func.jsonb_each_text(texts).table_valued("key", "value").c.value, " "))
    return values.scalar_subquery().cast(String).icontains(words, autoescape=True)


def talk_count(session: Session, edition: Edition, wanted: TalkFilter) -> int:
    """How many talks fit."""
    query = select(func.count()).select_from(Talk).join(Forum, Forum.id == Talk.forum_id)
    query = query.outerjoin(Slot, Slot.talk_id == Talk.id)
    return session.exec(_narrowed(query, edition, wanted)).one()


def talk_lines(
    session: Session, edition: Edition, wanted: TalkFilter, sort: str = "", page: int = 1
) -> Sequence[Any]:
    """A page of talks with forum, room, time and the names of who speaks; three queries at most."""
    chosen = SORTS.get(sort.removeprefix("-"), Talk.code)
    people = (
        select(
            TalkSpeaker.talk_id,
            func.jsonb_agg(Speaker.name).filter(TalkSpeaker.role != "interpreter").label("names"),
        )
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .group_by(TalkSpeaker.talk_id)
        .subquery()
    )
    query = (
        select(
            Talk.code, Talk.title, Talk.kind, Talk.minutes, Talk.language, Talk.state,
            Forum.code.label("forum"), Forum.name.label("forum_name"), Forum.hue, Forum.id.label("forum_id"),
            Room.code.label("room"), Slot.during, Slot.locked, people.c.names,
        )
        .select_from(Talk)
        .join(Forum, Forum.id == Talk.forum_id)
        .outerjoin(Slot, Slot.talk_id == Talk.id)
        .outerjoin(Room, Room.id == Slot.room_id)
        .outerjoin(people, people.c.talk_id == Talk.id)
    )  # fmt: skip
    down = sort.startswith("-")
    order = chosen.desc().nulls_last() if down else chosen.asc().nulls_last()
    query = _narrowed(query, edition, wanted).order_by(order, Talk.code)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def talk_answers(session: Session, talk: Talk) -> Sequence[Any]:
    """What people answered about a talk, the newest first."""
    return session.execute(
        select(SpeakerAnswer.answer, SpeakerAnswer.reason, SpeakerAnswer.at, Speaker.name, Speaker.code)
        .join(Speaker, Speaker.id == SpeakerAnswer.speaker_id)
        .where(SpeakerAnswer.talk_id == talk.id)
        .order_by(SpeakerAnswer.id.desc())
    ).all()
