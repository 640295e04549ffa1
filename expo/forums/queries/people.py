"""People on stage as the console lists them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import any_, func, literal
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import (
    HELD,
    Availability,
    PersonalLink,
    Room,
    Slot,
    Speaker,
    SpeakerAnswer,
    Talk,
    TalkSpeaker,
)
from expo.forums.queries.talks import says
from expo.words import say

PAGE = 50


class PeopleFilter(NamedTuple):
    """What the list is narrowed to; '' asks for all. `role` may be 'none': without a part in any talk.

    `answer` is 'open' for those who have a part they have not said yes to.
    """

    words: str = ""
    role: str = ""
    answer: str = ""


def person_by_code(session: Session, edition: Edition, code: str) -> Speaker | None:
    """Who bears that code."""
    return session.exec(
        select(Speaker).where(Speaker.edition_id == edition.id, Speaker.code == code)
    ).one_or_none()


def _parts(edition: Edition) -> Any:
    return (
        select(
            TalkSpeaker.speaker_id,
            func.count().label("talks"),
            func.count().filter(TalkSpeaker.confirmed_at.is_(None), Talk.state == "accepted").label("open"),
            func.array_agg(TalkSpeaker.role.distinct()).label("roles"),
        )
        .join(Talk, Talk.id == TalkSpeaker.talk_id)
        .where(Talk.edition_id == edition.id, Talk.state.in_(HELD))
        .group_by(TalkSpeaker.speaker_id)
        .subquery()
    )


def _narrowed(query: Any, parts: Any, edition: Edition, wanted: PeopleFilter) -> Any:
    query = query.outerjoin(parts, parts.c.speaker_id == Speaker.id).where(Speaker.edition_id == edition.id)
    if wanted.role == "none":
        query = query.where(parts.c.talks.is_(None))
    elif wanted.role:
        query = query.where(literal(wanted.role) == any_(parts.c.roles))
    if wanted.answer == "open":
        query = query.where(parts.c.open > 0)
    if wanted.words:
        query = query.where(
            says(Speaker.name, wanted.words)
            | Speaker.organisation.icontains(wanted.words, autoescape=True)
            | Speaker.email.icontains(wanted.words, autoescape=True)
            | (Speaker.code == wanted.words.upper())
        )
    return query


def people_count(session: Session, edition: Edition, wanted: PeopleFilter) -> int:
    """How many fit."""
    parts = _parts(edition)
    return session.exec(_narrowed(select(func.count()).select_from(Speaker), parts, edition, wanted)).one()


def people(session: Session, edition: Edition, wanted: PeopleFilter, page: int = 1) -> Sequence[Any]:
    """A page of people with how many talks they are in, as what, and whether answers are open."""
    parts = _parts(edition)
    spans = (
        select(Availability.speaker_id, func.count().label("n")).group_by(Availability.speaker_id).subquery()
    )
    links = (
        select(PersonalLink.speaker_id, func.max(PersonalLink.expires_at).label("until"))
        .where(PersonalLink.expires_at > now())
        .group_by(PersonalLink.speaker_id)
        .subquery()
    )
    query = (
        select(
            Speaker.code, Speaker.name, Speaker.title, Speaker.organisation, Speaker.country, Speaker.email,
            Speaker.languages, parts.c.talks, parts.c.open, parts.c.roles, spans.c.n.label("spans"),
            links.c.until.label("link_until"),
        )
        .select_from(Speaker)
        .outerjoin(spans, spans.c.speaker_id == Speaker.id)
        .outerjoin(links, links.c.speaker_id == Speaker.id)
    )  # fmt: skip
    query = _narrowed(query, parts, edition, wanted).order_by(Speaker.code)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def person_talks(session: Session, person: Speaker) -> Sequence[Any]:
    """Every talk somebody has a part in, placed or not, withdrawn ones too."""
    return session.execute(
        select(
            Talk.code, Talk.title, Talk.state, Talk.minutes, TalkSpeaker.role, TalkSpeaker.confirmed_at,
            Slot.during, Room.code.label("room"),
        )
        .join(TalkSpeaker, TalkSpeaker.talk_id == Talk.id)
        .outerjoin(Slot, Slot.talk_id == Talk.id)
        .outerjoin(Room, Room.id == Slot.room_id)
        .where(TalkSpeaker.speaker_id == person.id)
        .order_by(func.lower(Slot.during).nulls_last(), Talk.code)
    ).all()  # fmt: skip


def answers(session: Session, edition: Edition, limit: int = 20) -> Sequence[Any]:
    """What people answered last about their talks."""
    return session.execute(
        select(
            SpeakerAnswer.answer, SpeakerAnswer.reason, SpeakerAnswer.at, Speaker.name,
            Speaker.code.label("person"), Talk.code.label("talk"), Talk.title,
        )
        .join(Speaker, Speaker.id == SpeakerAnswer.speaker_id)
        .join(Talk, Talk.id == SpeakerAnswer.talk_id)
        .where(Talk.edition_id == edition.id)
        .order_by(SpeakerAnswer.id.desc())
        .limit(limit)
    ).all()  # fmt: skip


def talk_people(session: Session, talk: Talk) -> Sequence[Any]:
    """Who takes part in a talk, in order, with what is needed to judge it."""
    return session.execute(
        select(
            Speaker.code, Speaker.name, Speaker.organisation, Speaker.country, Speaker.email,
            Speaker.languages, TalkSpeaker.role, TalkSpeaker.confirmed_at,
        )
        .join(TalkSpeaker, TalkSpeaker.speaker_id == Speaker.id)
        .where(TalkSpeaker.talk_id == talk.id)
        .order_by(TalkSpeaker.position, TalkSpeaker.id)
    ).all()  # fmt: skip


def people_names(session: Session, edition: Edition) -> Sequence[Any]:
    """(code, name, organisation) of everybody on stage, by code."""
    return session.execute(
        select(Speaker.code, Speaker.name, Speaker.organisation)
        .where(Speaker.edition_id == edition.id)
        .order_by(Speaker.code)
    ).all()


def person_named(session: Session, edition: Edition, typed: str) -> str:
    """The code of whom somebody typed: a code, "SP001 – name" as a list offers it, or a whole name.

    Refused where nobody, or more than one, is called so.
    """
    first = typed.split()[0] if typed.split() else ""
    rows = people_names(session, edition)
    codes = {row.code.upper(): row.code for row in rows}
    for word in (typed.strip().upper(), first.upper()):
        if word in codes:
            return codes[word]
    called = [row.code for row in rows if typed.casefold() in {name.casefold() for name in row.name.values()}]
    if len(called) > 1:
        raise Refused(say("“%(name)s” is the name of several: %(codes)s.", name=typed, codes=called))
    if not called:
        raise Refused(say("Nobody on stage is called “%(name)s”. Put them on the list first.", name=typed))
    return called[0]


def spoken_languages(session: Session, edition: Edition) -> set[str]:
    """The languages that people or talks of the edition speak."""
    found = set(session.exec(select(Talk.language).where(Talk.edition_id == edition.id).distinct()))
    for column, owner in ((Talk.interpretation, Talk), (Speaker.languages, Speaker)):
        word = func.jsonb_array_elements_text(column)
        found |= set(session.exec(select(word).where(owner.edition_id == edition.id).distinct()))
    return found


def unanswered(session: Session, edition: Edition, limit: int) -> list[Speaker]:
    """People with a part in an accepted talk who have not said yes to it, by code."""
    return list(
        session.exec(
            select(Speaker)
            .where(
                Speaker.edition_id == edition.id,
                Speaker.id.in_(
                    select(TalkSpeaker.speaker_id)
                    .join(Talk, Talk.id == TalkSpeaker.talk_id)
                    .where(Talk.state == "accepted", TalkSpeaker.confirmed_at.is_(None))
                ),
            )
            .order_by(Speaker.code)
            .limit(limit)
        )
    )
