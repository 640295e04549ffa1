"""Orders, their lines, and the invoices and credit notes made of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object, texts


class Order(SQLModel, table=True):
    """What an exhibitor owes: its lines add up to `total_minor` (deferred trigger, see migrations).

    kind "stand": the floor, one at a time: a further one needs the former cancelled. kind "extras": services
    and fees; one is open at a time, more may be invoiced. `ordered_on` is the local day whose prices hold.
    Kept here, because points count what was spent and who has an order cannot be ended; `expo.orders` acts.
    """

    __tablename__ = "exhibitor_order"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("state IN ('open','invoiced','paid','cancelled')", name="state"),
        CheckConstraint("kind IN ('stand','extras')", name="kind"),
        CheckConstraint("total_minor >= 0", name="total"),
        Index(
            "uq_exhibitor_order_live",
            "exhibitor_id",
            unique=True,
            postgresql_where=text("kind = 'stand' AND state <> 'cancelled'"),
        ),
        Index(
            "uq_exhibitor_order_extras",
            "exhibitor_id",
            unique=True,
            postgresql_where=text("kind = 'extras' AND state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    number: int
    kind: str = Field(default="stand", sa_column_kwargs={"server_default": "stand"})
    currency: str
    state: str = "open"
    net_minor: int = Field(default=0, sa_type=BigInteger)
    tax_minor: int = Field(default=0, sa_type=BigInteger)
    total_minor: int = Field(default=0, sa_type=BigInteger)
    ordered_on: date | None = None
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class OrderLine(SQLModel, table=True):
    """quantity × unit price = net, kept by a check; tax in basis points (600 = 6 %). Discounts are negative.

    Lines change only while their order is open (trigger). Lines of a service take of its stock (trigger).
    """

    __tablename__ = "exhibitor_order_line"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint(
            "quantity > 0 AND tax_bp BETWEEN 0 AND 10000 AND"
            " (unit_price_minor >= 0 OR kind IN ('early','newcomer','pavilion'))",
            name="values",
        ),
        CheckConstraint("abs(net_minor - quantity * unit_price_minor) <= 0.5", name="net"),
        Index(
            "uq_exhibitor_order_line_service",
            "order_id",
            "service_id",
            "late_percent",
            unique=True,
            postgresql_where=text("service_id IS NOT NULL AND permit_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="exhibitor_order.id", index=True, ondelete="CASCADE")
    position: int
    kind: str
    text: dict[str, str] = texts()
    quantity: Decimal = Field(sa_type=Numeric(14, 3))
    unit: str
    unit_price_minor: int = Field(sa_type=BigInteger)
    net_minor: int = Field(sa_type=BigInteger)
    tax_bp: int = 0
    tax_minor: int = Field(default=0, sa_type=BigInteger)
    service_id: int | None = Field(default=None, foreign_key="service.id", index=True)
    permit_id: int | None = Field(default=None, foreign_key="permit.id", index=True)
    late_percent: Decimal = Field(
        default=Decimal(0), sa_type=Numeric(5, 2), sa_column_kwargs={"server_default": "0"}
    )


class Invoice(SQLModel, table=True):
    """An invoice, or a credit note that takes (part of) one back; never changed once issued (trigger).

    Numbered without holes per edition and kind (trigger). `snapshot` is what the paper says; `reference` is
    what payers quote, an ISO 11649 creditor reference. A credit note's total is the positive sum given back.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "kind", "number"),
        CheckConstraint("kind IN ('invoice','credit_note')", name="kind"),
        CheckConstraint("(kind = 'credit_note') = (credits_id IS NOT NULL)", name="credits"),
        CheckConstraint("total_minor >= 0", name="total"),
        Index("uq_invoice_order", "order_id", unique=True, postgresql_where=text("kind = 'invoice'")),
        Index("uq_invoice_reference", "reference", unique=True, postgresql_where=text("reference <> ''")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    order_id: int = Field(foreign_key="exhibitor_order.id", index=True)
    kind: str = Field(default="invoice", sa_column_kwargs={"server_default": "invoice"})
    credits_id: int | None = Field(default=None, foreign_key="invoice.id", index=True)
    number: int
    issued_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    due_on: date | None = None
    reference: str = Field(default="", sa_column_kwargs={"server_default": ""})
    currency: str
    total_minor: int = Field(sa_type=BigInteger)
    snapshot: dict[str, Any] = json_object()
