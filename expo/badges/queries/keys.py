"""Keys that read badges, and badges that are worth nothing any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.badges.keys import HOUSE
from expo.badges.models import Badge, BadgeKey
from expo.badges.tokens import Key, OtherEdition, Ring
from expo.editions.models import Edition
from expo.registration.models import Person


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


def key_list(session: Session, edition: Edition) -> Sequence[Any]:
    """An edition's keys, the newest first, each with its valid, printed and revoked badges."""
    query = (
        select(
            BadgeKey.number, BadgeKey.created_at, BadgeKey.retired_at, BadgeKey.retired_because,
            func.count(Badge.id).filter(Badge.revoked_at.is_(None)).label("valid"),
            func.count(Badge.id).filter(Badge.revoked_at.is_(None), Badge.prints > 0).label("printed"),
            func.count(Badge.revoked_at).label("revoked"),
        )
        .outerjoin(Badge, (Badge.edition_id == BadgeKey.edition_id) & (Badge.key_number == BadgeKey.number))
        .where(BadgeKey.edition_id == edition.id)
        .group_by(BadgeKey.edition_id, BadgeKey.number)
        .order_by(BadgeKey.number.desc())
    )  # fmt: skip
    return session.execute(query).all()


def revoked_list(session: Session, edition: Edition, page: int, size: int = 50) -> tuple[int, Sequence[Any]]:
    """How many badges were revoked, and a page of them, the latest first."""
    where = (Badge.edition_id == edition.id, Badge.revoked_at.is_not(None))
    total = session.execute(select(func.count()).select_from(Badge).where(*where)).scalar_one()
    query = (
        select(Person.code, Person.name, Badge.serial, Badge.prints, Badge.revoked_at, Badge.revoked_because)
        .join(Person, Person.id == Badge.person_id)
        .where(*where)
        .order_by(Badge.revoked_at.desc(), Badge.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return total, session.execute(query).all()
