"""Invoices and credit notes: numbered without holes, frozen when issued, corrected by a further paper."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.exhibitors.services.numbering import hold, take_turn
from expo.orders.models import Payment
from expo.orders.references import reference
from expo.orders.services import papers
from expo.orders.services.listing import list_of
from expo.orders.services.ordering import move, place_order, quote_of
from expo.orders.services.settling import money_on, settle
from expo.words import say


def _next(session: Session, edition_id: int, kind: str) -> int:
    take_turn(session, edition_id)
    rows = select(Invoice.number).where(Invoice.edition_id == edition_id, Invoice.kind == kind)
    return (session.exec(rows.order_by(Invoice.number.desc()).limit(1)).first() or 0) + 1


def issue_invoice(session: Session, order: Order, at: datetime | None = None) -> Invoice:
    """Give the order the edition's next invoice number and freeze what the invoice says.

    `at`: when it was issued (now), for an edition whose books begin in the middle.
    """
    at = at or now()
    number = _next(session, order.edition_id, "invoice")
    move(session, order, "invoiced", ("open",))
    edition = session.get_one(Edition, order.edition_id)
    issued_on = at.astimezone(edition.zone_info).date()
    due = issued_on + timedelta(days=list_of(session, edition).due_days)
    quoted = reference(order.edition_id, number)
    invoice = Invoice(
        edition_id=order.edition_id,
        order_id=order.id,
        number=number,
        issued_at=at,
        due_on=due,
        reference=quoted,
        currency=order.currency,
        total_minor=order.total_minor,
        snapshot=papers.invoice_snapshot(session, order, due, quoted),
    )
    session.add(invoice)
    session.flush()
    settle(session, order, invoice)
    return invoice


def credit(
    session: Session, invoice: Invoice, reason: str, positions: Collection[int] | None = None
) -> Invoice:
    """A credit note for lines of an invoice (by position), or for all that is left of it.

    When nothing is left of the invoice its order is cancelled. Money that came stays with the exhibitor.
    """
    if not reason.strip():
        raise Refused(say("Say why the invoice is taken back: the credit note names the reason."))
    take_turn(session, invoice.edition_id)
    order = session.get_one(Order, invoice.order_id)
    hold(session, order)
    left = papers.lines_left(invoice, credit_notes(session, invoice))
    chosen = {at: line for at, line in left.items() if positions is None or at in positions}
    if invoice.kind != "invoice" or order.state not in ("invoiced", "paid") or not chosen:
        raise Refused(say("There is nothing left of this invoice to take back."))
    total = sum(line["net_minor"] + line["tax_minor"] for line in chosen.values())
    if total < 0:
        raise Refused(say("These lines come to less than nothing. Take back what they belong to as well."))
    note = Invoice(
        edition_id=invoice.edition_id,
        order_id=order.id,
        kind="credit_note",
        credits_id=invoice.id,
        number=_next(session, invoice.edition_id, "credit_note"),
        issued_at=now(),
        currency=invoice.currency,
        total_minor=total,
        snapshot=papers.credit_snapshot(invoice, chosen, reason.strip()),
    )
    session.add(note)
    session.flush()
    settle(session, order, invoice)
    return note


def cancel(session: Session, order: Order, reason: str = "") -> None:
    """Cancel an order. An invoice it has is taken back by a credit note and keeps its number."""
    hold(session, order)
    invoice = invoice_of(session, order)
    if order.state == "invoiced" and invoice:
        credit(session, invoice, reason or "The order is cancelled.")
        return
    move(session, order, "cancelled", ("open",))


def correct(session: Session, order: Order, reason: str) -> Invoice | None:
    """Bring an invoiced order of a stand up to the stand as it is now: credit note, new order, new invoice.

    Payments move to the new invoice. Without a stand there is only the credit note (None is returned), and
    what was paid stays to the exhibitor's credit. Refused when nothing has changed.
    """
    take_turn(session, order.edition_id)
    hold(session, order)
    invoice = invoice_of(session, order)
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    if invoice is None or order.kind != "stand" or order.state == "cancelled":
        raise Refused(say("Only the invoiced order of a stand can be corrected."))
    edition = session.get_one(Edition, order.edition_id)
    asked = quote_of(session, edition, exhibitor, order.ordered_on)
    if (asked.net_minor, asked.tax_minor) == (order.net_minor, order.tax_minor):
        raise Refused(say("Nothing to correct: the stand costs what the invoice says."))
    money = session.exec(
        select(Payment).where(Payment.invoice_id == invoice.id, Payment.voided_at.is_(None))
    ).all()
    credit(session, invoice, reason)
    if not asked.lines:
        return None
    fresh = place_order(session, exhibitor, asked, on=order.ordered_on)
    issued = issue_invoice(session, fresh)
    for payment in money:
        payment.invoice_id = issued.id
        session.add(payment)
    session.flush()
    settle(session, fresh, issued)
    return issued


def invoice_of(session: Session, order: Order) -> Invoice | None:
    """The invoice of an order."""
    return session.exec(
        select(Invoice).where(Invoice.order_id == order.id, Invoice.kind == "invoice")
    ).one_or_none()


def credit_notes(session: Session, invoice: Invoice) -> Sequence[Invoice]:
    """The credit notes of an invoice, the first one first."""
    return session.exec(
        select(Invoice).where(Invoice.credits_id == invoice.id).order_by(Invoice.number)
    ).all()


def invoices_of(session: Session, exhibitor: Exhibitor) -> Sequence[Any]:
    """The exhibitor's invoices and credit notes, the latest first, with their orders' states."""
    return session.execute(
        select(Invoice, Order.state)
        .join(Order, Order.id == Invoice.order_id)
        .where(Order.exhibitor_id == exhibitor.id)
        .order_by(Invoice.issued_at.desc(), Invoice.id.desc())
    ).all()


def papers_of(session: Session, edition_id: int) -> Sequence[Invoice]:
    """All invoices by number, then the credit notes."""
    return session.exec(
        select(Invoice).where(Invoice.edition_id == edition_id).order_by(Invoice.kind.desc(), Invoice.number)
    ).all()


def invoice_by_number(
    session: Session, edition_id: int, number: int, kind: str = "invoice"
) -> Invoice | None:
    """The edition's invoice (or credit note) of that number."""
    return session.exec(
        select(Invoice).where(
            Invoice.edition_id == edition_id, Invoice.kind == kind, Invoice.number == number
        )
    ).one_or_none()


def open_minor(session: Session, invoice: Invoice) -> int:
    """What is still due of an invoice; negative when more came than was due."""
    paid, back = money_on(session, invoice)
    return invoice.total_minor - back - paid


def open_orders(session: Session, edition_id: int) -> Sequence[Order]:
    """Orders that wait for their invoice, the oldest first."""
    return session.exec(
        select(Order).where(Order.edition_id == edition_id, Order.state == "open").order_by(Order.number)
    ).all()


def order_now(session: Session, edition: Edition, exhibitor: Exhibitor, seen_minor: int) -> Invoice:
    """Order the place one has and get the invoice for it; refused if it no longer costs what was seen."""
    take_turn(session, edition.id)  # before looking: allocations are published under the same lock
    asked = quote_of(session, edition, exhibitor)
    if asked.total_minor != seen_minor:
        raise Refused(say("Your stand or its price has changed meanwhile. Look at the new order first."))
    order = place_order(session, exhibitor, asked)
    return issue_invoice(session, order)
