"""The waiting list: places that fell free are offered to the next in line, for a while."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import tuple_
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Invitation, Person, Ticket
from expo.registration.services.places import Full, has_room, refusing, rooms, take_queue
from expo.registration.services.settings import settings_of
from expo.words import say

LEAST = timedelta(hours=1)
MOST_AT_ONCE = 200


def offer_places(session: Session, edition: Edition) -> list[Person]:
    """Offer free places to those who wait longest, each until a moment; whom to tell.

    Whoever waits for a sort that is full does not hold up those behind who wait for another one.
    """
    take_queue(session, edition)
    free, until = rooms(session, edition), _until(session, edition)
    told: list[Person] = []
    full: set[int] = set()
    while len(told) < MOST_AT_ONCE:
        able = [one for one in free if one not in full and has_room(free, one)]
        person = _next(session, edition, able)
        if person is None:
            break
        try:
            with refusing(session):
                person.offered_until = until
                session.add(person)
        except Full:
            full.add(person.ticket_id)
            continue
        told.append(person)
        free = rooms(session, edition)
    return told


def _next(session: Session, edition: Edition, tickets: Sequence[int]) -> Person | None:
    return session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, Person.state == "waiting")
        .where(Person.offered_until.is_(None), Person.ticket_id.in_(tickets))
        .order_by(Person.waiting_since, Person.id)
        .limit(1)
    ).first()


def _until(session: Session, edition: Edition) -> datetime:
    """When an offer runs out: after the edition's hours, at the end of its last day at the latest."""
    moment = now()
    after = moment + timedelta(hours=settings_of(session, edition).offer_hours)
    end = datetime.combine(
        edition.ends_on + timedelta(days=1), datetime.min.time(), edition.zone_info
    ).astimezone(UTC)
    return max(min(after, end), moment + LEAST) if end > moment else after


def accept(session: Session, edition: Edition, person: Person) -> None:
    """Take the place that was offered. Refused where no offer stands any more."""
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    if person.state != "waiting" or person.offered_until is None:
        raise Refused(say("No place is offered to you now."))
    if person.offered_until <= now():
        raise Refused(say("This offer has run out; the place went to the next in line."))
    person.state, person.offered_until, person.decided_at = "confirmed", None, now()
    session.add(person)
    session.flush()


def lapse(session: Session, edition: Edition) -> list[Person]:
    """Take back offers that ran out; who had them leaves the list, and is told how to come back."""
    take_queue(session, edition)
    late = session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, Person.state == "waiting", Person.offered_until <= now())
        .order_by(Person.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(key_share=True)
    ).all()
    for person in late:
        person.state, person.offered_until, person.waiting_since = "cancelled", None, None
        session.add(person)
    session.flush()
    return list(late)


def join(session: Session, edition: Edition, person: Person) -> None:
    """Give somebody a place, or else a place on the list. The queue is ours already.

    Refused where the sort keeps no list; those who wait for what is free come first.
    """
    ticket = session.get_one(Ticket, person.ticket_id)
    if _has_kept_place(session, person) or not _somebody_waits(session, edition, ticket):
        try:
            with refusing(session):
                person.state, person.waiting_since, person.decided_at = "confirmed", None, now()
                session.add(person)
            return
        except Full:
            if not ticket.keeps_list:
                raise
    if not ticket.keeps_list:
        raise Full(say("There is no place left of this sort of registration."))
    with refusing(session):
        person.state, person.waiting_since, person.offered_until = "waiting", now(), None
        session.add(person)


def _has_kept_place(session: Session, person: Person) -> bool:
    """Whether a code keeps places aside for those who use it."""
    query = select(Invitation.reserves).where(
        Invitation.id == person.invitation_id, Invitation.closed_at.is_(None)
    )
    return bool(session.exec(query).first())


def _somebody_waits(session: Session, edition: Edition, ticket: Ticket) -> bool:
    """Whether somebody waits to whom the next place of this sort could go."""
    free = rooms(session, edition)
    if not has_room(free, ticket.id):
        return True
    able = [one for one in free if has_room(free, one)]
    return _next(session, edition, able) is not None


def places_on_list(session: Session, person: Person) -> int:
    """Where somebody stands on the list of their sort, from 1; 0 for who does not wait."""
    if person.state != "waiting" or person.waiting_since is None:
        return 0
    ahead = session.exec(
        select(Person.id).where(
            Person.edition_id == person.edition_id,
            Person.ticket_id == person.ticket_id,
            Person.state == "waiting",
            Person.offered_until.is_(None),
            tuple_(Person.waiting_since, Person.id) < tuple_(person.waiting_since, person.id),
        )
    ).all()
    return len(ahead) + 1
