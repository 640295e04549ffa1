"""Everything that lists are made from, read in a few queries: who is open to meetings, needs, offers."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import String, cast, func
from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor, Organisation
from expo.money import exponent
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, HsCode, Product
from matchmaking.catalogue.models import Need as NeedRow
from matchmaking.recommendations.fit import Need, Offer
from matchmaking.recommendations.measures import base_of, certificate, comparable
from matchmaking.recommendations.services.following import forums_of_buyers, forums_of_exhibitors
from matchmaking.recommendations.services.taking_part import open_exhibitors
from matchmaking.recommendations.services.trading import trade_of
from matchmaking.recommendations.trade import Trade
from matchmaking.recommendations.words import stems, stems_of


@dataclass(frozen=True)
class Market:
    """Needs and offers of those who are open to meetings. `corpus` says what words mean: all offers of the
    chapters in question, and the nomenclature's names. `kin` are (buyer, exhibitor) of one organisation."""

    needs: list[Need]
    offers: list[Offer]
    corpus: list[Offer]
    trade: Trade
    kin: frozenset[tuple[int, int]]


def read_market(
    session: Session,
    edition: Edition,
    buyers: Collection[int] | None = None,
    exhibitors: Collection[int] | None = None,
) -> Market:
    """The market of an edition, or the part of it that concerns some buyers, or some exhibitors.

    Whoever is not open to meetings, or not accepted, is not in it.
    """
    chapters = _chapters(session, buyers, exhibitors)
    need_rows = _need_rows(session, edition, buyers, chapters)
    asking = _buyers(session, edition, None if chapters is None else {row.buyer_id for row in need_rows})
    selling, rates = _exhibitors(session, edition, exhibitors), rates_of(session, edition)
    offers = _offers(session, edition, selling, rates, chapters, exhibitors)
    called = offers if exhibitors is None else _names(session, edition, chapters)
    firms = {row.organisation_id: row.id for row in selling.values()}
    kin = {(b.id, firms[b.organisation_id]) for b in asking.values() if b.organisation_id in firms}
    return Market(
        _needs(session, edition, asking, rates, need_rows),
        offers,
        called + _nomenclature(session, edition, chapters),
        trade_of(session, edition),
        frozenset(kin),
    )


def _chapters(
    session: Session, buyers: Collection[int] | None, exhibitors: Collection[int] | None
) -> set[str] | None:
    """The HS chapters of some buyers' needs, or of some exhibitors' products; None: of all."""
    if buyers is not None:
        return set(session.exec(select(func.left(NeedRow.hs, 2)).where(NeedRow.buyer_id.in_(buyers))))
    if exhibitors is not None:
        return set(session.exec(select(func.left(Product.hs, 2)).where(Product.exhibitor_id.in_(exhibitors))))
    return None


def rates_of(session: Session, edition: Edition) -> dict[str, Decimal]:
    """Currency → minor units of the edition's currency for one of its own, by the latest rate."""
    rows = session.execute(
        select(Rate.currency, Rate.rate).where(Rate.edition_id == edition.id).order_by(Rate.on_date)
    )
    home = exponent(edition.currency)
    found = {currency: rate.scaleb(home - exponent(currency)) for currency, rate in rows}
    return found | {edition.currency: Decimal(1)}


def _buyers(session: Session, edition: Edition, ids: Collection[int] | None) -> dict[int, Any]:
    rows = (
        select(Buyer.id, Buyer.organisation_id, Buyer.languages, Buyer.certificates, Organisation.country)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(Buyer.edition_id == edition.id, Buyer.open_to_meetings)
    )
    if ids is not None:
        rows = rows.where(Buyer.id.in_(ids))
    return {row.id: row for row in session.execute(rows)}


def _exhibitors(session: Session, edition: Edition, ids: Collection[int] | None) -> dict[int, Any]:
    profile = ExhibitorProfile
    rows = (
        select(
            Exhibitor.id, Exhibitor.organisation_id, profile.languages, profile.markets, profile.certificates
        )
        .join(profile, profile.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.id.in_(open_exhibitors(edition)))
    )
    if ids is not None:
        rows = rows.where(Exhibitor.id.in_(ids))
    return {row.id: row for row in session.execute(rows)}


def _need_rows(
    session: Session, edition: Edition, buyers: Collection[int] | None, chapters: Collection[str] | None
) -> list[Any]:
    rows = (
        select(
            NeedRow.id, NeedRow.buyer_id, NeedRow.hs, NeedRow.text, NeedRow.quantity, NeedRow.unit,
            NeedRow.min_price_minor, NeedRow.max_price_minor, NeedRow.currency, NeedRow.incoterm,
            NeedRow.certificates, NeedRow.countries,
        )
        .join(Buyer, Buyer.id == NeedRow.buyer_id)
        .where(Buyer.edition_id == edition.id, Buyer.open_to_meetings)
        .order_by(NeedRow.buyer_id, NeedRow.position)
    )  # fmt: skip
    if buyers is not None:
        rows = rows.where(NeedRow.buyer_id.in_(buyers))
    elif chapters is not None:
        rows = rows.where(func.left(NeedRow.hs, 2).in_(chapters))
    return list(session.execute(rows))


