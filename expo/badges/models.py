"""Badges that were issued, and the keys that sign them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now


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
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoked_because: str = Field(default="", sa_column_kwargs={"server_default": ""})
