"""Issuing, revoking and marking badges."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.audit.services import note
from expo.badges.models import Badge, BadgeKey
from expo.badges.queries.listing import ALL, Wanted, whom
from expo.badges.services.keys import FIRST, LONGEST_REASON
from expo.badges.tokens import MOST_SERIAL
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Person
from expo.words import say


def issue_all(session: Session, edition: Edition, wanted: Wanted = ALL) -> int:
    """Give everybody whom the filter finds a valid badge who has none; how many were issued.

    Two at once issue each badge once. Refused when somebody has used up the numbers a code can hold.
    """
    missing = (
        select(
            Person.edition_id,
            Person.id.label("person_id"),
            (func.coalesce(func.max(Badge.serial), 0) + 1).label("serial"),
            _signing_key(edition).label("key_number"),
            literal(now()).label("issued_at"),
            literal(0).label("prints"),
        )
        .outerjoin(Badge, Badge.person_id == Person.id)
        .where(*whom(edition, wanted))
        .group_by(Person.id)
        .having(func.count(Badge.id) == func.count(Badge.revoked_at))
    )
    columns = ("edition_id", "person_id", "serial", "key_number", "issued_at", "prints")
    serials = session.execute(
        insert(Badge).from_select(columns, missing).on_conflict_do_nothing().returning(Badge.serial)
    ).scalars()
    found = list(serials)
    if found and max(found) > MOST_SERIAL:
        raise Refused(
            say("Somebody has had %(most)s badges; no further one fits the code.", most=MOST_SERIAL)
        )
    if found:
        note(session, "created", "badge", edition.code, {"count": len(found)}, edition.id)
    return len(found)


def _signing_key(edition: Edition) -> Any:
    """The newest key that was not withdrawn; the first, where keys are not written down yet."""
    newest = select(func.max(BadgeKey.number)).where(
        BadgeKey.edition_id == edition.id, BadgeKey.retired_at.is_(None)
    )
    return func.greatest(newest.scalar_subquery(), FIRST)


def revoke(session: Session, badge: Badge, because: str = "") -> None:
    """Make a badge worthless, say because it was lost. Its bearer can be issued the next one."""
    session.refresh(badge, with_for_update=True)
    if badge.revoked_at is not None:
        raise Refused(say("This badge is revoked already."))
    badge.revoked_at, badge.revoked_because = now(), because.strip()[:LONGEST_REASON]
    session.flush()


def mark_printed(
    session: Session, edition: Edition, badge_ids: Sequence[int], version_id: int | None = None
) -> None:
    """Note that these badges were printed, now, by whom the session works, in a version of a design."""
    if not badge_ids:
        return
    session.execute(
        update(Badge)
        .where(Badge.edition_id == edition.id, Badge.id.in_(badge_ids))
        .values(
            prints=Badge.prints + 1,
            printed_at=now(),
            printed_by=session.info.get("printer") or session.info.get("actor", ""),
            design_version_id=version_id,
        )
        .execution_options(synchronize_session=False)
    )
    note(session, "changed", "badge", edition.code, {"printed": len(badge_ids)}, edition.id)
