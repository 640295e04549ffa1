"""What a visitor may see: which exhibitors scanned their badge."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.leads.models import Lead


def scanned_by(session: Session, person_id: int) -> Sequence[Any]:
    """Who scanned somebody's badge, the latest first: exhibitor's `code` and `name`, `visits`, first and last
    time, and `muted_at` where they asked that exhibitor to write no more."""
    return session.execute(
        select(
            Lead.id,
            Exhibitor.code,
            Organisation.name,
            Lead.visits,
            Lead.first_at,
            Lead.last_at,
            Lead.muted_at,
        )
        .join(Exhibitor, Exhibitor.id == Lead.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Lead.person_id == person_id)
        .order_by(Lead.last_at.desc())
    ).all()  # fmt: skip