def _needs(session, edition, asking: dict, rates: Mapping[str, Decimal], rows: list[Any]) -> list[Need]:
    forums = forums_of_buyers(session, edition, {row.buyer_id for row in rows})
    return [need_of(row, asking[row.buyer_id], forums.get(row.buyer_id), rates) for row in rows]


def need_of(row: Any, buyer: Any, forums: frozenset[str] | None, rates: Mapping[str, Decimal]) -> Need:
    """A row as it is compared."""
    unit, times = base_of(row.unit)
    key, low = comparable(row.min_price_minor, row.currency, row.unit, rates)
    return Need(
        id=row.id,
        buyer=row.buyer_id,
        hs=row.hs,
        texts=tuple(found for text in row.text.values() if (found := stems(text))),
        quantity=float(row.quantity * times),
        unit=unit,
        min_price=low,
        max_price=comparable(row.max_price_minor, row.currency, row.unit, rates)[1],
        price_key=key,
        incoterm=row.incoterm,
        certificates=frozenset(map(certificate, (*row.certificates, *buyer.certificates))),
        countries=frozenset(row.countries),
        languages=frozenset(buyer.languages),
        country=buyer.country,
        forums=forums,
    )


def _offers(
    session: Session,
    edition: Edition,
    selling: dict,
    rates: Mapping[str, Decimal],
    chapters: Collection[str] | None,
    exhibitors: Collection[int] | None,
) -> list[Offer]:
    rows = (
        select(
            Product.id, Product.exhibitor_id, Product.hs, cast(Product.name, String).label("name"),
            Product.origin, Product.quantity, Product.unit, Product.price_minor, Product.currency,
            Product.incoterm, Product.certificates,
        )
        .where(Product.edition_id == edition.id)
        .order_by(Product.exhibitor_id, Product.id)
    )  # fmt: skip
    if exhibitors is not None:
        rows = rows.where(Product.exhibitor_id.in_(exhibitors))
    elif chapters is not None:
        rows = rows.where(func.left(Product.hs, 2).in_(chapters))
    found = [row for row in session.execute(rows) if row.exhibitor_id in selling]
    forums = forums_of_exhibitors(session, edition, {row.exhibitor_id for row in found})
    return [
        offer_of(row, _stems_of(row.name), selling[row.exhibitor_id], forums.get(row.exhibitor_id), rates)
        for row in found
    ]


def offer_of(
    row: Any,
    called: frozenset[str],
    seller: Any,
    forums: frozenset[str] | None,
    rates: Mapping[str, Decimal],
) -> Offer:
    """A row as it is compared; `called` are the stems of its names."""
    unit, times = base_of(row.unit)
    key, price = comparable(row.price_minor, row.currency, row.unit, rates)
    return Offer(
        id=row.id,
        exhibitor=row.exhibitor_id,
        hs=row.hs,
        stems=called,
        origin=row.origin,
        quantity=float(row.quantity * times),
        unit=unit,
        price=price,
        price_key=key,
        incoterm=row.incoterm,
        certificates=frozenset(map(certificate, (*row.certificates, *seller.certificates))),
        languages=frozenset(seller.languages),
        markets=frozenset(seller.markets),
        forums=forums,
    )


def _names(session: Session, edition: Edition, chapters: Collection[str] | None) -> list[Offer]:
    """What the products of some chapters are called, in the order of `_offers`."""
    rows = select(Product.hs, cast(Product.name, String)).where(
        Product.edition_id == edition.id,
        func.left(Product.hs, 2).in_(chapters),
        Product.exhibitor_id.in_(open_exhibitors(edition)),
    )
    return _words(session.execute(rows.order_by(Product.exhibitor_id, Product.id)))


def _nomenclature(session: Session, edition: Edition, chapters: Collection[str] | None) -> list[Offer]:
    rows = select(HsCode.code, cast(HsCode.name, String)).where(
        HsCode.edition_id == edition.id, func.length(HsCode.code) == 6
    )
    if chapters is not None:
        rows = rows.where(func.left(HsCode.code, 2).in_(chapters))
    return _words(session.execute(rows.order_by(HsCode.code)))


def _words(rows: Iterable[Any]) -> list[Offer]:
    """(HS code, names as JSON) as what says which words go with which code."""
    return [Offer(0, 0, code, _stems_of(names)) for code, names in rows]


@lru_cache(maxsize=65_536)  # a chapter's names are read again with every list that is made of it
def _stems_of(names: str) -> frozenset[str]:
    return stems_of(json.loads(names))
