"""Deals as lists: filtered, a page at a time, or all of them as they are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.accounts.models import User
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.content import annualised
from matchmaking.deals.models import Deal, DealEvent, DealLine, DealParty
from matchmaking.deals.queries.filtering import EVERYTHING, Filter
from matchmaking.deals.queries.finding import found
from matchmaking.deals.stages import STAGES, TYPES
from matchmaking.deals.traits import Found

AT_ONCE = 2000


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


@dataclass(frozen=True)
class DealRow:
    """A deal in a list; `in_edition_minor` is its total in the edition's currency at the stored rate,
    `annual_minor` the same a year where it runs for several."""

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
    standing: str
    origin: str
    zone: str
    forum: str
    term_months: int | None
    title: dict[str, str]
    version: int

    @property
    def annual_minor(self) -> int:
        """What it is worth a year, in the edition's currency."""
        return annualised(self.in_edition_minor, self.term_months)


def _rows(edition: Edition) -> Any:
    seller, buyer = aliased(Organisation), aliased(Organisation)
    return (
        select(
            Deal.number, Deal.type, Deal.stage, seller.name, Exhibitor.code, Deal.seller_country, buyer.name,
            Buyer.code, Deal.currency, Deal.total_minor, Deal.home_minor, Deal.signed_on, Deal.rate,
            Deal.rate_source, Deal.rate_date, Deal.standing, Deal.origin, Deal.zone_code,
            func.coalesce(Forum.code, ""), Deal.term_months, Deal.title, Deal.version,
        )
        .join(Exhibitor, Exhibitor.id == Deal.seller_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(Buyer, Buyer.id == Deal.buyer_id)
        .outerjoin(buyer, buyer.id == Buyer.organisation_id)
        .outerjoin(Forum, Forum.id == Deal.forum_id)
        .where(Deal.edition_id == edition.id)
        .order_by(Deal.number)
    )  # fmt: skip


def deals(
    session: Session,
    edition: Edition,
    chosen: Filter = EVERYTHING,
    *,
    limit: int | None = 50,
    offset: int = 0,
    known: Found | None = None,
) -> list[DealRow]:
    """Deals by number, optionally only some; `known` is what `found` says of them, where it was asked."""
    numbers = (known or found(session, edition, chosen)).numbers
    page = [int(one) for one in numbers[offset : None if limit is None else offset + limit]]
    if not page:
        return []
    return [DealRow(*row) for row in session.execute(_rows(edition).where(Deal.number.in_(page)))]


def deal_row(session: Session, edition: Edition, deal: Deal) -> DealRow:
    """One deal as lists show it."""
    return DealRow(*session.execute(_rows(edition).where(Deal.id == deal.id)).one())


def deals_of(
    session: Session, edition: Edition, organisations: Iterable[int], *, limit: int = 50, offset: int = 0
) -> list[DealRow]:
    """The deals that some organisations sign, by number."""
    mine = select(DealParty.deal_id).where(DealParty.organisation_id.in_(list(organisations)))
    rows = _rows(edition).where(Deal.id.in_(mine)).limit(limit).offset(offset)
    return [DealRow(*row) for row in session.execute(rows)]


def all_deals(session: Session, edition: Edition) -> Iterator[DealRow]:
    """Every deal as it is read: for files that do not fit into memory."""
    rows = session.execute(_rows(edition).execution_options(yield_per=AT_ONCE))
    return (DealRow(*row) for row in rows)


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
    incoterm: str
    delivery: str
    type: str
    stage: str


def line_rows(
    session: Session, edition: Edition, types: Sequence[str] = TYPES, stages: Iterable[str] = STAGES
) -> Iterator[LineRow]:
    """Every deal's lines as they are read; the shares of a deal's converted total add up to it."""
    rows = session.execute(
        select(
            Deal.number, DealLine.position, DealLine.hs, DealLine.text, DealLine.quantity, DealLine.unit,
            DealLine.unit_price_minor, DealLine.amount_minor, Deal.currency, DealLine.home_minor,
            DealLine.incoterm, DealLine.delivery, Deal.type, Deal.stage,
        )
        .join(Deal, Deal.id == DealLine.deal_id)
        .where(Deal.edition_id == edition.id, Deal.type.in_(types), Deal.stage.in_(list(stages)))
        .order_by(Deal.id, DealLine.position)
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    return (LineRow(*row) for row in rows)
