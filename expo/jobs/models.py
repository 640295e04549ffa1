"""A job as people see it; the queue's own rows live in procrastinate's tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class Job(SQLModel, table=True):
    """Long work. `curve`: [seconds, objective, bound if known]; `message`: a sentence with its values."""

    __table_args__ = (
        CheckConstraint("state IN ('queued','running','done','failed','cancelled')", name="state"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str
    arguments: dict[str, Any] = json_object()
    state: str = Field(default="queued", index=True)
    done: int = 0
    total: int = 0
    message: dict[str, Any] = json_object()
    objective: float | None = None
    bound: float | None = None
    curve: list = json_list()
    result: dict[str, Any] = json_object()
    error: str = ""
    attempts: int = 0
    cancel_requested: bool = False
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    started_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed", "cancelled")
