"""Whose badges are issued and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.badges.models import Badge
from expo.editions.models import Edition
from expo.registration.models import Person
from expo.registration.queries import EVERYBODY, PeopleFilter, conditions


@dataclass(frozen=True)
class Tally:
    """Of the people a filter finds: how many there are, hold a valid badge, and had it printed before."""

    people: int
    valid: int
    printed: int
    last_printed: datetime | None


def tally(session: Session, edition: Edition, wanted: PeopleFilter = EVERYBODY) -> Tally:
    """What printing these people's badges means."""
    row = session.execute(
        select(func.count(), func.count(Badge.id), func.count(Badge.printed_at), func.max(Badge.printed_at))
        .select_from(Person)
        .outerjoin(Badge, (Badge.person_id == Person.id) & Badge.revoked_at.is_(None))
        .where(*conditions(edition, wanted))
    ).one()
    return Tally(*row)


def to_print(
    session: Session, edition: Edition, wanted: PeopleFilter = EVERYBODY, only_new: bool = False
) -> Sequence[Any]:
    """Valid badges with their bearers, by kind and code; `only_new` leaves out what was printed before."""
    query = (
        select(
            Badge.id.label("badge_id"), Badge.serial, Person.id.label("person_id"), Person.code, Person.kind,
            Person.name, Person.language, Person.position, Person.organisation, Person.country,
        )
        .join(Person, Person.id == Badge.person_id)
        .where(*conditions(edition, wanted), Badge.revoked_at.is_(None))
        .order_by(Person.kind, Person.code)
    )  # fmt: skip
    if only_new:
        query = query.where(Badge.printed_at.is_(None))
    return session.execute(query).all()


def badges_of(session: Session, person: Person) -> Sequence[Badge]:
    """All badges somebody ever had, the newest first."""
    return session.exec(select(Badge).where(Badge.person_id == person.id).order_by(Badge.serial.desc())).all()


def valid_badge(session: Session, person: Person) -> Badge | None:
    """The badge that opens the gate for somebody."""
    return session.exec(
        select(Badge).where(Badge.person_id == person.id, Badge.revoked_at.is_(None))
    ).one_or_none()
