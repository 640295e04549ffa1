"""Deals as lists and sums, in the edition's currency at the stored rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, select

from expo import money
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.models import Deal, DealEvent, DealLine
from matchmaking.deals.stages import AGREED


def deal_by_number(session: Session, edition: Edition, number: int) -> Deal | None:
    """The edition's deal of that number."""
    return session.exec(
        select(Deal).where(Deal.edition_id == edition.id, Deal.number == number)
    ).one_or_none()


def lines_of(session: Session, deal: Deal) -> Sequence[DealLine]:
    """A deal's lines in order."""
    return session.exec(select(DealLine).where(DealLine.deal_id == deal.id).order_by(DealLine.position)).all()


def events_of(session: Session, deal: Deal) -> Sequence[DealEvent]:
    """What happened to a deal, in order."""
    return session.exec(
        select(DealEvent).where(DealEvent.deal_id == deal.id).order_by(DealEvent.sequence)
    ).all()


@dataclass(frozen=True)
class DealRow:
    """A deal in a list; `in_edition_minor` is its total in the edition's currency at the stored rate."""

    number: int
    type: str
    stage: str
    seller: dict[str, str]
    seller_code: str
    country: str
    buyer: dict[str, str] | None
    buyer_code: str | None
    currency: str
    total_minor: int
    in_edition_minor: int
    signed_on: date


def deals(
    session: Session,
    edition: Edition,
    *,
    type: str = "",
    stage: str = "",
    limit: int | None = 50,
    offset: int = 0,
) -> list[DealRow]:
    """Deals, the largest number last, optionally of one type or stage."""
    seller, buyer = Organisation.__table__.alias("seller_org"), Organisation.__table__.alias("buyer_org")
    query = (
        select(Deal, seller.c.name, Exhibitor.code, seller.c.country, buyer.c.name, Buyer.code)
        .join(Exhibitor, Exhibitor.id == Deal.seller_id)
        .join(seller, seller.c.id == Exhibitor.organisation_id)
        .outerjoin(Buyer, Buyer.id == Deal.buyer_id)
        .outerjoin(buyer, buyer.c.id == Buyer.organisation_id)
        .where(Deal.edition_id == edition.id)
        .order_by(Deal.number)
        .offset(offset)
        .limit(limit)
    )
    if type:
        query = query.where(Deal.type == type)
    if stage:
        query = query.where(Deal.stage == stage)
    return [_row(edition, *row) for row in session.exec(query)]


def _row(edition: Edition, deal: Deal, seller, seller_code, country, buyer, buyer_code) -> DealRow:
    return DealRow(
        number=deal.number,
        type=deal.type,
        stage=deal.stage,
        seller=seller,
        seller_code=seller_code,
        country=country,
        buyer=buyer,
        buyer_code=buyer_code,
        currency=deal.currency,
        total_minor=deal.total_minor,
        in_edition_minor=money.convert(deal.total_minor, deal.currency, edition.currency, deal.rate),
        signed_on=deal.signed_on,
    )


@dataclass(frozen=True)
class Sum:
    """A count of deals and their worth in the edition's currency, in minor units."""

    key: str
    count: int
    minor: int


def sums(session: Session, edition: Edition, by: str, types: Sequence[str] = ("purchase",)) -> list[Sum]:
    """Agreed deals added up by 'type', 'stage', 'country' or 'hs' (chapter), converted once, deal by deal."""
    if by == "hs":
        return _sums_by_chapter(session, edition, types)
    found: dict[str, list[int]] = {}
    for row in deals(session, edition, limit=None):
        if row.stage in AGREED and row.type in types:
            entry = found.setdefault(getattr(row, by), [0, 0])
            entry[0] += 1
            entry[1] += row.in_edition_minor
    return sorted((Sum(key, *entry) for key, entry in found.items()), key=lambda one: -one.minor)


def _sums_by_chapter(session: Session, edition: Edition, types: Sequence[str]) -> list[Sum]:
    """By HS chapter; a deal's converted total is shared over its lines so that the parts add up."""
    rows = session.exec(
        select(Deal, DealLine.hs, DealLine.amount_minor)
        .join(DealLine, DealLine.deal_id == Deal.id)
        .where(Deal.edition_id == edition.id, Deal.stage.in_(AGREED), Deal.type.in_(types))
        .order_by(Deal.id, DealLine.position)
    ).all()
    by_deal: dict[int, list] = {}
    for deal, hs, amount in rows:
        by_deal.setdefault(deal.id, [deal, []])[1].append((hs[:2], amount))
    found: dict[str, list[int]] = {}
    for deal, parts in by_deal.values():
        whole = money.convert(deal.total_minor, deal.currency, edition.currency, deal.rate)
        weights = [amount for _, amount in parts]
        shares = money.shares(whole, weights) if sum(weights) else [0] * len(parts)
        for (chapter, _), share in zip(parts, shares, strict=True):
            entry = found.setdefault(chapter, [0, 0])
            entry[0] += 1
            entry[1] += share
    return sorted((Sum(key, *entry) for key, entry in found.items()), key=lambda one: -one.minor)


def count(session: Session, edition: Edition, *, type: str = "", stage: str = "") -> int:
    """How many deals a filter finds."""
    query = select(func.count()).select_from(Deal).where(Deal.edition_id == edition.id)
    if type:
        query = query.where(Deal.type == type)
    if stage:
        query = query.where(Deal.stage == stage)
    return session.exec(query).one()
