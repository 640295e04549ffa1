"""Deals as lists and sums, in the edition's currency at the stored rates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo import money
from expo.accounts.models import User
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.models import STAGES, TYPES, Deal, DealEvent, DealLine
from matchmaking.deals.stages import AGREED
from matchmaking.meetings.models import Meeting


def deal_by_number(session: Session, edition: Edition, number: int) -> Deal | None:
    """The edition's deal of that number."""
    return session.exec(
        select(Deal).where(Deal.edition_id == edition.id, Deal.number == number)
    ).one_or_none()


def lines_of(session: Session, deal: Deal) -> Sequence[DealLine]:
    """A deal's lines in order."""
    return session.exec(select(DealLine).where(DealLine.deal_id == deal.id).order_by(DealLine.position)).all()


class EventRow(NamedTuple):
    """What happened to a deal, when, by whom ("" for commands), with its seal."""

    sequence: int
    kind: str
    payload: dict[str, Any]
    at: datetime
    who: str
    hash: str


def events_of(session: Session, deal: Deal) -> list[EventRow]:
    """What happened to a deal, in order."""
    rows = session.execute(
        select(
            DealEvent.sequence, DealEvent.kind, DealEvent.payload, DealEvent.at,
            func.coalesce(User.name, ""), DealEvent.hash,
        )
        .outerjoin(User, User.id == DealEvent.user_id)
        .where(DealEvent.deal_id == deal.id)
        .order_by(DealEvent.sequence)
    )  # fmt: skip
    return [EventRow(*row) for row in rows]


