"""Erasure: asked for, done, and what is left as its trace."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.personal import holdings
from expo.registration.models import ErasedEntry, Erasure, Person, PersonMerge
from expo.registration.services.places import take_queue
from expo.registration.services.purposes import settings_of
from expo.words import say

BLANK = text(
    """UPDATE audit_entry SET changes = blanked(changes::jsonb) WHERE (subject, subject_id) IN
           (SELECT subject, subject_id FROM erased_entry WHERE erasure_id = :erasure)"""
)
PAGE = 50


def open_erasure(session: Session, person: Person) -> Erasure | None:
    """The erasure of somebody that was asked for or done; None where it was taken back, or nobody asked."""
    return session.exec(
        select(Erasure).where(Erasure.person_id == person.id, Erasure.taken_back_at.is_(None))
    ).one_or_none()


def ask(session: Session, edition: Edition, person: Person, by: str) -> Erasure:
    """Note that somebody's data shall be erased; asked twice it is one. It is done when it falls due."""
    days = settings_of(session, edition).erase_after_days
    values = {
        "edition_id": edition.id, "person_id": person.id, "asked_by": by, "asked_at": now(),
        "due_at": now() + timedelta(days=days), "done_by": "", "counts": {},
    }  # fmt: skip
    session.execute(insert(Erasure).values(values).on_conflict_do_nothing())
    found = open_erasure(session, person)
    if found is None:
        raise Refused(say("The erasure was taken back at this moment. Ask again."))
    return found


def take_back(session: Session, person: Person) -> None:
    """The person wants to stay. Refused once it is done."""
    found = open_erasure(session, person)
    if found is None or found.done_at is not None:
        raise Refused(say("There is no erasure to take back."))
    session.refresh(found, with_for_update=True)
    if found.done_at is not None:
        raise Refused(say("The data are erased already."))
    found.taken_back_at = now()
    session.add(found)
    session.flush()


def erase(session: Session, edition: Edition, person: Person, by: str, done_by: str) -> Erasure:
    """Take everything personal of somebody away, in all rooms; erasing twice changes nothing.

    Badges are revoked, mail is emptied, the audit trail keeps who and when but no values. Those who were
    merged into this person go with it. What stays is for statistics and says nothing of anybody.
    """
    take_queue(session, edition)
    found = ask(session, edition, person, by)
    session.refresh(found, with_for_update=True)
    if found.done_at is not None:
        return found
    for other in _merged_into(session, person):
        erase(session, edition, other, by, done_by)
    session.refresh(person, with_for_update=True)
    values = _values(edition, person)
    found.counts = {}
    counts: dict[str, Any] = {}
    _note_trail(session, found, values)
    for holding in reversed(holdings()):  # the person comes last: the others look for its address
        done = sum(session.execute(text(one), _needed(one, values)).rowcount for one in holding.erase)
        if done:
            counts[holding.key] = done
    session.execute(BLANK, {"erasure": found.id})
    found.counts, found.done_at, found.done_by = counts, now(), done_by
    session.add(found)
    session.flush()
    session.expire(person)
    note(session, "deleted", "person", person.id, {"erased": sum(counts.values())}, edition.id)
    return found


def _values(edition: Edition, person: Person) -> dict[str, Any]:
    return {"person": person.id, "edition": edition.id, "code": person.code, "email": person.email}


def _needed(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if f":{key}" in statement}


def _note_trail(session: Session, found: Erasure, values: dict[str, Any]) -> None:
    rows = [
        {"erasure_id": found.id, "subject": row[0], "subject_id": row[1]}
        for holding in holdings()
        if holding.trail
        for row in session.execute(text(holding.trail), _needed(holding.trail, values))
    ]
    if rows:
        session.execute(insert(ErasedEntry).values(rows).on_conflict_do_nothing())


def _merged_into(session: Session, person: Person) -> Sequence[Person]:
    return session.exec(
        select(Person)
        .join(PersonMerge, PersonMerge.gone_id == Person.id)
        .where(PersonMerge.kept_id == person.id, PersonMerge.undone_at.is_(None))
    ).all()


def is_erased(session: Session, person: Person) -> bool:
    """Whether somebody's data were erased."""
    found = open_erasure(session, person)
    return found is not None and found.done_at is not None


def due(session: Session, most: int = 200) -> Sequence[Erasure]:
    """Erasures whose time has come."""
    return session.exec(
        select(Erasure)
        .where(Erasure.done_at.is_(None), Erasure.taken_back_at.is_(None), Erasure.due_at <= now())
        .order_by(Erasure.id)
        .limit(most)
    ).all()


def erasures(session: Session, edition: Edition, page: int = 1) -> list:
    """One page of an edition's erasures, the open ones first: (erasure, code of the person)."""
    return list(
        session.execute(
            select(Erasure, Person.code)
            .join(Person, Person.id == Erasure.person_id)
            .where(Erasure.edition_id == edition.id)
            .order_by((Erasure.done_at.is_(None) & Erasure.taken_back_at.is_(None)).desc(), Erasure.id.desc())
            .limit(PAGE)
            .offset((page - 1) * PAGE)
        )
    )
