"""Versions of the rule for points, the facts that no other table holds, and who is to be counted anew."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Numeric, UniqueConstraint, func, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object


class PointsRule(SQLModel, table=True):
    """A version of an edition's rule; at most one is a draft. `effect` tells what applying it changed."""

    __tablename__ = "points_rule"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "version"),
        Index("uq_points_rule_draft", "edition_id", unique=True, postgresql_where=text("state = 'draft'")),
        CheckConstraint("state IN ('draft','applied')", name="state"),
        CheckConstraint("version >= 1 AND revision >= 0", name="version"),
        CheckConstraint("(state = 'applied') = (applied_at IS NOT NULL)", name="applied"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    version: int
    rule: dict[str, Any] = json_object()
    state: str = "draft"
    revision: int = 0
    note: str = ""
    effect: dict[str, Any] = json_object()
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    applied_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class PointsFact(SQLModel, table=True):
    """Something that earns or costs points: years and spending before these books, a sponsorship, an offence.

    It belongs to an organisation, since violations count in later editions too. `figure` is how many (years,
    units of the edition's currency, cases); `kind` names the tier, the kind of violation or the criterion. A
    fact is never deleted: it is taken back, with a reason.
    """

    __tablename__ = "points_fact"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("abs(figure) <= 1000000000000", name="figure"),
        CheckConstraint("(retracted_at IS NULL) = (retract_note = '')", name="retracted"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    source: str
    kind: str = ""
    figure: Decimal = Field(default=Decimal(1), sa_type=Numeric(16, 2))
    on_date: date
    note: str = ""
    recorded_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    retracted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    retract_note: str = ""


class PointsDue(SQLModel, table=True):
    """Somebody whose points are to be counted anew: the database notes it when what they count changes."""

    __tablename__ = "points_due"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    noted_at: datetime = Field(
        default_factory=now, sa_type=DateTime(timezone=True), sa_column_kwargs={"server_default": func.now()}
    )
