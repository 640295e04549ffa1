"""Everything that lists are made from, read in a few queries: who is open to meetings, needs, offers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor, Organisation
from expo.money import exponent
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, HsCode, Product
from matchmaking.catalogue.models import Need as NeedRow
from matchmaking.recommendations.fit import Need, Offer
from matchmaking.recommendations.measures import base_of, comparable
from matchmaking.recommendations.services.following import forums_of_buyers, forums_of_exhibitors
from matchmaking.recommendations.services.trading import trade_of
from matchmaking.recommendations.trade import Trade
from matchmaking.recommendations.words import stems


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
    asking, selling = _buyers(session, edition), _exhibitors(session, edition)
    rates = rates_of(session, edition)
    need_rows = _need_rows(session, edition, asking, buyers)
    chapters = None if buyers is None else {row.hs[:2] for row in need_rows}
    if exhibitors is not None:
        chapters = set(
            session.exec(select(func.left(Product.hs, 2)).where(Product.exhibitor_id.in_(exhibitors)))
        )
    offers = _offers(session, edition, selling, rates, chapters)
    if exhibitors is not None:
        need_rows = [row for row in need_rows if row.hs[:2] in chapters]
    needs = _needs(session, edition, asking, rates, need_rows)
    firms = {row.organisation_id: row.id for row in selling.values()}
    kin = {(b.id, firms[b.organisation_id]) for b in asking.values() if b.organisation_id in firms}
    return Market(
        needs,
        offers if exhibitors is None else [one for one in offers if one.exhibitor in set(exhibitors)],
        offers + _nomenclature(session, edition, chapters),
        trade_of(session, edition),
        frozenset(kin),
    )


def rates_of(session: Session, edition: Edition) -> dict[str, Decimal]:
    """Currency → minor units of the edition's currency for one of its own, by the latest rate."""
    rows = session.execute(
        select(Rate.currency, Rate.rate).where(Rate.edition_id == edition.id).order_by(Rate.on_date)
    )
    home = exponent(edition.currency)
    found = {currency: rate.scaleb(home - exponent(currency)) for currency, rate in rows}
    return found | {edition.currency: Decimal(1)}


def _buyers(session: Session, edition: Edition) -> dict[int, Any]:
    rows = session.execute(
        select(Buyer.id, Buyer.organisation_id, Buyer.languages, Buyer.certificates, Organisation.country)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(Buyer.edition_id == edition.id, Buyer.open_to_meetings)
    )
    return {row.id: row for row in rows}


def _exhibitors(session: Session, edition: Edition) -> dict[int, Any]:
    profile = ExhibitorProfile
    rows = session.execute(
        select(
            Exhibitor.id, Exhibitor.organisation_id, profile.languages, profile.markets, profile.certificates
        )
        .join(profile, profile.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted", profile.open_to_meetings)
    )
    return {row.id: row for row in rows}


def _need_rows(session: Session, edition: Edition, asking: dict, buyers: Collection[int] | None) -> list[Any]:
    rows = (
        select(
            NeedRow.id, NeedRow.buyer_id, NeedRow.hs, NeedRow.text, NeedRow.quantity, NeedRow.unit,
            NeedRow.min_price_minor, NeedRow.max_price_minor, NeedRow.currency, NeedRow.incoterm,
            NeedRow.certificates, NeedRow.countries,
        )
        .join(Buyer, Buyer.id == NeedRow.buyer_id)
        .where(Buyer.edition_id == edition.id)
        .order_by(NeedRow.buyer_id, NeedRow.position)
    )  # fmt: skip
    if buyers is not None:
        rows = rows.where(NeedRow.buyer_id.in_(buyers))
    return [row for row in session.execute(rows) if row.buyer_id in asking]


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


def certificate(name: str) -> str:
    """A certificate as it is compared: "ISO 22000" and "iso-22000" are one."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _offers(session, edition, selling: dict, rates, chapters: Collection[str] | None) -> list[Offer]:
    rows = (
        select(
            Product.id, Product.exhibitor_id, Product.hs, Product.name, Product.origin, Product.quantity,
            Product.unit, Product.price_minor, Product.currency, Product.incoterm, Product.certificates,
        )
        .where(Product.edition_id == edition.id)
        .order_by(Product.exhibitor_id, Product.id)
    )  # fmt: skip
    if chapters is not None:
        rows = rows.where(func.left(Product.hs, 2).in_(chapters))
    found = [row for row in session.execute(rows) if row.exhibitor_id in selling]
    forums = forums_of_exhibitors(session, edition, {row.exhibitor_id for row in found})
    return [offer_of(row, selling[row.exhibitor_id], forums.get(row.exhibitor_id), rates) for row in found]


def offer_of(row: Any, seller: Any, forums: frozenset[str] | None, rates: Mapping[str, Decimal]) -> Offer:
    """A row as it is compared."""
    unit, times = base_of(row.unit)
    key, price = comparable(row.price_minor, row.currency, row.unit, rates)
    return Offer(
        id=row.id,
        exhibitor=row.exhibitor_id,
        hs=row.hs,
        stems=frozenset().union(*map(stems, row.name.values())),
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


def _nomenclature(session: Session, edition: Edition, chapters: Collection[str] | None) -> list[Offer]:
    rows = select(HsCode.code, HsCode.name).where(
        HsCode.edition_id == edition.id, func.length(HsCode.code) == 6
    )
    if chapters is not None:
        rows = rows.where(func.left(HsCode.code, 2).in_(chapters))
    return [
        Offer(0, 0, code, frozenset().union(*map(stems, name.values())))
        for code, name in session.execute(rows.order_by(HsCode.code))
    ]
