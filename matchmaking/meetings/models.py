"""Runs of the agenda solver and the meetings they set."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class AgendaRun(SQLModel, table=True):
    """One solve of the meeting agenda; `unmet` counts unmet requests by reason."""

    __tablename__ = "agenda_run"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    seed: int
    rounds: int
    objective: float | None = None
    bound: float | None = None
    baseline: float | None = None
    requests: int = 0
    breaks: int | None = None
    violations: int | None = None
    unmet: dict[str, Any] = json_object()
    curve: list = json_list()
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Meeting(SQLModel, table=True):
    """A buyer meets an exhibitor in slot `slot` (from 1) at a table: each of the three once a slot."""

    __table_args__ = (
        UniqueConstraint("edition_id", "buyer_id", "slot"),
        UniqueConstraint("edition_id", "exhibitor_id", "slot"),
        UniqueConstraint("edition_id", "table_number", "slot"),
        UniqueConstraint("edition_id", "buyer_id", "exhibitor_id"),
        CheckConstraint("slot >= 1 AND table_number >= 1", name="place"),
        CheckConstraint("state IN ('planned','held','no_show','cancelled')", name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    run_id: int | None = Field(default=None, foreign_key="agenda_run.id", ondelete="SET NULL")
    buyer_id: int = Field(foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    slot: int
    starts_at: datetime = Field(sa_type=DateTime(timezone=True))
    ends_at: datetime = Field(sa_type=DateTime(timezone=True))
    table_number: int
    score: float = 0.0
    need_position: int = 0
    product_code: str = ""
    reasons: list[Any] = json_list()
    state: str = "planned"
