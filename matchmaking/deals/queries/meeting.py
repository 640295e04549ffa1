"""The meeting that a deal came of, and what is known of the deal because of it."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.money import to_major
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.meetings.models import Meeting

TAKES_PLACE = ("held", "planned")


class Met(NamedTuple):
    """A meeting as a deal begins with it: the codes of both, its day at the venue, the goods it was about
    (None where nobody said), with the buyer's quantity and the seller's price."""

    id: int
    seller: str
    buyer: str
    on: date
    product: Product | None
    quantity: Decimal
    unit: str

    @property
    def price(self) -> Decimal | None:
        """What one unit costs in major units, where the seller names a price for the unit wanted."""
        one = self.product
        if one is None or not one.price_minor or one.unit != self.unit:
            return None
        return to_major(one.price_minor, one.currency)


def meeting(
    session: Session, edition: Edition, number: int, own: Collection[int] | None = None
) -> Met | None:
    """The meeting of that number, if it takes place and (own: organisations) one's own sit in it."""
    query = (
        select(Meeting, Exhibitor.code, Buyer.code, Product, Need.quantity, Need.unit)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .outerjoin(
            Product, (Product.edition_id == Meeting.edition_id) & (Product.code == Meeting.product_code)
        )
        .outerjoin(Need, (Need.buyer_id == Buyer.id) & (Need.position == Meeting.need_position))
        .where(Meeting.id == number, Meeting.edition_id == edition.id, Meeting.state.in_(TAKES_PLACE))
    )
    if own is not None:
        query = query.where(Exhibitor.organisation_id.in_(own) | Buyer.organisation_id.in_(own))
    row = session.execute(query).first() if 0 < number < 2**31 else None
    if row is None:
        return None
    found, seller, buyer, product, quantity, unit = row
    day = found.starts_at.astimezone(edition.zone_info).date()
    return Met(found.id, seller, buyer, day, product, quantity or Decimal(0), unit or "")


def meeting_between(session: Session, seller_id: int, buyer_id: int, number: int = 0) -> int | None:
    """The meeting of the two that a deal came of: the one of that number if it is theirs, else one that was
    held, the last one first; None if they had none."""
    rows: Any = session.execute(
        select(Meeting.id)
        .where(
            Meeting.exhibitor_id == seller_id,
            Meeting.buyer_id == buyer_id,
            Meeting.state.in_(TAKES_PLACE),
        )
        .order_by((Meeting.id == number).desc(), Meeting.state, Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return rows.scalar()