def last_event(session: Session, edition: Edition) -> tuple[int, str]:
    """Sequence and hash of the end of the edition's chain; (0, "") for an empty one."""
    row = session.execute(
        select(DealEvent.sequence, DealEvent.hash)
        .where(DealEvent.edition_id == edition.id)
        .order_by(DealEvent.sequence.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else (0, "")


def meeting_between(session: Session, seller_id: int, buyer_id: int) -> int | None:
    """The meeting of the two, if they had one."""
    return session.execute(
        select(Meeting.id).where(Meeting.exhibitor_id == seller_id, Meeting.buyer_id == buyer_id)
    ).scalar()


@dataclass(frozen=True)
class Filter:
    """Which deals; an empty field lets all through. `country` is the seller's, `hs` a chapter of a line."""

    type: str = ""
    stage: str = ""
    country: str = ""
    hs: str = ""

    def narrow(self, query: Any, country: Any) -> Any:
        """`query` over Deal with these conditions; `country` is the column of the seller's country."""
        for column, value in ((Deal.type, self.type), (Deal.stage, self.stage), (country, self.country)):
            if value:
                query = query.where(column == value)
        if self.hs:
            line = select(DealLine.id).where(DealLine.deal_id == Deal.id, DealLine.hs.startswith(self.hs))
            query = query.where(line.exists())
        return query


EVERYTHING = Filter()


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
    rate: Decimal
    rate_source: str
    rate_date: date


def deals(
    session: Session,
    edition: Edition,
    chosen: Filter = EVERYTHING,
    *,
    number: int | None = None,
    limit: int | None = 50,
    offset: int = 0,
) -> list[DealRow]:
    """Deals, the largest number last, optionally only some; `number` asks for one."""
    seller, buyer = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Deal.number, Deal.type, Deal.stage, seller.name, Exhibitor.code, seller.country, buyer.name,
            Buyer.code, Deal.currency, Deal.total_minor, Deal.signed_on, Deal.rate, Deal.rate_source,
            Deal.rate_date,
        )
        .join(Exhibitor, Exhibitor.id == Deal.seller_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(Buyer, Buyer.id == Deal.buyer_id)
        .outerjoin(buyer, buyer.id == Buyer.organisation_id)
        .where(Deal.edition_id == edition.id)
        .order_by(Deal.number)
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    if number is not None:
        query = query.where(Deal.number == number)
    return [_row(edition, row) for row in session.execute(chosen.narrow(query, seller.country))]


def _row(edition: Edition, row: Any) -> DealRow:
    currency, total, rate = row[8], row[9], row[11]
    return DealRow(*row[:10], money.convert(total, currency, edition.currency, rate), *row[10:])


class LineRow(NamedTuple):
    """A deal's line; `in_edition_minor` is its share of the deal's converted total."""

    deal: int
    position: int
    hs: str
    text: dict[str, str]
    quantity: Decimal
    unit: str
    unit_price_minor: int
    amount_minor: int
    currency: str
    in_edition_minor: int


def line_rows(
    session: Session, edition: Edition, types: Sequence[str] = TYPES, stages: Iterable[str] = STAGES
) -> list[LineRow]:
    """Every deal's lines; its converted total is shared over them so that the parts add up."""
    rows = session.execute(
        select(
            Deal.number, DealLine.position, DealLine.hs, DealLine.text, DealLine.quantity, DealLine.unit,
            DealLine.unit_price_minor, DealLine.amount_minor, Deal.currency, Deal.total_minor, Deal.rate,
        )
        .join(Deal, Deal.id == DealLine.deal_id)
        .where(Deal.edition_id == edition.id, Deal.type.in_(types), Deal.stage.in_(list(stages)))
        .order_by(Deal.number, DealLine.position)
    )  # fmt: skip
    found = []
    for _number, group in groupby(rows, lambda row: row[0]):
        several = list(group)
        *_, currency, total, rate = several[0]
        weights = [row[7] for row in several]
        whole = money.convert(total, currency, edition.currency, rate)
        shares = money.shares(whole, weights) if sum(weights) else [0] * len(several)
        found += [LineRow(*row[:9], share) for row, share in zip(several, shares, strict=True)]
    return found


@dataclass(frozen=True)
class Sum:
    """A count of deals and their worth in the edition's currency, in minor units."""

    key: str
    count: int
    minor: int


def sums(session: Session, edition: Edition, by: str, types: Sequence[str] = ("purchase",)) -> list[Sum]:
    """Agreed deals added up by 'type', 'stage', 'country' or 'hs' (chapter), converted once, deal by deal.

    A deal with lines of several chapters counts in each of them; its worth is shared among them.
    """
    found: dict[str, list[int]] = {}
    if by == "hs":
        parts = line_rows(session, edition, types, AGREED)
        seen: set[tuple[int, str]] = set()
        for line in parts:
            _add(found, line.hs[:2], (line.deal, line.hs[:2]) not in seen, line.in_edition_minor)
            seen.add((line.deal, line.hs[:2]))
    else:
        for row in deals(session, edition, limit=None):
            if row.stage in AGREED and row.type in types:
                _add(found, getattr(row, by), True, row.in_edition_minor)
    return sorted((Sum(key, *entry) for key, entry in found.items()), key=lambda one: -one.minor)


def _add(found: dict[str, list[int]], key: str, another: bool, minor: int) -> None:
    entry = found.setdefault(key, [0, 0])
    entry[0] += another
    entry[1] += minor


def worth(
    session: Session, edition: Edition, chosen: Filter = EVERYTHING
) -> dict[tuple[str, str], tuple[int, int]]:
    """(type, stage) → how many deals a filter finds and their worth in the edition's currency."""
    query = (
        select(Deal.type, Deal.stage, Deal.currency, Deal.total_minor, Deal.rate)
        .join(Exhibitor, Exhibitor.id == Deal.seller_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Deal.edition_id == edition.id)
    )
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for type_, stage, currency, total, rate in session.execute(chosen.narrow(query, Organisation.country)):
        count, minor = found.get((type_, stage), (0, 0))
        converted = money.convert(total, currency, edition.currency, rate)
        found[type_, stage] = (count + 1, minor + converted)
    return found


def countries(session: Session, edition: Edition) -> list[str]:
    """The countries that sellers of the edition's deals come from, by code."""
    return list(
        session.execute(
            select(Organisation.country)
            .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
            .join(Deal, Deal.seller_id == Exhibitor.id)
            .where(Deal.edition_id == edition.id)
            .distinct()
            .order_by(Organisation.country)
        ).scalars()
    )
