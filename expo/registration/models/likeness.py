"""Who may be registered twice: keys to find them by, pairs that were looked at, and what was merged."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object


class PersonLikeness(SQLModel, table=True):
    """The keys of a person's names and address (see `alike.keys`).

    A trigger makes the row with the person, and empties `keys` when name or address change: whoever searches
    fills in what is empty first, so nobody has to remember to keep them.
    """

    __tablename__ = "person_likeness"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index(
            "ix_person_likeness_keys", "keys", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
        ),
        Index("ix_person_likeness_missing", "edition_id", postgresql_where=text("keys IS NULL")),
    )

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    keys: list[int] | None = Field(default=None, sa_type=ARRAY(Integer))


class NotSame(SQLModel, table=True):
    """Two people of whom somebody said that they are two."""

    __tablename__ = "not_same"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("one_id < other_id", name="order"),)

    one_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    other_id: int = Field(primary_key=True, foreign_key="person.id", index=True, ondelete="CASCADE")
    said_by: str = ""
    said_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class PersonMerge(SQLModel, table=True):
    """One person's two registrations made one. `before`: how both were, and what moved, to undo it.

    The one that went stays as a cancelled registration, so that its badge and passages keep their sense.
    """

    __tablename__ = "person_merge"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two"),
        Index("uq_person_merge_gone", "gone_id", unique=True, postgresql_where=text("undone_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    kept_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    gone_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    before: dict[str, Any] = json_object()
    merged_by: str = ""
    merged_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    undone_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class PersonUpload(SQLModel, table=True):
    """A spreadsheet of people that somebody sent, looked through and then registered by jobs.

    `report` is what the dry run found. `content` goes once it is registered, or a day later in any case.
    """

    __tablename__ = "person_upload"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("state IN ('new', 'checked', 'taken', 'dropped')", name="state"),
        UniqueConstraint("job_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    job_id: int | None = Field(default=None, foreign_key="job.id", ondelete="SET NULL")
    file_name: str = ""
    content: bytes | None = None
    state: str = "new"
    report: dict[str, Any] = json_object()
    sent_by: str = ""
    sent_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
