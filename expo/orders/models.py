"""The price list, services, carts, billing particulars, permits, payments and reminders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    LargeBinary,
    Numeric,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object, texts
from expo.exhibitors.models import one_of
from expo.orders.permits import KINDS
from expo.orders.stages import CATEGORIES, PERMIT_STATES


def _percent(**more: Any) -> Any:
    return Field(sa_type=Numeric(5, 2), **more)


class PriceList(SQLModel, table=True):
    """What an edition's prices and papers need beyond `Edition.prices`; one row an edition.

    `zones`: zone code → {"shell_m2": "1300.00", "raw_m2": …}, decimals as text. Percentages are of the floor.
    `reminder_days`: after how many days overdue each level of reminder goes out. `version` counts changes.
    """

    __tablename__ = "price_list"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("due_days BETWEEN 0 AND 365", name="due_days"),
        CheckConstraint(
            "early_percent BETWEEN 0 AND 100 AND late_percent BETWEEN 0 AND 100"
            " AND newcomer_percent BETWEEN 0 AND 100 AND pavilion_percent BETWEEN 0 AND 100"
            " AND peninsula_percent >= 0",
            name="percents",
        ),
        CheckConstraint("early_until < late_from", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    version: int = 1
    zones: dict[str, Any] = json_object()
    peninsula_percent: Decimal | None = _percent(default=None, nullable=True)
    early_percent: Decimal = _percent(default=Decimal(0))
    early_until: date | None = None
    late_percent: Decimal = _percent(default=Decimal(0))
    late_from: date | None = None
    newcomer_percent: Decimal = _percent(default=Decimal(0))
    pavilion_percent: Decimal = _percent(default=Decimal(0))
    due_days: int = 14
    reminder_days: list[int] = json_list()
    seller_name: str = ""
    seller_address: str = ""
    seller_tax_number: str = ""
    seller_register: str = ""
    bank_name: str = ""
    bank_account: str = ""
    bank_code: str = ""
    invoice_note: dict[str, str] = texts()


class Service(SQLModel, table=True):
    """Something exhibitors can order. `taken` is kept by a trigger and never exceeds `stock` (None: any).

    `price_minor` is for one `unit`; quantities are multiples of `step`. After `deadline` (a local day) it is
    ordered with `late_percent` on top, or no more where that is None. `permit` names the permit it needs, or,
    in the category "permit", the one that it is the fee of.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(one_of("category", CATEGORIES), name="category"),
        CheckConstraint("price_minor >= 0 AND tax_bp BETWEEN 0 AND 10000", name="price"),
        CheckConstraint("late_percent BETWEEN 0 AND 300", name="late"),
        CheckConstraint("step > 0 AND most > 0", name="quantities"),
        CheckConstraint("taken >= 0 AND taken <= stock", name="stock"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    category: str
    name: dict[str, str] = texts()
    note: dict[str, str] = texts()
    unit: str = "pcs"
    price_minor: int = Field(sa_type=BigInteger)
    tax_bp: int = 0
    step: Decimal = Field(default=Decimal(1), sa_type=Numeric(10, 3))
    most: Decimal | None = Field(default=None, sa_type=Numeric(10, 3))
    deadline: date | None = None
    late_percent: Decimal | None = _percent(default=None, nullable=True)
    stock: Decimal | None = Field(default=None, sa_type=Numeric(14, 3))
    taken: Decimal = Field(default=Decimal(0), sa_type=Numeric(14, 3))
    permit: str = ""
    is_offered: bool = True


class CartLine(SQLModel, table=True):
    """What an exhibitor means to order and has not ordered yet: it takes nothing of the stock."""

    __tablename__ = "cart_line"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "service_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    service_id: int = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    quantity: Decimal = Field(sa_type=Numeric(14, 3))


class Billing(SQLModel, table=True):
    """To whom an exhibitor's invoices are made out, and how finance treats it. One row an exhibitor.

    `currency` is the one its books are in; invoices show its equivalent. `tax_exempt` is set by finance, with
    the reason that the law wants on the paper. While `paused` no reminder goes out.
    """

    __table_args__ = (
        UniqueConstraint("exhibitor_id"),
        CheckConstraint("currency = '' OR currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("NOT tax_exempt OR exempt_reason <> ''", name="exempt"),
    )

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    name: str = ""
    address: str = ""
    tax_number: str = ""
    order_reference: str = ""
    email: str = ""
    language: str = ""
    currency: str = ""
    tax_exempt: bool = False
    exempt_reason: str = ""
    paused: bool = False
    pause_reason: str = ""


class Permit(SQLModel, table=True):
    """An application to build or bring what needs leave. `findings` are those of the automatic check.

    Lengths in cm, loads in kg/m², weights in kg. One live application a kind (partial unique index).
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint(one_of("kind", tuple(KINDS)), name="kind"),
        CheckConstraint(one_of("state", PERMIT_STATES), name="state"),
        CheckConstraint("state NOT IN ('refused','returned') OR decision <> ''", name="decision"),
        CheckConstraint(
            "height_cm >= 0 AND load_kg_m2 >= 0 AND weight_kg >= 0 AND area_m2 >= 0", name="figures"
        ),
        Index(
            "uq_permit_live",
            "exhibitor_id",
            "kind",
            unique=True,
            postgresql_where=text("state NOT IN ('refused','withdrawn')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    number: int
    kind: str
    state: str = "draft"
    height_cm: int | None = None
    load_kg_m2: int | None = None
    weight_kg: int | None = None
    area_m2: int | None = None
    description: str = ""
    findings: list[dict[str, Any]] = json_list()
    decision: str = ""
    decided_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    submitted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class PermitDrawing(SQLModel, table=True):
    """A drawing that was handed in with an application, kept whole; its kind was told from its content."""

    __tablename__ = "permit_drawing"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("size > 0 AND size <= 10485760", name="size"),)

    id: int | None = Field(default=None, primary_key=True)
    permit_id: int = Field(foreign_key="permit.id", index=True, ondelete="CASCADE")
    name: str
    mimetype: str
    size: int
    sha256: str
    content: bytes = Field(sa_type=LargeBinary)
    uploaded_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Payment(SQLModel, table=True):
    """Money that came (or, kind "refund", went back), in the edition's currency; sums never change (trigger).

    `bank_key` knows a line of a bank statement again, so that it is one payment however often it is read.
    Without an exhibitor it waits to be matched; a wrong one is voided with a reason, never deleted.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "bank_key"),
        CheckConstraint("kind IN ('payment','refund')", name="kind"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("invoice_id IS NULL OR exhibitor_id IS NOT NULL", name="invoice"),
        CheckConstraint("kind = 'payment' OR exhibitor_id IS NOT NULL", name="refund"),
        CheckConstraint("voided_at IS NULL OR void_reason <> ''", name="void"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", index=True)
    kind: str = "payment"
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    paid_on: date
    reference: str = ""
    payer: str = ""
    note: str = ""
    bank_key: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    voided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    void_reason: str = ""


class Reminder(SQLModel, table=True):
    """A reminder of an overdue invoice: of each level one."""

    __table_args__ = (
        UniqueConstraint("invoice_id", "level"),
        CheckConstraint("level BETWEEN 1 AND 3 AND open_minor > 0", name="values"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    invoice_id: int = Field(foreign_key="invoice.id")
    level: int
    open_minor: int = Field(sa_type=BigInteger)
    language: str
    mail_id: int | None = Field(default=None, foreign_key="mail.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
