"""What was ordered, invoiced, paid, is open and overdue, by kind of line: minor units, tax included."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Invoice, Order, OrderLine
from expo.money import shares
from expo.orders.models import Payment
from expo.orders.services.listing import today
from expo.orders.services.papers import lines_left


class Sums(NamedTuple):
    """Sums of one kind of line, or of all."""

    ordered: int = 0
    invoiced: int = 0
    paid: int = 0
    open: int = 0
    overdue: int = 0

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))


def figures(session: Session, edition: Edition) -> dict[str, Sums]:
    """Kind of line → sums; credit notes are taken off.

    What came for an invoice is parted among its lines by largest remainder, so that kinds add up to it; money
    beyond what is due belongs to no kind.
    """
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    orders = {}
    for order, line in session.execute(
        select(Order, OrderLine)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.edition_id == edition.id, Order.state != "cancelled")
        .order_by(OrderLine.position)
    ):
        orders[order.id] = order
        lines[order.id].append(line)
    papers = session.exec(select(Invoice).where(Invoice.edition_id == edition.id)).all()
    bills = {one.order_id: one for one in papers if one.kind == "invoice"}
    notes: dict[int, list[Invoice]] = defaultdict(list)
    for one in papers:
        if one.credits_id:
            notes[one.credits_id].append(one)
    money = _money(session, edition)
    found: dict[str, Sums] = defaultdict(Sums)
    for order in orders.values():
        bill = bills.get(order.id)
        kept = lines_left(bill, notes[bill.id]).keys() if bill else {one.position for one in lines[order.id]}
        left = [one for one in lines[order.id] if one.position in kept]
        late = bill is not None and bill.due_on is not None and bill.due_on < today(edition)
        for kind, sums in _of_order(left, bill is not None, money.get(bill.id, 0) if bill else 0, late):
            found[kind] = found[kind].plus(sums)
    return dict(found)


def _money(session: Session, edition: Edition) -> dict[int, int]:
    money: dict[int, int] = defaultdict(int)
    for payment in session.exec(
        select(Payment).where(Payment.edition_id == edition.id, Payment.voided_at.is_(None))
    ):
        if payment.invoice_id:
            money[payment.invoice_id] += payment.amount_minor * (1 if payment.kind == "payment" else -1)
    return money


def _of_order(left: list[OrderLine], invoiced: bool, came: int, late: bool) -> Iterable[tuple[str, Sums]]:
    gross = [line.net_minor + line.tax_minor for line in left]
    due = sum(gross)
    parts = shares(min(came, due), gross) if due > 0 else [0] * len(gross)
    for line, minor, paid in zip(left, gross, parts, strict=True):
        still = minor - paid
        yield line.kind, Sums(minor, minor, paid, still, still if late else 0) if invoiced else Sums(minor)


def total(found: Iterable[Sums]) -> Sums:
    """All kinds together."""
    whole = Sums()
    for one in found:
        whole = whole.plus(one)
    return whole
