"""Payments and refunds: recorded, matched with invoices, voided; never changed and never deleted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order, Organisation
from expo.exhibitors.services.numbering import hold, take_turn
from expo.orders.models import Payment
from expo.orders.services.invoicing import invoice_of, open_minor
from expo.orders.services.listing import today
from expo.orders.services.settling import SIGNED, settle
from expo.words import say

PAGE = 50
LARGEST_MINOR = 10**15


def record(
    session: Session,
    exhibitor: Exhibitor,
    amount_minor: int,
    paid_on: date,
    invoice: Invoice | None = None,
    *,
    refund: bool = False,
    **more: Any,
) -> Payment:
    """Money that came from an exhibitor, or that went back; more: reference, payer, note, bank_key.

    More than is due is fine: it stands to the exhibitor's credit. A refund needs money that came.
    """
    take_turn(session, exhibitor.edition_id)
    edition = session.get_one(Edition, exhibitor.edition_id)
    if not 0 < amount_minor < LARGEST_MINOR:
        raise Refused(say("Type an amount above zero."))
    if paid_on > today(edition):
        raise Refused(say("That day is still to come. Record money when it is there."))
    if invoice and not _is_of(session, invoice, exhibitor):
        raise Refused(say("This is not an invoice of that exhibitor."))
    if refund:
        _refuse_refund(session, exhibitor, amount_minor, invoice)
    payment = Payment(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        invoice_id=invoice.id if invoice else None,
        kind="refund" if refund else "payment",
        amount_minor=amount_minor,
        currency=edition.currency,
        paid_on=paid_on,
        **more,
    )
    session.add(payment)
    session.flush()
    _settle(session, invoice)
    return payment


def _is_of(session: Session, invoice: Invoice, exhibitor: Exhibitor) -> bool:
    order = session.get_one(Order, invoice.order_id)
    return invoice.kind == "invoice" and order.exhibitor_id == exhibitor.id


def _refuse_refund(session: Session, exhibitor: Exhibitor, minor: int, invoice: Invoice | None) -> None:
    if minor > _money(session, exhibitor.id, invoice.id if invoice else None):
        raise Refused(say("More would go back than ever came."))


def _money(session: Session, exhibitor_id: int, invoice_id: int | None) -> int:
    """What came from an exhibitor for an invoice (None: for none), less what went back."""
    return session.exec(
        select(func.coalesce(func.sum(SIGNED), 0)).where(
            Payment.exhibitor_id == exhibitor_id, Payment.voided_at.is_(None),
            Payment.invoice_id.is_not_distinct_from(invoice_id),
        )
    ).one()  # fmt: skip


def _refuse_debt(session: Session, exhibitor_id: int | None, *invoice_ids: int | None) -> None:
    """Money that was given back cannot be taken from under its refund."""
    if exhibitor_id and any(_money(session, exhibitor_id, one) < 0 for one in invoice_ids):
        raise Refused(say("More would have gone back than ever came. Void the refund first."))


def _settle(session: Session, invoice: Invoice | None) -> None:
    order = session.get_one(Order, invoice.order_id) if invoice else None
    if invoice and order:
        hold(session, order)
        if order.state in ("invoiced", "paid"):
            settle(session, order, invoice)


def mark_paid(session: Session, order: Order, paid_on: date | None = None) -> Payment:
    """The rest of an order's invoice has come, today or on another day."""
    hold(session, order)
    invoice = invoice_of(session, order)
    if order.state != "invoiced" or invoice is None:
        raise Refused(say("This is not possible: only an invoiced order that is open can be paid."))
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    day = paid_on or today(session.get_one(Edition, order.edition_id))
    return record(session, exhibitor, open_minor(session, invoice), day, invoice, reference=invoice.reference)


def assign(session: Session, payment: Payment, invoice: Invoice) -> None:
    """Name the invoice that a payment is for; it leaves the one it was named for before."""
    take_turn(session, payment.edition_id)
    hold(session, payment)
    if payment.voided_at:
        raise Refused(say("This payment was voided."))
    order = session.get_one(Order, invoice.order_id)
    if invoice.edition_id != payment.edition_id or invoice.kind != "invoice":
        raise Refused(say("This is not an invoice of this edition."))
    if payment.exhibitor_id not in (None, order.exhibitor_id):
        raise Refused(say("The payment is another exhibitor's. Void it and record it anew if that is wrong."))
    former = session.get(Invoice, payment.invoice_id) if payment.invoice_id else None
    payment.exhibitor_id, payment.invoice_id = order.exhibitor_id, invoice.id
    session.add(payment)
    session.flush()
    _refuse_debt(session, order.exhibitor_id, former.id if former else None, invoice.id)
    _settle(session, former)
    _settle(session, invoice)


def void(session: Session, payment: Payment, reason: str) -> None:
    """Take back a payment that was recorded in error."""
    take_turn(session, payment.edition_id)
    hold(session, payment)
    if payment.voided_at:
        raise Refused(say("This payment was voided."))
    if not reason.strip():
        raise Refused(say("Say what was wrong with it."))
    payment.voided_at, payment.void_reason = now(), reason.strip()
    session.add(payment)
    session.flush()
    _refuse_debt(session, payment.exhibitor_id, payment.invoice_id)
    _settle(session, session.get(Invoice, payment.invoice_id) if payment.invoice_id else None)


def payment_of(session: Session, edition_id: int, payment_id: int) -> Payment | None:
    """The edition's payment of that id."""
    return session.exec(
        select(Payment).where(Payment.id == payment_id, Payment.edition_id == edition_id)
    ).one_or_none()


def payments_of(session: Session, exhibitor: Exhibitor) -> Sequence[Payment]:
    """The exhibitor's payments and refunds, the latest first."""
    return session.exec(
        select(Payment)
        .where(Payment.exhibitor_id == exhibitor.id)
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
    ).all()


def payments(session: Session, edition_id: int, *, loose: bool = False, page: int = 1) -> Sequence[Any]:
    """One page of payments, the latest first; `loose`: only those that no invoice is named for."""
    query = (
        select(
            Payment.id, Payment.kind, Payment.amount_minor, Payment.currency, Payment.paid_on,
            Payment.reference, Payment.payer, Payment.voided_at, Exhibitor.code, Organisation.name,
            Invoice.number.label("invoice"), Order.number.label("order"),
        )
        .outerjoin(Exhibitor, Exhibitor.id == Payment.exhibitor_id)
        .outerjoin(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Invoice, Invoice.id == Payment.invoice_id)
        .outerjoin(Order, Order.id == Invoice.order_id)
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
    )  # fmt: skip
    query = _chosen(query, edition_id, loose)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def _chosen(query: Any, edition_id: int, loose: bool) -> Any:
    query = query.where(Payment.edition_id == edition_id)
    return query.where(Payment.invoice_id.is_(None), Payment.voided_at.is_(None)) if loose else query


def payment_count(session: Session, edition_id: int, *, loose: bool = False) -> int:
    """How many there are."""
    return session.exec(_chosen(select(func.count(Payment.id)), edition_id, loose)).one()
