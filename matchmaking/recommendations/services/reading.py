"""Everything that lists are made from, read in a few queries: who is open to meetings, needs, offers."""

from dataclasses import dataclass, field

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need, Product
from matchmaking.recommendations.score import Need as Wanted
from matchmaking.recommendations.score import Offer


@dataclass
class Market:
    """Needs and offers of those who are open to meetings, under the numbers of their rows."""

    needs: list[Wanted] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    kin: frozenset[tuple[str, str]] = frozenset()


def read_market(session: Session, edition: Edition) -> Market:
    """The market of an edition. Whoever is not open, or not accepted, is not in it."""
    sellers = session.execute(
        select(Exhibitor.id, Exhibitor.organisation_id, ExhibitorProfile.languages, ExhibitorProfile.markets)
        .join(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .where(ExhibitorProfile.open_to_meetings)
    ).all()
    buyers = session.execute(
        select(Buyer.id, Buyer.organisation_id, Buyer.languages, Organisation.country)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(Buyer.edition_id == edition.id, Buyer.open_to_meetings)
    ).all()
    firms = {row.organisation_id: row.id for row in sellers}
    kin = {(str(row.id), str(firms[row.organisation_id])) for row in buyers if row.organisation_id in firms}
    return Market(
        _needs(session, edition, {row.id: row for row in buyers}),
        _offers(session, edition, {row.id: row for row in sellers}),
        frozenset(kin),
    )


def _needs(session: Session, edition: Edition, buyers: dict) -> list[Wanted]:
    rows = session.execute(
        select(
            Need.id, Need.buyer_id, Need.hs, Need.quantity, Need.unit, Need.max_price_minor, Need.currency,
            Need.incoterm, Need.certificates, Need.countries,
        )
        .join(Buyer, Buyer.id == Need.buyer_id)
        .where(Buyer.edition_id == edition.id)
        .order_by(Need.buyer_id, Need.position)
    )  # fmt: skip
    return [
        Wanted(
            code=str(row.id),
            buyer=str(row.buyer_id),
            hs=row.hs,
            quantity=float(row.quantity),
            unit=row.unit,
            max_price_minor=row.max_price_minor,
            currency=row.currency,
            incoterm=row.incoterm,
            certificates=frozenset(row.certificates),
            countries=frozenset(row.countries),
            languages=frozenset(buyers[row.buyer_id].languages),
            country=buyers[row.buyer_id].country,
        )
        for row in rows
        if row.buyer_id in buyers
    ]


def _offers(session: Session, edition: Edition, sellers: dict) -> list[Offer]:
    rows = session.execute(
        select(
            Product.id, Product.exhibitor_id, Product.hs, Product.origin, Product.quantity, Product.unit,
            Product.price_minor, Product.currency, Product.incoterm, Product.certificates,
        )
        .where(Product.edition_id == edition.id)
        .order_by(Product.exhibitor_id, Product.id)
    )  # fmt: skip
    return [
        Offer(
            code=str(row.id),
            supplier=str(row.exhibitor_id),
            hs=row.hs,
            origin=row.origin,
            quantity=float(row.quantity),
            unit=row.unit,
            price_minor=row.price_minor,
            currency=row.currency,
            incoterm=row.incoterm,
            certificates=frozenset(row.certificates),
            languages=frozenset(sellers[row.exhibitor_id].languages),
            markets=frozenset(sellers[row.exhibitor_id].markets),
        )
        for row in rows
        if row.exhibitor_id in sellers
    ]
