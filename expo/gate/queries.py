"""What the desk shows of people beside their registration: prints of their badges, and their photos."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from expo.badges.models import Badge
from expo.checkin.models import Passage
from expo.clock import now
from expo.registration.models import Person
from expo.registration.models.photos import PersonPhoto

LOOKED_AT = timedelta(minutes=10)
"""How long a device may see the photo of somebody whom it scanned."""


def printed(session: Session, people: Sequence[int]) -> dict[int, tuple[datetime | None, int, str]]:
    """When each one's valid badge was last printed, how often and by whom; nothing for who has none."""
    query = select(Badge.person_id, Badge.printed_at, Badge.prints, Badge.printed_by).where(
        Badge.person_id.in_(people), Badge.revoked_at.is_(None)
    )
    return {row.person_id: (row.printed_at, row.prints, row.printed_by) for row in session.execute(query)}


def with_photo(session: Session, people: Sequence[int]) -> set[int]:
    """Which of these people have a photo."""
    query: Any = select(PersonPhoto.person_id).where(PersonPhoto.person_id.in_(people))
    return set(session.execute(query).scalars())


def photo(session: Session, edition_id: int, person_id: int, device_id: int | None) -> bytes | None:
    """Somebody's photo (JPEG). A device sees only whom it scanned a moment ago, not everybody there is."""
    query: Any = (
        select(PersonPhoto.content)
        .join(Person, Person.id == PersonPhoto.person_id)
        .where(Person.edition_id == edition_id, Person.id == person_id)
    )
    if device_id is not None:
        seen = select(Passage.id).where(
            Passage.person_id == person_id,
            Passage.device_id == device_id,
            Passage.received_at > now() - LOOKED_AT,
        )
        query = query.where(seen.exists())
    return session.execute(query).scalar_one_or_none()
