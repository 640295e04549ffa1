"""Figures made public: one person prepares them, another approves, and an embargo may hold them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, func, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals import discretion, statistics
from matchmaking.deals.models import DealHead, DealPublication, DealSettings
from matchmaking.deals.queries.adding import earlier, outcomes, table
from matchmaking.deals.queries.filtering import groups
from matchmaking.deals.services import ledger
from matchmaking.deals.stages import TYPES

BY = (
    "stage", "standing", "country", "section", "chapter", "day", "zone", "forum", "origin", "newcomer",
    "reach",
)  # fmt: skip


USUAL_LEAST = 3
"""Groups of fewer deals are not told apart, unless an edition settles it otherwise."""


def settings_of(session: Session, edition: Edition) -> DealSettings:
    """How the edition publishes; as usual where nobody settled it."""
    return session.get(DealSettings, edition.id) or DealSettings(
        edition_id=edition.id, least_deals=USUAL_LEAST, off_reason=""
    )


def settle(session: Session, edition: Edition, least: int, reason: str, user_id: int | None = None) -> None:
    """From how many deals on a group is told apart; 0 tells all apart, for a reason that is kept."""
    if not 0 <= least <= 100:
        raise Refused(say("Choose a number of deals from 0 to 100."))
    if least == 0 and not reason.strip():
        raise Refused(say("Say why small figures may be told apart; the reason is kept."))
    row = settings_of(session, edition)
    row.least_deals, row.off_reason = least, reason.strip()[:500] if least == 0 else ""
    session.add(row)
    ledger.lock(session, edition)
    told = {"least_deals": least} | ({"reason": row.off_reason} if least == 0 else {})
    ledger.append(session, edition, [(None, "discretion", told)], user_id)


def figures_of(session: Session, edition: Edition) -> dict[str, Any]:
    """Everything that may be published at this moment, as plain values; types are never added together.

    Small groups are told together, as the edition settled it; what organisers see is not touched.
    """
    least = settings_of(session, edition).least_deals
    return discretion.discreet_figures(_all_of(session, edition), groups(session, edition), least)


def _all_of(session: Session, edition: Edition) -> dict[str, Any]:
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


def published(session: Session, edition: Edition, at: datetime | None = None) -> DealPublication | None:
    """What the public may see at an instant (now): the latest approved one whose embargo is over."""
    return session.exec(
        select(DealPublication)
        .where(
            DealPublication.edition_id == edition.id,
            DealPublication.approved_at.is_not(None),
            DealPublication.embargo_until.is_(None) | (DealPublication.embargo_until <= (at or now())),
        )
        .order_by(DealPublication.number.desc())
        .limit(1)
    ).first()
