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


HALF_DAYS = ("", "am", "pm")
_HALF_DAY = "half_day IN ('', 'am', 'pm')"


class Buyer(SQLModel, table=True):
    """An organisation that comes to buy. `unavailable` numbers the meeting slots (from 1) it cannot take.

    `half_day` is the half it would rather meet in, `certificates` what it asks of whatever it buys.
    `share_forums` lets those recommended know which forums its people starred or attended.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "organisation_id"),
        CheckConstraint("min_meetings >= 0 AND max_meetings >= min_meetings", name="meetings"),
        CheckConstraint(_HALF_DAY, name="half_day"),
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
    open_to_meetings: bool = True
    share_forums: bool = False
    about: dict[str, str] = texts()
    certificates: list[str] = json_list()
    park: str = ""
    committee: str = ""
    half_day: str = ""


class ExhibitorProfile(SQLModel, table=True):
    """What an exhibitor says for meetings. Who has none, or is not open, is recommended to nobody.

    `markets` are the countries it wants to sell in (none: all), `certificates` those that all its goods have.
    """

    __tablename__ = "exhibitor_profile"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("exhibitor_id"),
        CheckConstraint("min_meetings >= 0 AND max_meetings >= min_meetings", name="meetings"),
        CheckConstraint(_HALF_DAY, name="half_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    open_to_meetings: bool = True
    share_forums: bool = False
    languages: list[str] = json_list()
    markets: list[str] = json_list()
    certificates: list[str] = json_list()
    park: str = ""
    committee: str = ""
    half_day: str = ""
    unavailable: list[int] = json_list()
    min_meetings: int = 0
    max_meetings: int = 60


class Need(SQLModel, table=True):
    """What a buyer looks for; `hs` has 2, 4 or 6 digits, the band of prices is per unit (0: open)."""

    __table_args__ = (
        UniqueConstraint("buyer_id", "position"),
        CheckConstraint("hs ~ '^([0-9]{2}){1,3}$'", name="hs"),
        CheckConstraint("quantity >= 0 AND max_price_minor >= 0", name="values"),
        CheckConstraint(
            "min_price_minor >= 0 AND (max_price_minor = 0 OR min_price_minor <= max_price_minor)",
            name="band",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    buyer_id: int = Field(foreign_key="buyer.id", index=True, ondelete="CASCADE")
    position: int
    hs: str
    text: dict[str, str] = texts()
    quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(16, 3))
    unit: str = "pcs"
    min_price_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    max_price_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = "CNY"
    incoterm: str = ""
    certificates: list[str] = json_list()
    countries: list[str] = json_list()
