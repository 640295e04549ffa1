"""What people agreed to, for which purpose, and until when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, text
from sqlmodel import Field, SQLModel

from expo.clock import now

PURPOSES = ("leads", "news", "photo", "visa")


class Consent(SQLModel, table=True):
    """A person's agreement to one purpose; what was withdrawn stays as a row that says so.

    `version` is that of the text the person read (0: none was shown), `language` the one it was read in, `by`
    who said it: the person, the organiser, or the exhibitor that brings them.
    """

    __table_args__ = (
        CheckConstraint(f"purpose IN ({', '.join(repr(p) for p in PURPOSES)})", name="purpose"),
        CheckConstraint("by IN ('person', 'organiser', 'exhibitor')", name="by"),
        CheckConstraint("withdrawn_at >= given_at", name="order"),
        CheckConstraint("version >= 0", name="version"),
        Index(
            "uq_consent_given",
            "person_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    purpose: str
    version: int = 0
    language: str = "en"
    by: str = "person"
    given_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
