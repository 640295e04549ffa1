"""Personal links of people on stage, and what they answer by them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import HELD, PersonalLink, Speaker, SpeakerAnswer, Talk, TalkSpeaker
from expo.forums.services.placing import hold
from expo.forums.services.talks import give_up_places
from expo.outbox import services as outbox
from expo.words import say

DAYS_VALID = 30
LONGEST_REASON = 1000
Write = Callable[[Speaker, str, datetime], tuple[str, str]]
"""(whom, token, until when it opens) → subject and body, in that person's language."""


class OwnTalk(NamedTuple):
    """A talk in which somebody has a part, with what they answered."""

    talk: Talk
    role: str
    confirmed_at: datetime | None


def fresh_link(session: Session, speaker: Speaker, ends_older: bool = True) -> tuple[str, datetime]:
    """A new token for somebody's own page and when it ends; older ones open nothing more, unless kept."""
    if ends_older:
        session.execute(delete(PersonalLink).where(PersonalLink.speaker_id == speaker.id))
    token, until = fresh_token(), now() + timedelta(days=DAYS_VALID)
    session.add(PersonalLink(speaker_id=speaker.id, digest=digest(token), expires_at=until))
    session.flush()
    return token, until


def owner_of(session: Session, edition: Edition, token: str) -> tuple[Speaker, PersonalLink] | None:
    """Whose page a link of this edition opens; None where it opens nothing, or has run out."""
    found = session.exec(
        select(Speaker, PersonalLink)
        .join(PersonalLink, PersonalLink.speaker_id == Speaker.id)
        .where(PersonalLink.digest == digest(token), Speaker.edition_id == edition.id)
        .where(PersonalLink.expires_at > now())
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def asked_again(session: Session, edition: Edition, token: str) -> Speaker | None:
    """Whose link this was, also where it has run out: a new one may be mailed to them, and to nobody else."""
    return session.exec(
        select(Speaker)
        .join(PersonalLink, PersonalLink.speaker_id == Speaker.id)
        .where(PersonalLink.digest == digest(token), Speaker.edition_id == edition.id)
    ).one_or_none()


def invite(session: Session, edition: Edition, people: Sequence[Speaker], write: Write) -> tuple[int, int]:
    """Mail their own links to people: (written, without an address)."""
    written = 0
    for person in people:
        if not person.email:
            continue
        token, until = fresh_link(session, person)
        subject, body = write(person, token, until)
        outbox.post(
            session, "speaker.link", person.email, person.language, subject, body, edition_id=edition.id
        )
        written += 1
    return written, len(people) - written


def own_talks(session: Session, speaker: Speaker) -> list[OwnTalk]:
    """The talks somebody takes part in, withdrawn ones left out, with what they answered."""
    rows = session.exec(
        select(Talk, TalkSpeaker.role, TalkSpeaker.confirmed_at)
        .join(TalkSpeaker, TalkSpeaker.talk_id == Talk.id)
        .where(TalkSpeaker.speaker_id == speaker.id, Talk.state.in_(HELD))
        .order_by(Talk.code)
    ).all()
    return [OwnTalk(*row) for row in rows]


def confirm(session: Session, speaker: Speaker, code: str) -> Talk:
    """Say yes to a part in a talk. The talk is confirmed once everybody who speaks or chairs has said yes."""
    talk, part = _part(session, speaker, code)
    if part.confirmed_at is None:
        part.confirmed_at = now()
        session.add(part)
        session.add(SpeakerAnswer(talk_id=talk.id, speaker_id=speaker.id, answer="confirmed"))
        session.flush()
    open_answers = session.exec(
        select(func.count()).select_from(TalkSpeaker).where(
            TalkSpeaker.talk_id == talk.id,
            TalkSpeaker.role != "interpreter",
            TalkSpeaker.confirmed_at.is_(None),
        )
    ).one()  # fmt: skip
    if not open_answers and talk.state == "accepted":
        talk.state = "confirmed"
        session.add(talk)
        session.flush()
    return talk


def withdraw(session: Session, edition: Edition, speaker: Speaker, code: str, reason: str = "") -> Talk:
    """Take one's part back. The talk goes on with the others; without anybody who speaks it is withdrawn.

    Whoever withdraws the talk stays named in it, so that the organiser sees whose talk it was.
    """
    hold(session, edition)
    talk, part = _part(session, speaker, code)
    others = session.exec(
        select(func.count()).select_from(TalkSpeaker).where(
            TalkSpeaker.talk_id == talk.id,
            TalkSpeaker.speaker_id != speaker.id,
            TalkSpeaker.role == "speaker",
        )
    ).one()  # fmt: skip
    session.add(
        SpeakerAnswer(
            talk_id=talk.id, speaker_id=speaker.id, answer="withdrawn", reason=reason.strip()[:LONGEST_REASON]
        )
    )
    if part.role == "speaker" and not others:
        give_up_places(session, edition, [talk.code])
        talk.state, part.confirmed_at = "withdrawn", None
        session.add_all([talk, part])
    else:
        session.delete(part)
    session.flush()
    return talk


def tell_organisers(session: Session, edition: Edition, write: Callable[[str], tuple[str, str]]) -> None:
    """Mail the edition's organisers; `write` gives subject and body in a language."""
    found = session.exec(
        select(User)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.role == Role.ORGANISER.value, User.disabled_at.is_(None), User.confirmed_at.is_not(None))
        .where((Grant.edition_id == edition.id) | Grant.edition_id.is_(None))
        .distinct()
        .order_by(User.id)
    ).all()
    for user in found:
        subject, body = write(user.language)
        outbox.post(
            session, "speaker.withdrew", user.email, user.language, subject, body, edition_id=edition.id
        )


def _part(session: Session, speaker: Speaker, code: str) -> tuple[Talk, TalkSpeaker]:
    """Locks the talk: two people who answer at once answer one after the other."""
    found = session.exec(
        select(Talk)
        .join(TalkSpeaker, TalkSpeaker.talk_id == Talk.id)
        .where(TalkSpeaker.speaker_id == speaker.id, Talk.code == code)
        .with_for_update(of=Talk)
    ).one_or_none()
    if found is None or found.state not in HELD:
        raise Refused(say("You have no part in this talk any more."))
    part = session.exec(
        select(TalkSpeaker).where(TalkSpeaker.talk_id == found.id, TalkSpeaker.speaker_id == speaker.id)
    ).one()
    return found, part
