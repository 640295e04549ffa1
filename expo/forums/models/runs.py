"""Solves of the timetable: what each was asked, what it answered, and which were taken over."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class TimetableInput(SQLModel, table=True):
    """Everything a solve was asked, as compressed JSON (`expo.forums.timetable.inputs`), once per digest."""

    __tablename__ = "timetable_input"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    digest: str
    content: bytes
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class TimetableRun(SQLModel, table=True):
    """One finished solve; stored input, seed and rounds replay it, and its answer never changes (trigger).

    `places`: talk code → [room code, minute since `origin`]. `moved`: talks that are elsewhere than they were
    before a replan, `proven` whether fewer cannot be. `reasons` and `proposals` explain what has no place.
    """

    __tablename__ = "timetable_run"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("kind IN ('solve','replan')", name="kind"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str = "solve"
    seed: int
    rounds: int
    weights: dict[str, float] = json_object()
    input_id: int | None = Field(default=None, foreign_key="timetable_input.id")
    input_digest: str = ""
    solver_version: str = ""
    libraries: dict[str, str] = json_object()
    origin: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    places: dict[str, Any] = json_object()
    hard: int | None = None
    total: float | None = None
    baseline: float | None = None
    violations: int | None = None
    parts: dict[str, Any] = json_object()
    curve: list = json_list()
    unplaced: list[str] = json_list()
    moved: list[str] = json_list()
    proven: bool | None = None
    reasons: list = json_list()
    proposals: list = json_list()
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    taken_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    repeated_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    repeated_differing: int | None = None
