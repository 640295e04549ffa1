"""Lists of whom to meet, what their owners put aside, and the tables of trade that they lean on."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Numeric, SmallInteger
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object

SIDES = ("buyer", "exhibitor")


class Recommendation(SQLModel, table=True):
    """A pair that stands on the list of at least one side, by the need and the product that fit best.

    Scores are of 100. `buyer_value` orders the list of the buyer, `exhibitor_value` the other: the score with
    the points for an even exposure; None where the pair is not on that list. `likeness` of words is of 1,000.
    """

    __table_args__ = (
        *(
            CheckConstraint(f"{name} BETWEEN 0 AND 100", name=name)
            for name in ("score", "buyer_score", "exhibitor_score")
        ),
        CheckConstraint("num_nonnulls(buyer_value, exhibitor_value) > 0", name="listed"),
    )

    buyer_id: int = Field(primary_key=True, foreign_key="buyer.id", ondelete="CASCADE")
    exhibitor_id: int = Field(primary_key=True, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    score: int = Field(sa_type=SmallInteger)
    buyer_score: int = Field(sa_type=SmallInteger)
    exhibitor_score: int = Field(sa_type=SmallInteger)
    need_id: int = Field(foreign_key="need.id", index=True, ondelete="CASCADE")
    product_id: int = Field(foreign_key="product.id", index=True, ondelete="CASCADE")
    likeness: int = Field(sa_type=SmallInteger)
    buyer_value: int | None = Field(default=None, sa_type=SmallInteger)
    exhibitor_value: int | None = Field(default=None, sa_type=SmallInteger)


class Dismissal(SQLModel, table=True):
    """That one side put a recommendation aside, for itself only: the other side is not concerned by it."""

    __tablename__ = "recommendation_dismissal"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("by IN ('buyer', 'exhibitor')", name="by"),)

    by: str = Field(primary_key=True)
    buyer_id: int = Field(primary_key=True, foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(primary_key=True, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Exposure(SQLModel, table=True):
    """Points that the last reckoning of all lists gives (or takes) a party, so that all are seen."""

    __tablename__ = "recommendation_exposure"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("num_nonnulls(buyer_id, exhibitor_id) = 1", name="one"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", unique=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(
        default=None, foreign_key="exhibitor.id", unique=True, ondelete="CASCADE"
    )
    points: int = Field(sa_type=SmallInteger)


class RecommendationRun(SQLModel, table=True):
    """One reckoning of all lists of an edition, with its figures."""

    __tablename__ = "recommendation_run"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    figures: dict[str, Any] = json_object()


class Due(SQLModel, table=True):
    """Whose list something changed that it is made from; triggers write it, whoever makes the list takes it.

    No link to the edition: a row may come into being while its edition goes.
    """

    __tablename__ = "recommendation_due"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    edition_id: int = Field(index=True)
    buyer_id: int | None = None
    exhibitor_id: int | None = None


class ExportSource(SQLModel, table=True):
    """Where an edition's table of exports comes from, as its organiser says it."""

    __tablename__ = "export_source"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    source: str
    year: int | None = None
    taken_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class ExportFlow(SQLModel, table=True):
    """What a country exports of an HS chapter in a year, in any one currency: only shares are used."""

    __tablename__ = "export_flow"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("chapter ~ '^[0-9]{2}$'", name="chapter"),
        CheckConstraint("value >= 0", name="value"),
    )

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    country: str = Field(primary_key=True)
    chapter: str = Field(primary_key=True)
    value: Decimal = Field(sa_type=Numeric(20, 2))
