"""Deals with their lines and the append-only chain of events."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object, texts

TYPES = ("purchase", "investment", "cooperation", "retail")
STAGES = ("lead", "intent", "memorandum", "contract", "delivered", "paid", "lapsed", "cancelled")


class Deal(SQLModel, table=True):
    """A deal between a seller and a buyer, in one currency. Lines add up to `total_minor` (deferred trigger).

    `rate` turns the deal's currency into the edition's and is stored once with its source and date.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint(f"type IN ({', '.join(repr(t) for t in TYPES)})", name="type"),
        CheckConstraint(f"stage IN ({', '.join(repr(s) for s in STAGES)})", name="stage"),
        CheckConstraint("currency ~ '^[A-Z]{3}$' AND total_minor >= 0 AND rate > 0", name="money"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    type: str = "purchase"
    stage: str = "lead"
    seller_id: int = Field(foreign_key="exhibitor.id", index=True)
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", ondelete="SET NULL")
    currency: str
    total_minor: int = Field(default=0, sa_type=BigInteger)
    rate: Decimal = Field(sa_type=Numeric(20, 10))
    rate_source: str
    rate_date: date
    signed_on: date
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class DealLine(SQLModel, table=True):
    """quantity × unit price = amount, to the half minor unit, kept by a check."""

    __tablename__ = "deal_line"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("deal_id", "position"),
        CheckConstraint("hs ~ '^[0-9]{6}$'", name="hs"),
        CheckConstraint("quantity > 0 AND unit_price_minor >= 0", name="values"),
        CheckConstraint("abs(amount_minor - quantity * unit_price_minor) <= 0.5", name="amount"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True, ondelete="CASCADE")
    position: int
    product_id: int | None = Field(default=None, foreign_key="product.id", ondelete="SET NULL")
    hs: str
    text: dict[str, str] = texts()
    quantity: Decimal = Field(sa_type=Numeric(16, 3))
    unit: str
    unit_price_minor: int = Field(sa_type=BigInteger)
    amount_minor: int = Field(sa_type=BigInteger)


class DealEvent(SQLModel, table=True):
    """What happened to a deal, chained by hash per edition; never changed or deleted (trigger)."""

    __tablename__ = "deal_event"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    sequence: int
    kind: str
    payload: dict[str, Any] = json_object()
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    user_id: int | None = Field(default=None)
    previous_hash: str
    hash: str
