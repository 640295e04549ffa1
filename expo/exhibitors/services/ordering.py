"""Orders and invoices: placed from a quote, numbered without holes, frozen when issued."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import stages
from expo.exhibitors.models import Exhibitor, Invoice, Order, OrderLine, Organisation
from expo.exhibitors.pricing import Quote
from expo.exhibitors.services.numbering import hold, next_number, take_turn
from expo.spreadsheets import plain_number
from expo.words import say

PAGE = 50


def place_order(session: Session, exhibitor: Exhibitor, quote: Quote) -> Order:
    """Write a quote down as the exhibitor's one live order."""
    take_turn(session, exhibitor.edition_id)
    if live_order(session, exhibitor):
        raise Refused(say("There is an order already. It has to be cancelled before another one is placed."))
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can order."))
    if not quote.lines:
        raise Refused(say("There is nothing to order: no prices are set, or no stand was given."))
    order = Order(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        number=next_number(session, Order, exhibitor.edition_id),
        currency=quote.currency,
        net_minor=quote.net_minor,
        tax_minor=quote.tax_minor,
        total_minor=quote.total_minor,
    )
    session.add(order)
    session.flush()
    session.add_all(
        OrderLine(order_id=order.id, position=position, **vars(line))
        for position, line in enumerate(quote.lines, 1)
    )
    session.flush()
    return order


def live_order(session: Session, exhibitor: Exhibitor) -> Order | None:
    """The exhibitor's order that is not cancelled."""
    return session.exec(
        select(Order).where(Order.exhibitor_id == exhibitor.id, Order.state != "cancelled")
    ).one_or_none()


def lines(session: Session, order: Order) -> Sequence[OrderLine]:
    """The order's lines in order."""
    return session.exec(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    ).all()


def issue_invoice(session: Session, order: Order) -> Invoice:
    """Give the order the edition's next invoice number and freeze what the invoice says."""
    number = next_number(session, Invoice, order.edition_id)
    _move(session, order, "invoiced")
    issued = now()
    invoice = Invoice(
        edition_id=order.edition_id,
        order_id=order.id,
        number=number,
        issued_at=issued,
        currency=order.currency,
        total_minor=order.total_minor,
        snapshot=_snapshot(session, order),
    )
    session.add(invoice)
    session.flush()
    return invoice


def _snapshot(session: Session, order: Order) -> dict[str, Any]:
    """All that the paper shows, as plain JSON; later changes of names do not reach it."""
    edition = session.get_one(Edition, order.edition_id)
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    return {
        "order": order.number,
        "seller": {"name": edition.name, "venue": edition.venue_name, "city": edition.city,
                   "country": edition.country},
        "buyer": {"code": exhibitor.code, "name": organisation.name, "city": organisation.city,
                  "country": organisation.country, "contact": exhibitor.contact_name},
        "held": [edition.starts_on.isoformat(), edition.ends_on.isoformat()],
        "lines": [
            {"text": line.text, "quantity": plain_number(line.quantity), "unit": line.unit,
             "unit_price_minor": line.unit_price_minor, "net_minor": line.net_minor, "tax_bp": line.tax_bp,
             "tax_minor": line.tax_minor}
            for line in lines(session, order)
        ],
        "net_minor": order.net_minor,
        "tax_minor": order.tax_minor,
        "total_minor": order.total_minor,
    }  # fmt: skip


def invoice_of(session: Session, order: Order) -> Invoice | None:
    """The invoice of an order."""
    return session.exec(select(Invoice).where(Invoice.order_id == order.id)).one_or_none()


def invoices_of(session: Session, exhibitor: Exhibitor) -> Sequence[Any]:
    """The exhibitor's invoices, the latest first, with the state of their orders: (invoice, state)."""
    return session.execute(
        select(Invoice, Order.state)
        .join(Order, Order.id == Invoice.order_id)
        .where(Order.exhibitor_id == exhibitor.id)
        .order_by(Invoice.number.desc())
    ).all()


def invoice_by_number(session: Session, edition_id: int, number: int) -> Invoice | None:
    """The edition's invoice of that number."""
    return session.exec(
        select(Invoice).where(Invoice.edition_id == edition_id, Invoice.number == number)
    ).one_or_none()


def order_by_number(session: Session, edition_id: int, number: int) -> Order | None:
    """The edition's order of that number."""
    return session.exec(
        select(Order).where(Order.edition_id == edition_id, Order.number == number)
    ).one_or_none()


def mark_paid(session: Session, order: Order) -> None:
    """The money has come. The day counts among equals in points, so the first one stays."""
    _move(session, order, "paid")
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    exhibitor.paid_on = exhibitor.paid_on or now().date()
    session.add(exhibitor)
    session.flush()


def cancel(session: Session, order: Order) -> None:
    """Cancel an order. Its invoice keeps its number and says that it was cancelled."""
    _move(session, order, "cancelled")


def _move(session: Session, order: Order, wanted: str) -> None:
    hold(session, order)
    if wanted not in stages.ORDER_NEXT[order.state]:
        raise Refused(
            say("This is not possible: the order is now “%(state)s”.", state=stages.ORDER_NAMES[order.state])
        )
    order.state = wanted
    session.add(order)
    session.flush()


def orders(session: Session, edition_id: int, state: str = "", page: int = 1) -> Sequence[Any]:
    """One page of orders, the latest first, with their exhibitors and invoice numbers."""
    query = (
        select(
            Order.number, Order.state, Order.currency, Order.net_minor, Order.tax_minor, Order.total_minor,
            Order.created_at, Exhibitor.code, Organisation.name, Invoice.number.label("invoice"),
        )
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Invoice, Invoice.order_id == Order.id)
        .where(Order.edition_id == edition_id)
        .order_by(Order.number.desc())
    )  # fmt: skip
    query = query.where(Order.state == state) if state else query
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def order_sums(session: Session, edition_id: int) -> dict[str, tuple[int, int]]:
    """State → how many orders and what they come to, in minor units of the edition's currency."""
    rows = session.execute(
        select(Order.state, func.count(), func.sum(Order.total_minor))
        .where(Order.edition_id == edition_id)
        .group_by(Order.state)
    )
    return {state: (number, int(total)) for state, number, total in rows}
