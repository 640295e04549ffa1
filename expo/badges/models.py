"""Badges that were issued, the keys that sign them, what they look like, and prints of many."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object
from expo.registration.models import KINDS


class BadgeKey(SQLModel, table=True):
    """The public half of a key of an edition; the private half is derived from the house's when needed."""

    __tablename__ = "badge_key"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("octet_length(public_key) = 32", name="public_key"),
        CheckConstraint("number >= 0", name="number"),
    )

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    public_key: bytes
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    retired_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    retired_because: str = Field(default="", sa_column_kwargs={"server_default": ""})


class BadgeArt(SQLModel, table=True):
    """A logo, as SVG that was checked; a picture of dots lies within one."""

    __tablename__ = "badge_art"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    svg: str
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class BadgeDesign(SQLModel, table=True):
    """A design by name; what it looks like is in its versions."""

    __tablename__ = "badge_design"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class BadgeDesignVersion(SQLModel, table=True):
    """What a design looked like from some day on: never changed, so that a badge knows how it was printed."""

    __tablename__ = "badge_design_version"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("design_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    design_id: int = Field(foreign_key="badge_design.id", index=True, ondelete="CASCADE")
    number: int
    spec: dict[str, Any] = json_object()
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    made_by: str = ""


class BadgeDesignKind(SQLModel, table=True):
    """Which design the badges of a kind have; without one, the usual."""

    __tablename__ = "badge_design_kind"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint(f"kind IN ({', '.join(repr(k) for k in KINDS)})", name="kind"),)

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    design_id: int = Field(foreign_key="badge_design.id", index=True, ondelete="CASCADE")


class BadgeBatch(SQLModel, table=True):
    """A print of many: `plan` is its chunks in order, [design version or null, badge ids], kept.

    A worker that takes the job up after another one died makes the missing chunks only. `unfit`: words that
    did not fit, and letters that no typeface has.
    """

    __tablename__ = "badge_batch"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("job_id"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    job_id: int = Field(foreign_key="job.id", ondelete="CASCADE")
    language: str
    plan: list[Any] = json_list()
    unfit: list[Any] = json_list()
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Badge(SQLModel, table=True):
    """A badge of a person. `serial` is what the signed code carries; one valid badge a person at a time.

    `key_number`: the edition's key that signs it, 0 for the house's.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "serial"),
        Index("uq_badge_valid", "person_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    serial: int = 1
    key_number: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    issued_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    printed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    printed_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    prints: int = 0
    design_version_id: int | None = Field(
        default=None, foreign_key="badge_design_version.id", ondelete="SET NULL"
    )
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoked_because: str = Field(default="", sa_column_kwargs={"server_default": ""})
