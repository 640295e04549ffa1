"""Whose badges are issued and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.badges.models import Badge, BadgeBatch, BadgeDesignKind
from expo.badges.ordering import order_key
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.registration.models import CONFIRMED, Person
from expo.registration.queries import EVERYBODY, PeopleFilter, conditions

ORDERS = ("kind", "organisation", "name")


@dataclass(frozen=True)
class Wanted:
    """Whose badges: people found by a filter, and of them those of an exhibitor (its code), of organisations
    whose name holds some words, registered since a moment, not printed yet."""

    people: PeopleFilter = EVERYBODY
    exhibitor: str = ""
    organisation: str = ""
    since: datetime | None = None
    only_new: bool = False


ALL = Wanted()


def whom(edition: Edition, wanted: Wanted = ALL) -> list[Any]:
    """The filter as conditions on Person. Only confirmed people have badges."""
    found: list[Any] = [*conditions(edition, wanted.people), Person.state == CONFIRMED]
    if wanted.exhibitor:
        codes = select(Exhibitor.id).where(
            Exhibitor.edition_id == edition.id, func.upper(Exhibitor.code) == wanted.exhibitor.strip().upper()
        )
        found.append(Person.exhibitor_id.in_(codes))
    if wanted.organisation:
        found.append(func.lower(Person.organisation).contains(wanted.organisation.lower(), autoescape=True))
    if wanted.since is not None:
        found.append(Person.registered_at >= wanted.since)
    return found


@dataclass(frozen=True)
class Tally:
    """Of the people a filter finds: how many there are, hold a valid badge, and had it printed before."""

    people: int
    valid: int
    printed: int
    last_printed: datetime | None


def tally(session: Session, edition: Edition, wanted: Wanted = ALL) -> Tally:
    """What printing these people's badges means."""
    row = session.execute(
        select(func.count(), func.count(Badge.id), func.count(Badge.printed_at), func.max(Badge.printed_at))
        .select_from(Person)
        .outerjoin(Badge, (Badge.person_id == Person.id) & Badge.revoked_at.is_(None))
        .where(*whom(edition, wanted))
    ).one()
    return Tally(*row)


def planned(
    session: Session, edition: Edition, wanted: Wanted = ALL, order: str = "kind", language: str = "en"
) -> Sequence[Any]:
    """(badge_id, kind, design_id) of the valid badges to print, in their order."""
    query = (
        select(
            Badge.id.label("badge_id"),
            Person.kind,
            BadgeDesignKind.design_id,
            Person.name,
            Person.organisation,
        )
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(
            BadgeDesignKind,
            (BadgeDesignKind.edition_id == Person.edition_id) & (BadgeDesignKind.kind == Person.kind),
        )
        .where(*whom(edition, wanted), Badge.revoked_at.is_(None))
        .order_by(Person.kind, Person.code)
    )
    if wanted.only_new:
        query = query.where(Badge.printed_at.is_(None))
    rows = session.execute(query).all()
    if order == "kind":
        return rows

    def place(row: Any) -> tuple:
        name = order_key(pick(row.name, language), language)
        if order == "name":
            return name
        return (not row.organisation, order_key(row.organisation, language), name)

    return sorted(rows, key=place)


def bearers(session: Session, edition: Edition, badge_ids: Sequence[int]) -> list[Any]:
    """These badges with their bearers, in the same order; those revoked meanwhile are left out."""
    query = (
        select(
            Badge.id.label("badge_id"), Badge.serial, Badge.key_number, Person.id.label("person_id"),
            Person.code, Person.kind, Person.name, Person.language, Person.position, Person.organisation,
            Person.country,
        )
        .join(Person, Person.id == Badge.person_id)
        .where(Badge.edition_id == edition.id, Badge.id.in_(badge_ids), Badge.revoked_at.is_(None))
    )  # fmt: skip
    found = {row.badge_id: row for row in session.execute(query)}
    return [found[badge_id] for badge_id in badge_ids if badge_id in found]


def badges_of(session: Session, person: Person) -> Sequence[Badge]:
    """All badges somebody ever had, the newest first."""
    return session.exec(select(Badge).where(Badge.person_id == person.id).order_by(Badge.serial.desc())).all()


def valid_badge(session: Session, person: Person) -> Badge | None:
    """The badge that opens the gate for somebody."""
    return session.exec(
        select(Badge).where(Badge.person_id == person.id, Badge.revoked_at.is_(None))
    ).one_or_none()


def batch_of(session: Session, job_id: int) -> BadgeBatch | None:
    """The print of many that a job makes."""
    return session.exec(select(BadgeBatch).where(BadgeBatch.job_id == job_id)).one_or_none()
