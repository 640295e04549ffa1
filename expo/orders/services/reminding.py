"""Overdue invoices by age, and the reminders about them: of each level one, none while paused."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Invoice, Order, Organisation
from expo.exhibitors.services.numbering import take_turn
from expo.exhibitors.services.reviewing import readers
from expo.orders.models import Billing, Payment, Reminder
from expo.orders.overdue import age_class, level_due
from expo.orders.services.listing import REMINDER_DAYS, list_of, today
from expo.orders.services.settling import SIGNED
from expo.outbox import services as outbox

Write = Callable[["Overdue", str], tuple[str, str]]
"""(what is overdue, language) → subject and body."""


class Overdue(NamedTuple):
    """An overdue invoice; `level` is the reminder to send today (None: none), `reached` the last one sent."""

    invoice_id: int
    number: int
    order: int
    exhibitor_id: int
    code: str
    name: dict[str, str]
    due_on: date
    days: int
    age: str
    total_minor: int
    open_minor: int
    reference: str
    reached: int
    level: int | None
    paused: bool
    pause_reason: str


def open_items(session: Session, edition: Edition) -> Sequence[Any]:
    """Invoiced orders with what is open of each and the reminders sent, the oldest due first."""
    money = (
        select(Payment.invoice_id, func.sum(SIGNED).label("paid"))
        .where(Payment.edition_id == edition.id, Payment.voided_at.is_(None))
        .group_by(Payment.invoice_id)
        .subquery()
    )
    back = (
        select(Invoice.credits_id, func.sum(Invoice.total_minor).label("back"))
        .where(Invoice.edition_id == edition.id)
        .group_by(Invoice.credits_id)
        .subquery()
    )
    sent = (
        select(
            Reminder.invoice_id, func.max(Reminder.level).label("reached"),
            func.max(Reminder.created_at).label("last"),
        )
        .where(Reminder.edition_id == edition.id)
        .group_by(Reminder.invoice_id)
        .subquery()
    )  # fmt: skip
    due = Invoice.total_minor - func.coalesce(money.c.paid, 0) - func.coalesce(back.c.back, 0)
    return session.execute(
        select(
            Invoice.id, Invoice.number, Order.number.label("order"), Exhibitor.id.label("exhibitor_id"),
            Exhibitor.code, Organisation.name, Invoice.due_on, Invoice.total_minor, due.label("open_minor"),
            Invoice.reference, func.coalesce(sent.c.reached, 0).label("reached"), sent.c.last,
            func.coalesce(Billing.paused, False).label("paused"),
            func.coalesce(Billing.pause_reason, "").label("pause_reason"),
        )
        .join(Order, Order.id == Invoice.order_id)
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Billing, Billing.exhibitor_id == Exhibitor.id)
        .outerjoin(money, money.c.invoice_id == Invoice.id)
        .outerjoin(back, back.c.credits_id == Invoice.id)
        .outerjoin(sent, sent.c.invoice_id == Invoice.id)
        .where(Invoice.edition_id == edition.id, Invoice.kind == "invoice", Order.state == "invoiced")
        .order_by(Invoice.due_on, Invoice.number)
    ).all()  # fmt: skip


def overdue(session: Session, edition: Edition, on: date | None = None) -> list[Overdue]:
    """The invoices that are overdue on a day (today by default), the oldest first."""
    day = on or today(edition)
    steps = list_of(session, edition).reminder_days or REMINDER_DAYS
    found = []
    for row in open_items(session, edition):
        if row.due_on is None or row.due_on >= day or row.open_minor <= 0:
            continue
        last = row.last.astimezone(edition.zone_info).date() if row.last else None
        level = None if row.paused else level_due(row.due_on, day, steps, row.reached, last)
        late = (day - row.due_on).days
        found.append(
            Overdue(
                row.id, row.number, row.order, row.exhibitor_id, row.code, row.name, row.due_on, late,
                age_class(late), row.total_minor, int(row.open_minor), row.reference, row.reached, level,
                row.paused, row.pause_reason,
            )
        )  # fmt: skip
    return found


def remind(session: Session, edition: Edition, write: Write) -> tuple[int, int]:
    """Put the reminders that are due into the outbox, where they wait for approval: (written, unreachable).

    Two people at once send none twice: of each level an invoice has one reminder, by the database.
    """
    take_turn(session, edition.id)
    written = unreachable = 0
    for one in overdue(session, edition):
        if one.level is None:
            continue
        exhibitor = session.get_one(Exhibitor, one.exhibitor_id)
        billing = session.exec(select(Billing).where(Billing.exhibitor_id == exhibitor.id)).one_or_none()
        known = readers(session, exhibitor)
        address = (billing.email if billing else "") or (known[0][0] if known else "")
        spoken = (billing.language if billing else "") or (known[0][1] if known else "en")
        if not address:
            unreachable += 1
            continue
        kept = session.execute(
            insert(Reminder)
            .values(edition_id=edition.id, invoice_id=one.invoice_id, level=one.level,
                    open_minor=one.open_minor, language=spoken, created_at=now())
            .on_conflict_do_nothing()
            .returning(Reminder.id)
        ).scalar()  # fmt: skip
        if kept is None:
            continue
        subject, body = write(one, spoken)
        mail = outbox.post(
            session, f"reminder.{one.level}", address, spoken, subject, body,
            edition_id=edition.id, needs_approval=True,
        )  # fmt: skip
        reminder = session.get_one(Reminder, kept)
        reminder.mail_id = mail.id
        session.add(reminder)
        session.flush()
        written += 1
    return written, unreachable


def pause(session: Session, exhibitor: Exhibitor, reason: str) -> None:
    """No reminders to this exhibitor for now; an empty reason lets them go out again."""
    kept = session.exec(select(Billing).where(Billing.exhibitor_id == exhibitor.id)).one_or_none()
    kept = kept or Billing(exhibitor_id=exhibitor.id)
    kept.paused, kept.pause_reason = bool(reason.strip()), reason.strip()
    session.add(kept)
    session.flush()
