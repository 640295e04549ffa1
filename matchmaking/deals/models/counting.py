"""The till at a stand, deals added up, and who was reminded of what."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from matchmaking.deals.models.columns import INSTANT


class TillSale(SQLModel, table=True):
    """Something sold at a stand. `key` comes from the device, so that sending twice sells once."""

    __tablename__ = "till_sale"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "key"),
        CheckConstraint("hs ~ '^[0-9]{6}$' AND currency ~ '^[A-Z]{3}$'", name="goods"),
        CheckConstraint("quantity > 0 AND unit_price_minor > 0", name="values"),
        CheckConstraint("abs(amount_minor - quantity * unit_price_minor) <= 0.5", name="amount"),
        Index("ix_till_sale_day", "exhibitor_id", "day", "currency"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    day: date
    key: str
    hs: str
    text: str = ""
    quantity: Decimal = Field(sa_type=Numeric(16, 3))
    unit: str
    unit_price_minor: int = Field(sa_type=BigInteger)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    paid_by: str = "cash"
    user_id: int | None = None
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
    void: bool = False


class TillClose(SQLModel, table=True):
    """A stand's day that is closed: its sales became one retail deal, and no sale follows (trigger)."""

    __tablename__ = "till_close"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("exhibitor_id", "day", "currency"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    day: date
    currency: str
    sales: int
    total_minor: int = Field(sa_type=BigInteger)
    deal_id: int = Field(foreign_key="deal.id")
    user_id: int | None = None
    at: datetime = Field(default_factory=now, sa_type=INSTANT)


class DealSum(SQLModel, table=True):
    """Deals added up as they are written: what statistics read. The view deal_fact says what belongs here."""

    __tablename__ = "deal_sum"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    dimension: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    type: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    counted: bool = Field(primary_key=True)
    deals: int
    lines: int
    minor: int = Field(sa_type=BigInteger)
    annual_minor: int = Field(sa_type=BigInteger)


class DealTrait(SQLModel, table=True):
    """Which deals of a block of numbers have a trait, packed (see `traits`): any question to the ledger is
    answered from these rows. The view deal_trait_fact says what belongs here."""

    __tablename__ = "deal_trait"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    dimension: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    block: int = Field(primary_key=True)
    bits: bytes
    minors: bytes
    kinds: bytes


class DealSettings(SQLModel, table=True):
    """How an edition publishes: figures of fewer than `least_deals` deals are not told apart. 0 tells all,
    for the reason that is stated; without a row it is 3."""

    __tablename__ = "deal_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("least_deals BETWEEN 0 AND 100", name="least"),
        CheckConstraint("least_deals > 0 OR off_reason <> ''", name="reason"),
    )

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    least_deals: int = Field(default=3, sa_type=SmallInteger)
    off_reason: str = ""


class DealReminder(SQLModel, table=True):
    """That a party was reminded of a date; once for each date."""

    __tablename__ = "deal_reminder"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("deal_id", "organisation_id", "kind", "due_on"),)

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id")
    kind: str
    due_on: date
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
