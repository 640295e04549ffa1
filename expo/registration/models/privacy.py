"""What people are told about their data, how long it is kept, and what was erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object, texts
from expo.registration.models.consents import PURPOSES

INSTANT = DateTime(timezone=True)


class PurposeText(SQLModel, table=True):
    """What people agree to, in a version of the edition's own. Never changed: a new text is a new version."""

    __tablename__ = "purpose_text"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "purpose", "version"),
        CheckConstraint(f"purpose IN ({', '.join(repr(p) for p in PURPOSES)})", name="purpose"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    purpose: str
    version: int
    text: dict[str, str] = texts()
    is_asked: bool = True
    written_by: str = ""
    written_at: datetime = Field(default_factory=now, sa_type=INSTANT)


class PrivacySettings(SQLModel, table=True):
    """One an edition: who answers for the data, how long each kind is kept, how erasure is done.

    `keep_days`: days after the edition ends, by kind of data (see `keeping.DEFAULTS`). An erasure that was
    asked for is done by itself after `erase_after_days`, unless the organiser was quicker.
    """

    __tablename__ = "privacy_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("erase_after_days BETWEEN 0 AND 90", name="erase_after_days"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    controller: dict[str, str] = texts()
    contact: str = ""
    keep_days: dict[str, int] = json_object()
    erase_after_days: int = 14


class Erasure(SQLModel, table=True):
    """That somebody's data were erased, or shall be: the trace that stays, without any of the data."""

    __table_args__ = (
        CheckConstraint("asked_by IN ('person', 'organiser', 'retention')", name="asked_by"),
        CheckConstraint("done_at IS NULL OR taken_back_at IS NULL", name="one_end"),
        Index(
            "uq_erasure_open",
            "person_id",
            unique=True,
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    asked_by: str
    asked_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    due_at: datetime = Field(sa_type=INSTANT)
    done_at: datetime | None = Field(default=None, sa_type=INSTANT)
    done_by: str = ""
    taken_back_at: datetime | None = Field(default=None, sa_type=INSTANT)
    counts: dict[str, Any] = json_object()


class ErasedEntry(SQLModel, table=True):
    """Subjects of the audit trail whose values an erasure blanked: only these may be (`audit_stays`)."""

    __tablename__ = "erased_entry"  # pyright: ignore[reportAssignmentType]

    erasure_id: int = Field(primary_key=True, foreign_key="erasure.id", ondelete="CASCADE")
    subject: str = Field(primary_key=True)
    subject_id: str = Field(primary_key=True)


class RetentionReport(SQLModel, table=True):
    """What the periodic work erased because its time was over; figures only."""

    __tablename__ = "retention_report"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str
    count: int
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
