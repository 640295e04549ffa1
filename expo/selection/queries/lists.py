"""The waiting list, offers and swaps as rows of plain columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.selection.models import Offer, Swap, WaitingWish
from expo.selection.services.ranking import in_order
from expo.venue.models import Stand, Zone

WISH = (
    WaitingWish.id, WaitingWish.exhibitor_id, WaitingWish.kind, WaitingWish.stand_id, WaitingWish.zone_id,
    WaitingWish.least_m2, WaitingWish.most_m2, WaitingWish.replaces, WaitingWish.state, WaitingWish.joined_at,
    Stand.code.label("stand"), Zone.code.label("zone"),
)  # fmt: skip


def _wishes():
    return (
        select(*WISH)
        .outerjoin(Stand, Stand.id == WaitingWish.stand_id)
        .outerjoin(Zone, Zone.id == WaitingWish.zone_id)
    )


def wishes_of(session: Session, exhibitor_id: int) -> Sequence[Any]:
    """What an exhibitor waits for or waited for, the newest first."""
    return session.execute(
        _wishes().where(WaitingWish.exhibitor_id == exhibitor_id).order_by(WaitingWish.id.desc()).limit(30)
    ).all()


def offers_of(session: Session, exhibitor_id: int) -> Sequence[Offer]:
    """Offers to an exhibitor, the newest first."""
    return session.exec(
        select(Offer).where(Offer.exhibitor_id == exhibitor_id).order_by(Offer.id.desc()).limit(30)
    ).all()


def target(wish: Any) -> tuple:
    """What makes two wishes wait for the same: the stand, the zone, or a size anywhere."""
    return wish.kind, wish.stand_id, wish.zone_id


def positions(session: Session, edition: Edition) -> dict[int, tuple[int, int]]:
    """Wish → its place among those who wait for the same, and how many they are; in point order."""
    rows = session.execute(
        select(
            WaitingWish.id, WaitingWish.exhibitor_id, WaitingWish.kind, WaitingWish.stand_id,
            WaitingWish.zone_id,
        ).where(WaitingWish.edition_id == edition.id, WaitingWish.state == "waiting")
    ).all()  # fmt: skip
    turn = {
        one.id: place
        for place, one in enumerate(in_order(session, edition, {row.exhibitor_id for row in rows}))
    }
    lines: dict[tuple, list] = {}
    for row in sorted(rows, key=lambda row: (turn[row.exhibitor_id], row.id)):
        lines.setdefault(target(row), []).append(row.id)
    return {number: (at, len(line)) for line in lines.values() for at, number in enumerate(line, 1)}


def waiting_list(session: Session, edition: Edition) -> Sequence[Any]:
    """Everybody who waits, with their names: for the organiser."""
    return session.execute(
        select(*WISH, Exhibitor.code, Organisation.name, Exhibitor.points)
        .outerjoin(Stand, Stand.id == WaitingWish.stand_id)
        .outerjoin(Zone, Zone.id == WaitingWish.zone_id)
        .join(Exhibitor, Exhibitor.id == WaitingWish.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(WaitingWish.edition_id == edition.id, WaitingWish.state == "waiting")
        .order_by(WaitingWish.id)
        .limit(500)
    ).all()


def offers(session: Session, edition: Edition, limit: int = 50) -> Sequence[Any]:
    """The latest offers with whom they went to: for the organiser."""
    return session.execute(
        select(
            Offer.id, Offer.stands, Offer.state, Offer.offered_at, Offer.expires_at, Exhibitor.code,
            Organisation.name,
        )
        .join(Exhibitor, Exhibitor.id == Offer.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Offer.edition_id == edition.id)
        .order_by(Offer.id.desc())
        .limit(limit)
    ).all()  # fmt: skip


def swaps(session: Session, edition_id: int, exhibitor_id: int | None = None) -> Sequence[Any]:
    """Swaps with both names (of one exhibitor if asked for), those that wait on top, then the newest."""
    one, other = aliased(Exhibitor), aliased(Exhibitor)
    asker, partner = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Swap, one.code.label("asker"), asker.name.label("asker_name"), other.code.label("other"),
            partner.name.label("other_name"),
        )
        .join(one, one.id == Swap.asker_id)
        .join(asker, asker.id == one.organisation_id)
        .join(other, other.id == Swap.other_id)
        .join(partner, partner.id == other.organisation_id)
        .where(Swap.edition_id == edition_id)
        .order_by(Swap.state.in_(("asked", "agreed")).desc(), Swap.id.desc())
        .limit(100)
    )  # fmt: skip
    if exhibitor_id is not None:
        query = query.where((Swap.asker_id == exhibitor_id) | (Swap.other_id == exhibitor_id))
    return session.execute(query).all()
