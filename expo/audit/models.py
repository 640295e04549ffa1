"""The audit trail: append-only, guarded by a trigger (see migrations)."""

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from expo.clock import now


class AuditEntry(SQLModel, table=True):
    """One change of one row. `changes` maps column → [before, after]; secrets are never in it."""

    __tablename__ = "audit_entry"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True), index=True)
    edition_id: int | None = Field(default=None, index=True)
    user_id: int | None = Field(default=None, index=True)
    actor: str = ""
    request_id: str = ""
    action: str
    subject: str
    subject_id: str
    changes: dict = Field(default_factory=dict, sa_type=JSONB, nullable=False)
