"""Proposals accepted, rejected or kept waiting, and the letters that say so."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from expo.call.models import Proposal, ProposalSpeaker
from expo.call.services.proposing import fresh_link, speakers_of
from expo.call.states import DECISIONS, NAMES, may_become
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import next_code
from expo.forums.models import Forum, Speaker, Talk, TalkSpeaker
from expo.forums.services.answering import fresh_link as personal_link
from expo.forums.services.talks import fresh_code
from expo.outbox import services as outbox
from expo.words import say

MOST_AT_ONCE = 500


class Reader(NamedTuple):
    """Whom a letter of decision goes to; `token` opens the own page ("personal") or the proposal."""

    proposal: Proposal
    name: str
    email: str
    language: str
    opens: str
    token: str


Write = Callable[[Reader], tuple[str, str]]
"""Whom it goes to → subject and body."""


def decide(session: Session, edition: Edition, codes: Sequence[str], decision: str) -> int:
    """Accept, reject or keep proposals waiting, all of them or none; how many changed.

    An accepted one becomes a talk with its people in the same transaction. Refused for one that may not
    become so (an accepted one is a talk already), and for accepting one without a forum.
    """
    if decision not in DECISIONS:
        raise Refused(say("There is no such decision."))
    if len(codes) > MOST_AT_ONCE:
        raise Refused(say("No more than %(count)s proposals are decided at once.", count=MOST_AT_ONCE))
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    found = session.exec(
        select(Proposal)
        .where(Proposal.edition_id == edition.id, Proposal.code.in_(list(codes)))
        .order_by(Proposal.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    changed = 0
    for proposal in found:
        if proposal.state == decision:
            continue
        if not may_become(proposal.state, decision):
            raise Refused(
                say("“%(title)s” stands at: %(state)s. Nothing was decided.",
                    title=proposal.title, state=NAMES[proposal.state])
            )  # fmt: skip
        talk = _make_talk(session, edition, proposal) if decision == "accepted" else None
        proposal.state, proposal.decided_at = decision, now()
        proposal.talk_id = talk.id if talk else None
        session.add(proposal)
        session.flush()
        changed += 1
    return changed


def _make_talk(session: Session, edition: Edition, proposal: Proposal) -> Talk:
    if proposal.forum_id is None:
        raise Refused(say("“%(title)s” belongs to no forum yet. Give it one first.", title=proposal.title))
    taken = session.exec(
        select(Talk.id).where(Talk.edition_id == edition.id, Talk.code == proposal.code)
    ).first()
    notes = [text for text in (proposal.notes.strip(), proposal.availability.strip()) if text]
    talk = Talk(
        edition_id=edition.id,
        forum_id=proposal.forum_id,
        code=fresh_code(session, edition) if taken else proposal.code,
        title={proposal.written_in: proposal.title},
        abstract={proposal.written_in: proposal.abstract} if proposal.abstract else {},
        kind=proposal.kind,
        minutes=proposal.minutes,
        language=proposal.language,
        notes="\n\n".join(notes),
        state="accepted",
    )
    session.add(talk)
    session.flush()
    known: set[int | None] = set()
    for one in speakers_of(session, proposal):
        person = _on_stage(session, edition, proposal, one)
        if person.id not in known:
            session.add(TalkSpeaker(talk_id=talk.id, speaker_id=person.id, position=one.position))
        known.add(person.id)
        one.speaker_id = person.id
        session.add(one)
    session.flush()
    return talk


def _on_stage(session: Session, edition: Edition, proposal: Proposal, one: ProposalSpeaker) -> Speaker:
    """Whoever bears the address already, or somebody new."""
    if one.email:
        found = session.exec(
            select(Speaker)
            .where(Speaker.edition_id == edition.id, func.lower(Speaker.email) == one.email)
            .order_by(Speaker.id)
            .limit(1)
        ).first()
        if found is not None:
            return found
    person = Speaker(
        edition_id=edition.id,
        code=next_code(session, Speaker, edition.id, "SP", 3),
        name={proposal.written_in: one.name},
        biography={proposal.written_in: one.biography} if one.biography else {},
        organisation=one.organisation,
        country=one.country,
        email=one.email,
        languages=list(one.languages),
        language=proposal.written_in,
    )
    session.add(person)
    session.flush()
    return person


def give_forum(session: Session, edition: Edition, proposal: Proposal, code: str) -> None:
    """Put a proposal into a forum. Refused once it is a talk, and for a forum there is not."""
    session.refresh(proposal, with_for_update=True)
    if proposal.talk_id is not None:
        raise Refused(say("It is a talk already. Change the talk's forum instead."))
    found = session.exec(select(Forum.id).where(Forum.edition_id == edition.id, Forum.code == code)).first()
    if found is None:
        raise Refused(say("There is no forum of the code %(code)s.", code=code))
    proposal.forum_id = found
    session.add(proposal)
    session.flush()


def untold(session: Session, edition: Edition) -> Sequence[Proposal]:
    """Decided proposals whose people have not been written that yet, by code."""
    return session.exec(
        select(Proposal)
        .where(Proposal.edition_id == edition.id, Proposal.state.in_(DECISIONS))
        .where(Proposal.told != Proposal.state)
        .order_by(Proposal.code)
    ).all()


def tell(session: Session, edition: Edition, kinds: Sequence[str], write: Write) -> int:
    """Put the letters of these decisions into the outbox, of each proposal and decision once; how many.

    All speakers of an accepted talk get their own page's link; otherwise who proposed it is written to.
    """
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    letters = 0
    for proposal in untold(session, edition):
        if proposal.state not in kinds:
            continue
        for reader in _readers(session, proposal):
            subject, body = write(reader)
            outbox.post(
                session, "call.decision", reader.email, reader.language, subject, body, edition_id=edition.id
            )
            letters += 1
        proposal.told = proposal.state
        session.add(proposal)
    session.flush()
    return letters


def _readers(session: Session, proposal: Proposal) -> list[Reader]:
    people = [one for one in speakers_of(session, proposal) if one.email]
    spoken = proposal.written_in
    if proposal.state != "accepted":
        first = people[:1]
        token = fresh_link(session, proposal, is_mailed=True)[0] if first else ""
        return [Reader(proposal, one.name, one.email, spoken, "proposal", token) for one in first]
    found = []
    for one in people:
        person = session.get(Speaker, one.speaker_id) if one.speaker_id else None
        if person is not None:
            token = personal_link(session, person, ends_older=False)[0]
            found.append(Reader(proposal, one.name, one.email, person.language, "personal", token))
    return found
