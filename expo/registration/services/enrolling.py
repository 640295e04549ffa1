"""Registering oneself for a sort of registration: a place, the waiting list, or a decision to come."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session, select

from expo.accounts.addresses import tidy_email
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Invitation, Person, Ticket
from expo.registration.services import inviting
from expo.registration.services.asked import keep_answers
from expo.registration.services.erasing import open_erasure
from expo.registration.services.places import Full, refusing, take_queue
from expo.registration.services.registering import Particulars, change, checked, fresh_code
from expo.registration.services.settings import settings_of, stage_of
from expo.registration.services.visas import end_with
from expo.registration.services.waiting import join
from expo.words import say

A_LINK = re.compile(r"://|www\.|\bhttps?\b", re.IGNORECASE)
LIVE = ("pending", "waiting", "confirmed")


@dataclass(frozen=True)
class Application:
    """What somebody sends: who they are, judged answers by code of the question, a code that invites.

    `once` marks the form that was sent: the same form sent twice registers once.
    """

    known: Particulars
    answers: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    once: str | None = None


def tickets(session: Session, edition: Edition) -> list[Ticket]:
    """The sorts of an edition in their order."""
    query = select(Ticket).where(Ticket.edition_id == edition.id)
    return list(session.exec(query.order_by(Ticket.position, Ticket.id)).all())


def ticket_by_code(session: Session, edition: Edition, code: str) -> Ticket | None:
    """The edition's sort of that code."""
    query = select(Ticket).where(Ticket.edition_id == edition.id, Ticket.code == code)
    return session.exec(query).one_or_none()


def enrol(session: Session, edition: Edition, ticket: Ticket, wanted: Application) -> tuple[Person, bool]:
    """Register somebody who asks for it; the person, and whether they are new (not: sent twice).

    They are confirmed while there are places and nobody waits for one, wait otherwise, or await a decision.
    Refused where the sort is not open, invites and no code fits, or takes an address only once.
    """
    known = checked_typed(replace(wanted.known, kind=ticket.kind))
    checked(known)
    take_queue(session, edition)
    if wanted.once and (there := _sent_before(session, edition, wanted.once)):
        return there, False
    session.refresh(ticket)
    invitation = inviting.fitting(session, edition, ticket, wanted.code) if wanted.code else None
    _check_open(session, edition, ticket, invitation)
    person = _row(session, edition, ticket, known, invitation, wanted.once)
    awaits = ticket.needs_approval and not (invitation and invitation.skips_approval)
    person.state = "pending" if awaits else "cancelled"  # until there is a place
    with refusing(session):
        session.add(person)
    if not awaits:
        join(session, edition, person)
    keep_answers(session, edition, person, wanted.answers)
    return person, True


def enrol_for(
    session: Session, edition: Edition, ticket: Ticket, wanted: Application, *, may_wait: bool = False
) -> tuple[Person, bool]:
    """Register somebody on the organiser's word: also where the sort is shut, invites or approves. The
    person, and whether they are new (not: sent twice).

    They get a place out of turn. Without one left they are put on the waiting list where that is allowed,
    else it is refused. An address may be missing.
    """
    known = replace(wanted.known, kind=ticket.kind)
    take_queue(session, edition)
    if wanted.once and (there := _sent_before(session, edition, wanted.once)):
        return there, False
    session.refresh(ticket)
    person = _row(session, edition, ticket, known, None, wanted.once)
    person.state = "cancelled"  # until there is a place
    with refusing(session):
        session.add(person)
    try:
        with refusing(session):
            person.state, person.decided_at = "confirmed", now()
            session.add(person)
    except Full:
        if not may_wait or not ticket.keeps_list:
            raise
        with refusing(session):
            person.state, person.waiting_since, person.decided_at = "waiting", now(), None
            session.add(person)
    keep_answers(session, edition, person, wanted.answers)
    return person, True


def move_to(session: Session, edition: Edition, person: Person, ticket: Ticket) -> None:
    """Let a registration be of another sort, whose kind it gets; its place is one of that sort now.

    Refused where that sort is full, or the person came by a code that opens another one.
    """
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    if person.state not in LIVE:
        raise Refused(say("This registration was cancelled; it can no longer be changed."))
    with refusing(session):
        person.ticket_id, person.kind = ticket.id, ticket.kind
        session.add(person)


def checked_typed(known: Particulars) -> Particulars:
    """The particulars with a tidy address. Refused for none, and for links in names: mail carries those."""
    if any(A_LINK.search(text) for text in (*known.name.values(), known.organisation, known.position)):
        raise Refused(say("Names and organisations hold no links."))
    try:
        return replace(known, email=tidy_email(known.email))
    except ValueError:
        raise Refused(say("Type your e-mail address: the confirmation goes there.")) from None


def _sent_before(session: Session, edition: Edition, once: str) -> Person | None:
    query = select(Person).where(Person.edition_id == edition.id, Person.once == once)
    return session.exec(query).one_or_none()


def _check_open(session: Session, edition: Edition, ticket: Ticket, invitation: Invitation | None) -> None:
    if not settings_of(session, edition).is_open or stage_of(ticket) != "open":
        raise Refused(say("This sort of registration is not open now."))
    if ticket.invitation_only and invitation is None:
        raise Refused(say("This sort of registration needs the code of an invitation."))


def _row(
    session: Session,
    edition: Edition,
    ticket: Ticket,
    known: Particulars,
    invitation: Invitation | None,
    once: str | None,
) -> Person:
    return Person(
        edition_id=edition.id,
        code=fresh_code(session, edition),
        ticket_id=ticket.id,
        invitation_id=invitation.id if invitation else None,
        once=once,
        **checked(known),
    )


def alter(
    session: Session, edition: Edition, person: Person, known: Particulars, answers: Mapping[str, Any]
) -> None:
    """Take over what somebody changes of their own registration; its sort and kind stay."""
    if person.state not in LIVE:
        raise Refused(say("This registration was cancelled; it can no longer be changed."))
    known = checked_typed(replace(known, kind=person.kind))
    if known.email.lower() != person.email.lower() and open_erasure(session, person):
        raise Refused(say("Your data are to be erased. Take that back before you change the address."))
    with refusing(session):
        change(session, person, known)
    keep_answers(session, edition, person, answers)


def come_back(session: Session, edition: Edition, person: Person) -> None:
    """Take a cancelled registration up again oneself, on the terms of those who register now."""
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    ticket = session.get(Ticket, person.ticket_id) if person.ticket_id else None
    if person.state != "cancelled" or ticket is None:
        raise Refused(say("This registration was not cancelled."))
    if not settings_of(session, edition).is_open or stage_of(ticket) != "open":
        raise Refused(say("This sort of registration is not open now."))
    invitation = session.get(Invitation, person.invitation_id) if person.invitation_id else None
    if ticket.needs_approval and not (invitation and invitation.skips_approval):
        person.state, person.decided_at = "pending", None
        with refusing(session):
            session.add(person)
        return
    join(session, edition, person)


def cancel(session: Session, edition: Edition, person: Person, reason: str = "") -> bool:
    """Give a registration up: the place is free for the next in line, letters for a visa end. Whether it was
    one to give up: cancelling twice is no harm, and there is nothing to tell."""
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    if person.state not in LIVE:
        return False
    person.state, person.offered_until, person.waiting_since = "cancelled", None, None
    person.decided_at, person.reason = now(), reason
    session.add(person)
    session.flush()
    end_with(session, person)
    return True
