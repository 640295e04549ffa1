"""The figures of an edition that the summary of the main job states."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, distinct, func
from sqlmodel import Session, SQLModel, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum, Room, Slot, Speaker, Talk
from expo.money import to_major
from expo.registration.models import Person
from expo.venue.models import Hall, Stand, Zone
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.deals.models import Deal
from matchmaking.deals.queries import sums
from matchmaking.meetings.models import Meeting

COUNTED: Mapping[str, type[SQLModel]] = {
    "halls": Hall,
    "zones": Zone,
    "stands": Stand,
    "exhibitors": Exhibitor,
    "products": Product,
    "buyers": Buyer,
    "rooms": Room,
    "speakers": Speaker,
    "talks": Talk,
    "people": Person,
    "stands_given": Allotment,
    "talks_placed": Slot,
    "meetings": Meeting,
    "deals": Deal,
}


def counts(session: Session, edition: Edition) -> dict[str, int]:
    """How many there are of everything, with countries, kinds of products and areas in m²."""
    found = {name: _count(session, model.id, model, edition) for name, model in COUNTED.items()}
    mine = Exhibitor.edition_id == edition.id
    countries = select(func.count(distinct(Organisation.country))).join(Exhibitor).where(mine)
    needs = select(func.count(Need.id)).join(Buyer).where(Buyer.edition_id == edition.id)
    abroad = case((Product.origin != edition.country, Product.kind_key))
    return {
        **found,
        "forums": _count(session, case((Forum.kind == "forum", Forum.id)), Forum, edition),
        "needs": session.exec(needs).one(),
        "countries": session.exec(countries).one(),
        "product_kinds": _count(session, distinct(Product.kind_key), Product, edition),
        "imported_kinds": _count(session, distinct(abroad), Product, edition),
        "gross_m2": edition.gross_m2,
        "zones_gross_m2": session.exec(
            select(func.coalesce(func.sum(Zone.gross_m2), 0)).where(Zone.edition_id == edition.id)
        ).one(),
    }


def _count(session: Session, what: Any, model: type[SQLModel], edition: Edition) -> int:
    return session.exec(select(func.count(what)).where(model.edition_id == edition.id)).one()


def deal_figures(session: Session, edition: Edition) -> dict[str, Any]:
    """Deals by type, and purchases by stage, in the edition's currency (major units as text)."""
    worth = sums(session, edition, "stage")
    by_type = select(Deal.type, func.count(Deal.id)).where(Deal.edition_id == edition.id).group_by(Deal.type)
    return {
        "currency": edition.currency,
        "number": dict(session.exec(by_type).all()),
        "purchases": {one.key: _major(one.minor, edition) for one in worth},
        "purchases_total": _major(sum(one.minor for one in worth), edition),
    }


def _major(minor: int, edition: Edition) -> str:
    return str(to_major(minor, edition.currency))
