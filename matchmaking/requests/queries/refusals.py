"""The private noes by name, for those who may read them: each look is noted in the audit trail."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.requests.models import MeetingRefusal


class No(NamedTuple):
    """Who said no to whom."""

    side: str
    buyer: str
    buyer_name: dict[str, str]
    exhibitor: str
    exhibitor_name: dict[str, str]
    refused_at: datetime


def _found(edition: Edition) -> Any:
    purchaser, seller = aliased(Organisation), aliased(Organisation)
    return (
        select(
            MeetingRefusal.side, Buyer.code, purchaser.name, Exhibitor.code, seller.name,
            MeetingRefusal.refused_at,
        )
        .join(Buyer, Buyer.id == MeetingRefusal.buyer_id)
        .join(purchaser, purchaser.id == Buyer.organisation_id)
        .join(Exhibitor, Exhibitor.id == MeetingRefusal.exhibitor_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .where(MeetingRefusal.edition_id == edition.id, MeetingRefusal.lifted_at.is_(None))
        .order_by(MeetingRefusal.id.desc())
    )  # fmt: skip


def refusals(session: Session, edition: Edition, limit: int | None = None, offset: int = 0) -> list[No]:
    """The noes in force, the latest first."""
    return [No(*row) for row in session.execute(_found(edition).limit(limit).offset(offset))]


def refusal_count(session: Session, edition: Edition) -> int:
    """How many noes are in force."""
    query = select(func.count()).select_from(MeetingRefusal)
    return session.execute(
        query.where(MeetingRefusal.edition_id == edition.id, MeetingRefusal.lifted_at.is_(None))
    ).scalar_one()
