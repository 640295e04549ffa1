"""A party's list of whom to meet, each with what the recommendation is founded on."""

from typing import Any, NamedTuple

from sqlalchemy import and_, column, exists, func, table
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need, Product
from matchmaking.recommendations.exposure import LENGTH
from matchmaking.recommendations.models import Dismissal, Exposure, Recommendation
from matchmaking.recommendations.queries import open_buyers, open_exhibitors

# Rooms above this one own these tables. Of noes only one's own are looked at: the other side's stay unknown.
REQUEST = table("meeting_request", column("buyer_id"), column("exhibitor_id"), column("state"))
REFUSAL = table(
    "meeting_refusal", column("buyer_id"), column("exhibitor_id"), column("side"), column("lifted_at")
)
SUPPLIER = {"buyer": "buyer", "exhibitor": "supplier"}


class Item(NamedTuple):
    """A recommendation with both parties and its foundation; `points` were given for an even exposure."""

    found: Recommendation
    need: Need
    product: Product
    buyer: Buyer
    exhibitor: Exhibitor
    profile: ExhibitorProfile
    buyer_firm: Organisation
    exhibitor_firm: Organisation
    points: int


def listed(session: Session, edition: Edition, side: str, party_id: int) -> list[Item]:
    """The list of a buyer or an exhibitor, the best first, without whom it put aside, refused, or has a
    request with already; nobody is on it who does not take part."""
    mine, value = _own_columns(side)
    found = _items(edition, side).where(
        mine == party_id,
        value.is_not(None),
        ~_dismissals(side).exists(),
        ~exists(REQUEST.select().where(_same(REQUEST), REQUEST.c.state.in_(("open", "agreed")))),
        ~exists(
            REFUSAL.select().where(
                _same(REFUSAL), REFUSAL.c.side == SUPPLIER[side], REFUSAL.c.lifted_at.is_(None)
            )
        ),
    )
    rows = session.execute(found.order_by(value.desc(), Recommendation.score.desc(), *_ids()).limit(LENGTH))
    return [Item(*row) for row in rows]


def between(session: Session, edition: Edition, side: str, party_id: int, other_id: int) -> Item | None:
    """The recommendation of one other party to this one, where it is among its best."""
    mine, value = _own_columns(side)
    theirs = Recommendation.exhibitor_id if side == "buyer" else Recommendation.buyer_id
    found = _items(edition, side).where(mine == party_id, theirs == other_id, value.is_not(None))
    row = session.execute(found).first()
    return Item(*row) if row else None


def dismissed(session: Session, edition: Edition, side: str, party_id: int) -> list[Item]:
    """Whom a party put aside, the last first."""
    mine, _value = _own_columns(side)
    found = _items(edition, side).join(
        Dismissal,
        and_(
            Dismissal.by == side,
            Dismissal.buyer_id == Recommendation.buyer_id,
            Dismissal.exhibitor_id == Recommendation.exhibitor_id,
        ),
    )
    rows = session.execute(found.where(mine == party_id).order_by(Dismissal.at.desc()).limit(LENGTH))
    return [Item(*row) for row in rows]


def _own_columns(side: str) -> tuple[Any, Any]:
    if side == "buyer":
        return Recommendation.buyer_id, Recommendation.buyer_value
    return Recommendation.exhibitor_id, Recommendation.exhibitor_value


def _ids() -> tuple[Any, Any]:
    return Recommendation.buyer_id, Recommendation.exhibitor_id


def _same(other: Any) -> Any:
    return and_(
        other.c.buyer_id == Recommendation.buyer_id, other.c.exhibitor_id == Recommendation.exhibitor_id
    )


def _dismissals(side: str) -> Any:
    return select(Dismissal.by).where(
        Dismissal.by == side,
        Dismissal.buyer_id == Recommendation.buyer_id,
        Dismissal.exhibitor_id == Recommendation.exhibitor_id,
    )


def _items(edition: Edition, side: str) -> Any:
    seller = aliased(Organisation)
    shown = Exposure.exhibitor_id if side == "buyer" else Exposure.buyer_id
    theirs = Recommendation.exhibitor_id if side == "buyer" else Recommendation.buyer_id
    return (
        select(
            Recommendation, Need, Product, Buyer, Exhibitor, ExhibitorProfile, Organisation, seller,
            func.coalesce(Exposure.points, 0),
        )
        .join(Need, Need.id == Recommendation.need_id)
        .join(Product, Product.id == Recommendation.product_id)
        .join(Buyer, Buyer.id == Recommendation.buyer_id)
        .join(Exhibitor, Exhibitor.id == Recommendation.exhibitor_id)
        .join(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(Exposure, shown == theirs)
        .where(
            Recommendation.edition_id == edition.id,
            Recommendation.exhibitor_id.in_(open_exhibitors(edition)),
            Recommendation.buyer_id.in_(open_buyers(edition)),
        )
    )  # fmt: skip
