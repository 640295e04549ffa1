"""Registrations that await a decision: approved or declined, one by one or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Person, PersonMerge
from expo.registration.services.erasing import is_erased
from expo.registration.services.places import Full, refusing, take_queue
from expo.registration.services.waiting import join
from expo.words import say

MOST_AT_ONCE = 500


@dataclass
class Decided:
    """Who was decided about and is to be told; codes of those who found no place and stay as they were."""

    people: list[Person] = field(default_factory=list)
    full: list[str] = field(default_factory=list)


def decide(
    session: Session, edition: Edition, codes: Iterable[str], verdict: str, reason: str = ""
) -> Decided:
    """Approve or decline those of these codes who await a decision, in the order they registered.

    Approved people get a place, or stand on the waiting list of their sort where it keeps one. Who is no
    longer pending (a colleague was faster) is left out.
    """
    if verdict not in ("approve", "decline"):
        raise Refused(say("Choose whether to approve or to decline."))
    wanted = list(dict.fromkeys(codes))[:MOST_AT_ONCE]
    take_queue(session, edition)
    decided = Decided()
    for person in _pending(session, edition, wanted):
        try:
            _decide(session, edition, person, verdict, reason)
            decided.people.append(person)
        except Full:
            decided.full.append(person.code)
    return decided


def _pending(session: Session, edition: Edition, codes: Sequence[str]) -> Sequence[Person]:
    return session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, Person.code.in_(codes), Person.state == "pending")
        .order_by(Person.registered_at, Person.id)
        .with_for_update(key_share=True)
    ).all()


def _decide(session: Session, edition: Edition, person: Person, verdict: str, reason: str) -> None:
    if verdict == "approve":
        join(session, edition, person)
        person.reason = reason
    else:
        person.state, person.reason = "declined", reason
    person.decided_at = now()
    session.add(person)
    session.flush()


def restore(session: Session, edition: Edition, person: Person) -> None:
    """Take a declined or cancelled registration up again: a place, or the list."""
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    if person.state not in ("declined", "cancelled"):
        raise Refused(say("This registration was neither declined nor cancelled."))
    _check_whole(session, person)
    if person.ticket_id is None:
        with refusing(session):
            person.state = "confirmed"
            session.add(person)
        return
    join(session, edition, person)


def _check_whole(session: Session, person: Person) -> None:
    """Refused for somebody erased, and for a registration that is part of another one now."""
    if is_erased(session, person):
        raise Refused(say("The data of this registration were erased: let them register anew."))
    kept = session.exec(
        select(Person.code)
        .join(PersonMerge, PersonMerge.kept_id == Person.id)
        .where(PersonMerge.gone_id == person.id, PersonMerge.undone_at.is_(None))
    ).first()
    if kept:
        raise Refused(
            say("It was made part of %(code)s. Take the two apart on the page of doubles.", code=kept)
        )


def confirm_now(session: Session, edition: Edition, person: Person) -> None:
    """Give somebody who waits a place out of turn. Refused where there is none."""
    take_queue(session, edition)
    session.refresh(person, with_for_update=True)
    if person.state not in ("waiting", "pending"):
        raise Refused(say("Only who waits or awaits a decision can be confirmed."))
    with refusing(session):
        person.state, person.offered_until, person.waiting_since = "confirmed", None, None
        person.decided_at = now()
        session.add(person)
