"""What is still open of an invoice, and the state of its order that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, select

from expo.clock import now
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.exhibitors.services.numbering import hold
from expo.orders.models import Payment

SIGNED = case((Payment.kind == "payment", Payment.amount_minor), else_=-Payment.amount_minor)


@dataclass(frozen=True)
class Account:
    """Sums in minor units: what was invoiced, taken back by credit notes, and paid (refunds taken off).

    `loose` is money that no invoice is named for; it counts as paid.
    """

    invoiced: int = 0
    credited: int = 0
    paid: int = 0
    loose: int = 0

    @property
    def open(self) -> int:
        """What is still due; negative when more was paid than is due."""
        return self.invoiced - self.credited - self.paid


def money_on(session: Session, invoice: Invoice) -> tuple[int, int]:
    """(money that came for an invoice, what credit notes took back of it) in minor units."""
    paid = session.exec(
        select(func.coalesce(func.sum(SIGNED), 0)).where(
            Payment.invoice_id == invoice.id, Payment.voided_at.is_(None)
        )
    ).one()
    back = session.exec(
        select(func.coalesce(func.sum(Invoice.total_minor), 0)).where(Invoice.credits_id == invoice.id)
    ).one()
    return int(paid), int(back)


def settle(session: Session, order: Order, invoice: Invoice) -> None:
    """Give an invoiced order the state that its payments and credit notes make; the database checks the same.

    The day a stand is paid counts among equals in points, so the first one stays.
    """
    hold(session, order)
    paid, back = money_on(session, invoice)
    if back and back == invoice.total_minor:
        order.state = "cancelled"
    else:
        order.state = "paid" if paid + back >= invoice.total_minor else "invoiced"
    session.add(order)
    if order.state == "paid" and order.kind == "stand":
        exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
        exhibitor.paid_on = exhibitor.paid_on or _paid_on(session, invoice) or now().date()
        session.add(exhibitor)
    session.flush()


def _paid_on(session: Session, invoice: Invoice) -> Any:
    return session.exec(
        select(func.max(Payment.paid_on)).where(
            Payment.invoice_id == invoice.id, Payment.kind == "payment", Payment.voided_at.is_(None)
        )
    ).one()


def account_of(session: Session, exhibitor: Exhibitor) -> Account:
    """The exhibitor's account. Invoices of orders cancelled before credit notes existed count for nothing."""
    return accounts_of(session, [exhibitor.id]).get(exhibitor.id, Account())


def accounts_of(session: Session, exhibitor_ids: Sequence[int]) -> dict[int, Account]:
    """The accounts of several exhibitors, in two questions."""
    credited = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None))
    void = (Order.state == "cancelled") & Invoice.id.not_in(credited) & (Invoice.kind == "invoice")
    of_kind = {
        kind: func.coalesce(func.sum(Invoice.total_minor).filter(Invoice.kind == kind, ~void), 0)
        for kind in ("invoice", "credit_note")
    }
    bills = session.execute(
        select(Order.exhibitor_id, of_kind["invoice"], of_kind["credit_note"])
        .join(Invoice, Invoice.order_id == Order.id)
        .where(Order.exhibitor_id.in_(exhibitor_ids))
        .group_by(Order.exhibitor_id)
    ).all()
    money = session.execute(
        select(
            Payment.exhibitor_id, func.sum(SIGNED),
            func.coalesce(func.sum(SIGNED).filter(Payment.invoice_id.is_(None)), 0),
        )
        .where(Payment.exhibitor_id.in_(exhibitor_ids), Payment.voided_at.is_(None))
        .group_by(Payment.exhibitor_id)
    ).all()  # fmt: skip
    paid = {row[0]: (int(row[1]), int(row[2])) for row in money}
    billed = {row[0]: (int(row[1]), int(row[2])) for row in bills}
    return {
        one: Account(*billed.get(one, (0, 0)), *paid.get(one, (0, 0))) for one in billed.keys() | paid.keys()
    }
