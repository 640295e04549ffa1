"""Figures made public: one person prepares them, another approves, and an embargo may hold them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, func, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals import statistics
from matchmaking.deals.models import DealHead, DealPublication
from matchmaking.deals.queries.adding import earlier, groups, outcomes, table
from matchmaking.deals.services import ledger
from matchmaking.deals.stages import TYPES

BY = (
    "stage", "standing", "country", "section", "chapter", "day", "zone", "forum", "origin", "newcomer",
    "reach",
)  # fmt: skip


def figures_of(session: Session, edition: Edition) -> dict[str, Any]:
    """Everything that may be published at this moment, as plain values; types are never added together."""
    found = outcomes(session, edition)
    members = groups(session, edition)
    before = earlier(session, edition)
    told: dict[str, Any] = {"currency": edition.currency, "types": {}}
    for type_ in TYPES:
        if type_ not in found:
            continue
        count, minor, annual = found[type_]
        sums = table(session, edition, BY, (type_,))
        comparison = statistics.compared(edition, found, before, type_)
        told["types"][type_] = {
            "count": count,
            "minor": minor,
            "annual_minor": annual,
            "by": {by: [[one.key, one.count, one.minor] for one in rows] for by, rows in sums.items()},
            "groups": [list(one) for one in statistics.by_group(sums["country"], members)],
            "before": [
                [one.edition.code, one.edition.name, one.edition.starts_on.year, one.edition.currency,
                 one.count, one.minor]
                for one in comparison.editions
            ],
            "largest": comparison.largest,
        }  # fmt: skip
    return told


def prepare(
    session: Session, edition: Edition, user_id: int, embargo_until: datetime | None = None
) -> DealPublication:
    """Freeze the figures of this moment for somebody else to approve."""
    ledger.lock(session, edition)
    figures = figures_of(session, edition)
    if not figures["types"]:
        raise Refused(say("Nothing is agreed yet that could be published."))
    head = session.get_one(DealHead, edition.id, populate_existing=True)
    mine = select(func.coalesce(func.max(DealPublication.number), 0))
    number = session.exec(mine.where(DealPublication.edition_id == edition.id)).one() + 1
    row = DealPublication(
        edition_id=edition.id, number=number, figures=figures, head_sequence=head.sequence,
        head_hash=head.hash, prepared_by=user_id, embargo_until=embargo_until,
    )  # fmt: skip
    session.add(row)
    totals = {type_: [one["count"], one["minor"]] for type_, one in figures["types"].items()}
    ledger.append(session, edition, [(None, "prepared", {"number": number, "types": totals})], user_id)
    return row


def approve(session: Session, edition: Edition, row: DealPublication, user_id: int) -> None:
    """Let figures that somebody else prepared be published, at once or after their embargo."""
    ledger.lock(session, edition)
    session.refresh(row, with_for_update=True)
    if row.approved_at is not None:
        raise Refused(say("These figures are approved already."))
    if row.prepared_by == user_id:
        raise Refused(say("You prepared these figures; somebody else approves them."))
    if row.figures != figures_of(session, edition):
        raise Refused(say("Deals have changed since these figures were prepared. Prepare them anew."))
    row.approved_by, row.approved_at = user_id, now()
    session.add(row)
    ledger.append(session, edition, [(None, "published", {"number": row.number})], user_id)


def publications(session: Session, edition: Edition) -> Sequence[DealPublication]:
    """An edition's publications, the latest first."""
    return session.exec(
        select(DealPublication)
        .where(DealPublication.edition_id == edition.id)
        .order_by(DealPublication.number.desc())
        .limit(50)
    ).all()


def publication(session: Session, edition: Edition, number: int) -> DealPublication | None:
    """The edition's publication of that number."""
    if number > 2**31 - 1:
        return None
    return session.exec(
        select(DealPublication).where(
            DealPublication.edition_id == edition.id, DealPublication.number == number
        )
    ).one_or_none()


def published(session: Session, edition: Edition) -> DealPublication | None:
    """What the public may see: the latest that is approved and whose embargo is over."""
    return session.exec(
        select(DealPublication)
        .where(
            DealPublication.edition_id == edition.id,
            DealPublication.approved_at.is_not(None),
            DealPublication.embargo_until.is_(None) | (DealPublication.embargo_until <= now()),
        )
        .order_by(DealPublication.number.desc())
        .limit(1)
    ).first()
