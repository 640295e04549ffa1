"""Whose badge was scanned, and to which meeting its bearer comes."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from expo.checkin.scanned import Scanned
from expo.editions.models import Edition

SOON = timedelta(hours=1)
# By the badge's own row: a revoked one, or an older serial, is nobody's.
BEARER = text(
    """SELECT person.id FROM badge JOIN person ON person.id = badge.person_id
        WHERE badge.edition_id = :edition AND badge.revoked_at IS NULL
          AND (badge.person_id = :person AND badge.serial = :serial
               OR CAST(:person AS integer) IS NULL AND person.code = :code)"""
)
# A seat of the bearer's own first (by the address of mail), then any of its exhibitor that is still empty.
SPOT = text(
    """SELECT spot.id, spot.side FROM person p JOIN LATERAL (
            SELECT m.id, 'buyer' AS side, m.starts_at, lower(coalesce(d.email, b.contact_email)) AS sits
              FROM meeting m JOIN buyer b ON b.id = m.buyer_id
              LEFT JOIN delegate d ON d.id = m.buyer_delegate_id
             WHERE m.edition_id = :edition AND m.state = 'planned'
               AND m.ends_at > :at AND m.starts_at < :until
               AND p.email <> '' AND lower(p.email) IN (lower(d.email), lower(b.contact_email))
             UNION ALL
            SELECT m.id, 'supplier', m.starts_at, lower(d.email)
              FROM meeting m LEFT JOIN delegate d ON d.id = m.exhibitor_delegate_id
             WHERE m.edition_id = :edition AND m.state = 'planned'
               AND m.ends_at > :at AND m.starts_at < :until
               AND (m.exhibitor_id = p.exhibitor_id OR p.email <> '' AND lower(p.email) = lower(d.email))
            ) AS spot ON true
         LEFT JOIN meeting_attendance a ON a.meeting_id = spot.id AND a.side = spot.side
        WHERE p.id = :person AND a.arrived_at IS NULL
        ORDER BY (spot.sits = lower(p.email)) DESC NULLS LAST, spot.starts_at, spot.id LIMIT 1"""
)


def person_of(session: Session, edition: Edition, found: Scanned) -> int | None:
    """The number of the person whose valid badge was read, or whose code was typed."""
    if found.flaw is not None:
        return None
    values = {"edition": edition.id, "person": found.person, "serial": found.serial, "code": found.code or ""}
    return session.execute(BEARER, values).scalar()


def meeting_for(session: Session, edition: Edition, person: int, at: datetime) -> tuple[int, str] | None:
    """(meeting, side) to which a person comes within the hour and is not there yet."""
    values = {"edition": edition.id, "person": person, "at": at, "until": at + SOON}
    row = session.execute(SPOT, values).first()
    return (row[0], row[1]) if row else None
