"""The till at a stand: sales one by one, and the day's closing that makes one retail deal of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo import money
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.words import say
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services import check_known
from matchmaking.deals.content import Line
from matchmaking.deals.models import Deal, TillClose, TillSale
from matchmaking.deals.sales import Sale, faults
from matchmaking.deals.services.recording import record
from matchmaking.deals.services.telling import NewDeal


def sell(
    session: Session, edition: Edition, exhibitor: Exhibitor, sale: Sale, user_id: int | None = None
) -> tuple[TillSale, bool]:
    """Note a sale; the same key again is the same sale. Answers the sale and whether it is new."""
    for _field, why in faults(sale, edition.starts_on, edition.ends_on):
        raise Refused(why)
    check_known(session, edition, {sale.hs})
    before = session.exec(
        select(TillSale).where(TillSale.exhibitor_id == exhibitor.id, TillSale.key == sale.key)
    ).one_or_none()
    if before:
        return before, False
    row = TillSale(
        edition_id=edition.id, exhibitor_id=exhibitor.id, user_id=user_id,
        amount_minor=money.times(sale.quantity, sale.unit_price_minor), **vars(sale),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        if "till_is_open" in str(error.orig):
            raise Refused(say("The till of this day is closed; no sale can follow.")) from error
        again = select(TillSale).where(TillSale.exhibitor_id == exhibitor.id, TillSale.key == sale.key)
        return session.exec(again).one(), False  # the device sent it twice at once
    return row, True


def void(session: Session, exhibitor: Exhibitor, number: int) -> None:
    """Strike a sale out. Refused once its day is closed."""
    row = session.exec(
        select(TillSale).where(TillSale.id == number, TillSale.exhibitor_id == exhibitor.id)
    ).one_or_none()
    if row is None:
        raise Refused(say("There is no such sale."))
    try:
        with session.begin_nested():
            row.void = True
            session.add(row)
    except IntegrityError as error:
        raise Refused(say("The till of this day is closed; no sale can follow.")) from error


def close(
    session: Session,
    edition: Edition,
    exhibitor: Exhibitor,
    day: date,
    currency: str,
    user_id: int | None = None,
) -> Deal:
    """Close a stand's day: its sales become one retail deal, paid, and no sale can follow."""
    session.execute(text("SELECT pg_advisory_xact_lock(74202, :stand)"), {"stand": exhibitor.id})
    sales = [one for one in sales_of(session, exhibitor, day) if one.currency == currency and not one.void]
    if closed(session, exhibitor, day, currency):
        raise Refused(say("This day is closed already."))
    if not sales:
        raise Refused(say("Nothing was sold on this day."))
    new = NewDeal(
        exhibitor, None, currency, _lines(sales), day, type="retail", stage="paid", origin="stand",
        entered_for=exhibitor.organisation_id,
    )  # fmt: skip
    deal = record(session, edition, new, user_id)
    session.add(
        TillClose(
            edition_id=edition.id, exhibitor_id=exhibitor.id, day=day, currency=currency, sales=len(sales),
            total_minor=deal.total_minor, deal_id=deal.id, user_id=user_id,
        )
    )  # fmt: skip
    session.flush()
    return deal


def _lines(sales: Sequence[TillSale]) -> tuple[Line, ...]:
    """Sales of the same goods at the same price as one line, where the sum is the same to the minor unit."""
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    for sale in sales:
        exact = sale.quantity * sale.unit_price_minor == sale.amount_minor
        key = (sale.hs, sale.text, sale.unit, sale.unit_price_minor, 0 if exact else sale.id)
        found[key] += sale.quantity
    return tuple(
        Line(hs, {"en": words} if words else {}, quantity, unit, price)
        for (hs, words, unit, price, _alone), quantity in sorted(found.items())
    )


def sales_of(session: Session, exhibitor: Exhibitor, day: date) -> Sequence[TillSale]:
    """A stand's sales of a day, the latest first."""
    return session.exec(
        select(TillSale)
        .where(TillSale.exhibitor_id == exhibitor.id, TillSale.day == day)
        .order_by(TillSale.id.desc())
    ).all()


def closed(session: Session, exhibitor: Exhibitor, day: date, currency: str) -> TillClose | None:
    """The closing of a stand's day, if it is closed."""
    return session.exec(
        select(TillClose).where(
            TillClose.exhibitor_id == exhibitor.id, TillClose.day == day, TillClose.currency == currency
        )
    ).one_or_none()


def goods(session: Session, exhibitor: Exhibitor, limit: int = 60) -> Sequence[Product]:
    """A stand's products with a price: the buttons of its till."""
    return session.exec(
        select(Product)
        .where(Product.exhibitor_id == exhibitor.id, Product.price_minor > 0)
        .order_by(Product.code)
        .limit(limit)
    ).all()
