"""Products that exhibitors offer and needs that buyers have."""

from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts


class Product(SQLModel, table=True):
    """A product at the expo. A product *kind* is a distinct (HS 6 digits, origin, normalised name)."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("hs ~ '^[0-9]{6}$'", name="hs"),
        CheckConstraint("origin ~ '^[A-Z]{2}$'", name="origin"),
        CheckConstraint("price_minor >= 0 AND quantity >= 0", name="values"),
        Index("ix_product_hs", "edition_id", "hs"),
        Index("ix_product_kinds", "edition_id", "kind_key", "exhibitor_id"),  # counts kinds without the rows
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    hs: str
    origin: str
    kind_key: str = ""
    quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(16, 3))
    unit: str = "pcs"
    price_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = "CNY"
    incoterm: str = ""
    certificates: list[str] = json_list()
    search_text: str = ""


class HsCode(SQLModel, table=True):
    """A heading (four digits) or subheading (six) of the nomenclature that an edition has taken in."""

    __tablename__ = "hs_code"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("code ~ '^[0-9]{4}([0-9]{2})?$'", name="code"),)

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    code: str = Field(primary_key=True)
    name: dict[str, str] = texts()


class Buyer(SQLModel, table=True):
    """An organisation that comes to buy. `unavailable` numbers the meeting slots (from 1) it cannot take."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "organisation_id"),
        CheckConstraint("min_meetings >= 0 AND max_meetings >= min_meetings", name="meetings"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    code: str
    contact_name: str = ""
    contact_email: str = ""
    languages: list[str] = json_list()
    min_meetings: int = 0
    max_meetings: int = 12
    unavailable: list[int] = json_list()


class Need(SQLModel, table=True):
    """What a buyer looks for; `hs` has 2, 4 or 6 digits, `max_price_minor` is per unit (0: open)."""

    __table_args__ = (
        UniqueConstraint("buyer_id", "position"),
        CheckConstraint("hs ~ '^([0-9]{2}){1,3}$'", name="hs"),
        CheckConstraint("quantity >= 0 AND max_price_minor >= 0", name="values"),
    )

    id: int | None = Field(default=None, primary_key=True)
    buyer_id: int = Field(foreign_key="buyer.id", index=True, ondelete="CASCADE")
    position: int
    hs: str
    text: dict[str, str] = texts()
    quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(16, 3))
    unit: str = "pcs"
    max_price_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = "CNY"
    incoterm: str = ""
    certificates: list[str] = json_list()
    countries: list[str] = json_list()
