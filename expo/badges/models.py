"""Badges that were issued."""

from datetime import datetime

from sqlalchemy import DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now


class Badge(SQLModel, table=True):
    """A badge of a person. `serial` is what the signed code carries; one valid badge a person at a time."""

    __table_args__ = (
        UniqueConstraint("person_id", "serial"),
        Index("uq_badge_valid", "person_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    serial: int = 1
    issued_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    printed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    prints: int = 0
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
