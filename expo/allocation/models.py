"""Runs of the allocation solver, what they placed, and the published allotments."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class AllocationRun(SQLModel, table=True):
    """One solve: input digest, seed and budget replay it; `placements`: exhibitor code → stand codes."""

    __tablename__ = "allocation_run"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("state IN ('running','done','published','superseded','failed')", name="state"),
        Index(
            "uq_allocation_run_published",
            "edition_id",
            unique=True,
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    state: str = "running"
    seed: int
    rounds: int
    input_digest: str = ""
    placements: dict[str, list[str]] = json_object()
    explanations: dict[str, Any] = json_object()
    curve: list = json_list()
    objective: float | None = None
    bound: float | None = None
    baseline: float | None = None
    violations: int | None = None
    unplaced: list[str] = json_list()
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Allotment(SQLModel, table=True):
    """A stand given to an exhibitor in the published allocation: a stand is given once."""

    __table_args__ = (UniqueConstraint("stand_id"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    stand_id: int = Field(foreign_key="stand.id")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    run_id: int | None = Field(default=None, foreign_key="allocation_run.id", ondelete="SET NULL")
    locked: bool = False
