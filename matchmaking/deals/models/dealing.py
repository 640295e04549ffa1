"""Deals with their lines, parties, projects and attachments, and the table of stages."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import texts
from matchmaking.catalogue.terms import INCOTERMS
from matchmaking.deals.models.columns import INSTANT, one_of
from matchmaking.deals.stages import ORIGINS, PARTY_STATES, ROLES, STAGES, TYPES


class DealStage(SQLModel, table=True):
    """Which stages a type of deal knows; `counts`: whether a deal there is an outcome."""

    __tablename__ = "deal_stage"  # pyright: ignore[reportAssignmentType]

    type: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    position: int = Field(sa_type=SmallInteger)
    counts: bool


class DealStep(SQLModel, table=True):
    """Which stage may follow which; a trigger refuses any other step."""

    __tablename__ = "deal_step"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        ForeignKeyConstraint(["type", "before"], ["deal_stage.type", "deal_stage.stage"]),
        ForeignKeyConstraint(["type", "after"], ["deal_stage.type", "deal_stage.stage"]),
    )

    type: str = Field(primary_key=True)
    before: str = Field(primary_key=True)
    after: str = Field(primary_key=True)


class Deal(SQLModel, table=True):
    """A deal in one currency. Lines add up to `total_minor`, and their shares to `home_minor` (trigger).

    `rate` turns the deal's currency into the edition's and is stored once with its source and date;
    `home_minor` is the one conversion by it (`home_shift`: difference of the currencies' decimals).
    Country, zone and newcomer are those of the seller on the day of recording. `version` counts changes.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        ForeignKeyConstraint(["type", "stage"], ["deal_stage.type", "deal_stage.stage"]),
        CheckConstraint(one_of("type", TYPES), name="type"),
        CheckConstraint(one_of("stage", STAGES), name="stage"),
        CheckConstraint(one_of("origin", ORIGINS), name="origin"),
        CheckConstraint(one_of("standing", ("open", "confirmed", "disputed")), name="standing"),
        CheckConstraint("currency ~ '^[A-Z]{3}$' AND total_minor >= 0 AND rate > 0", name="money"),
        CheckConstraint(
            "abs(home_minor - total_minor * rate * power(10::numeric, home_shift)) <= 0.5", name="home"
        ),
        CheckConstraint("term_months > 0", name="term"),
        CheckConstraint("framework_id <> id AND NOT (framework AND framework_id IS NOT NULL)", name="call"),
        Index("ix_deal_stage", "edition_id", "type", "stage", "id"),
        Index("ix_deal_origin", "edition_id", "origin", "id"),
        Index("ix_deal_forum", "forum_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    type: str = "purchase"
    stage: str = "lead"
    standing: str = "open"
    origin: str = "walk_in"
    seller_id: int = Field(foreign_key="exhibitor.id", index=True)
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", ondelete="SET NULL")
    forum_id: int | None = Field(default=None, foreign_key="forum.id", ondelete="SET NULL")
    framework: bool = False
    framework_id: int | None = Field(default=None, foreign_key="deal.id", index=True)
    title: dict[str, str] = texts()
    terms: str = ""
    currency: str
    total_minor: int = Field(default=0, sa_type=BigInteger)
    rate: Decimal = Field(sa_type=Numeric(20, 10))
    rate_source: str
    rate_date: date
    home_minor: int = Field(default=0, sa_type=BigInteger)
    home_shift: int = Field(default=0, sa_type=SmallInteger)
    term_months: int | None = None
    signed_on: date
    delivery_due: date | None = None
    payment_due: date | None = None
    seller_country: str = ""
    buyer_country: str = ""
    zone_code: str = ""
    newcomer: bool = False
    abroad: bool = False
    entered_by: int | None = None
    entered_for: int | None = Field(default=None, foreign_key="organisation.id")
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=INSTANT)


class DealLine(SQLModel, table=True):
    """quantity × unit price = amount, to the half minor unit; `home_minor` is its share of the deal's."""

    __tablename__ = "deal_line"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("deal_id", "position"),
        CheckConstraint("hs ~ '^[0-9]{6}$'", name="hs"),
        CheckConstraint("quantity > 0 AND unit_price_minor >= 0", name="values"),
        CheckConstraint("abs(amount_minor - quantity * unit_price_minor) <= 0.5", name="amount"),
        CheckConstraint(one_of("incoterm", ("", *INCOTERMS)), name="incoterm"),
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
    incoterm: str = ""
    delivery: str = ""
    home_minor: int = Field(default=0, sa_type=BigInteger)


class DealParty(SQLModel, table=True):
    """An organisation that signs. Whoever entered the content is never the one who confirms it."""

    __tablename__ = "deal_party"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("deal_id", "position"),
        UniqueConstraint("deal_id", "organisation_id"),
        CheckConstraint(one_of("role", ROLES), name="role"),
        CheckConstraint(one_of("state", PARTY_STATES), name="state"),
        CheckConstraint("decided_by <> entered_by", name="four_eyes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", ondelete="CASCADE")
    position: int = Field(sa_type=SmallInteger)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    role: str
    signatory: str = ""
    state: str = "open"
    entered_by: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=INSTANT)
    reason: str = ""
    shows_price: bool = False


class DealProject(SQLModel, table=True):
    """What an investment or a cooperation is about; `form` says how, `jobs` and months are plans."""

    __tablename__ = "deal_project"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("jobs >= 0", name="jobs"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
    )

    deal_id: int = Field(primary_key=True, foreign_key="deal.id", ondelete="CASCADE")
    form: str
    country: str
    place: str = ""
    sector: str = ""
    summary: dict[str, str] = texts()
    jobs: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


class DealAttachment(SQLModel, table=True):
    """A file of a deal; its digest is in the chain. `removed_at` hides it, the bytes go."""

    __tablename__ = "deal_attachment"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("size > 0 AND digest ~ '^[0-9a-f]{64}$'", name="content"),)

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True, ondelete="CASCADE")
    name: str
    mimetype: str
    size: int
    digest: str
    content: bytes
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    user_id: int | None = None
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
