"""Whose badges are issued and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.badges.keys import HOUSE
from expo.badges.models import Badge, BadgeKey
from expo.badges.tokens import Key, OtherEdition, Ring
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
            Badge.id.label("badge_id"), Badge.serial, Badge.key_number, Person.id.label("person_id"),
            Person.code, Person.kind, Person.name, Person.language, Person.position, Person.organisation,
            Person.country,
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


def ring_of(session: Session, edition: Edition) -> Ring:
    """What reads an edition's badges: its keys, and those of the others to tell theirs from forged ones.

    One query. The house's own key (0) is nobody else's: whose badge it signed, the person tells.
    """
    rows = session.execute(
        select(
            BadgeKey.edition_id, BadgeKey.number, BadgeKey.public_key, BadgeKey.retired_at, Edition.code,
            Edition.name,
        )
        .join(Edition, Edition.id == BadgeKey.edition_id)
        .where((BadgeKey.edition_id == edition.id) | (BadgeKey.number > HOUSE))
        .order_by(BadgeKey.edition_id, BadgeKey.number)
    ).all()  # fmt: skip
    keys: dict[int, list[Key]] = {}
    for row in rows:
        key = Key(row.number, row.public_key, row.retired_at is not None)
        keys.setdefault(row.edition_id, []).append(key)
    others = {row.edition_id: (row.code, row.name) for row in rows if row.edition_id != edition.id}
    return Ring(
        tuple(keys.get(edition.id, ())),
        tuple(OtherEdition(code, name, tuple(keys[one])) for one, (code, name) in others.items()),
    )


def revoked(session: Session, edition: Edition, since: datetime | None = None) -> list[tuple[int, int]]:
    """(person, serial) of every revoked badge of an edition, or of those revoked after `since`."""
    query = select(Badge.person_id, Badge.serial).where(
        Badge.edition_id == edition.id, Badge.revoked_at.is_not(None)
    )
    if since is not None:
        query = query.where(Badge.revoked_at > since)
    return [(row.person_id, row.serial) for row in session.execute(query.order_by(Badge.id))]


def without_keys(session: Session) -> Sequence[Edition]:
    """Editions that have badges, but no key written down."""
    keyed = select(BadgeKey.edition_id)
    return session.exec(
        select(Edition).where(Edition.id.in_(select(Badge.edition_id).distinct()), Edition.id.not_in(keyed))
    ).all()
