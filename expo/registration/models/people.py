"""People who come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import texts

KINDS = ("visitor", "buyer", "vip", "speaker", "press", "exhibitor", "organiser", "service")
STATES = ("pending", "waiting", "confirmed", "declined", "cancelled")
CONFIRMED = "confirmed"
"""The one state that gets a badge and passes a gate."""


class Person(SQLModel, table=True):
    """One attendee of an edition, of one kind. `name` is a language map: badges print it in its scripts.

    `state`: 'pending' awaits a decision, 'waiting' stands on the waiting list; only 'confirmed' people come.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(f"kind IN ({', '.join(repr(k) for k in KINDS)})", name="kind"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in STATES)})", name="state"),
        CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name="country"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    kind: str
    state: str = CONFIRMED
    name: dict[str, str] = texts()
    organisation: str = ""
    position: str = ""
    country: str = ""
    email: str = ""
    language: str = "en"
    exhibitor_id: int | None = Field(
        default=None, foreign_key="exhibitor.id", index=True, ondelete="SET NULL"
    )
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", ondelete="SET NULL")
    registered_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
