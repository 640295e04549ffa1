"""People who come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
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
    Somebody confirmed takes a place of their sort of registration, and somebody waiting does while an offer
    stands (`offered_until`). `email_key` is kept by a trigger where a sort takes an address only once, `once`
    is the form they sent: sending it twice registers nobody twice.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(f"kind IN ({', '.join(repr(k) for k in KINDS)})", name="kind"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in STATES)})", name="state"),
        CheckConstraint("offered_until IS NULL OR state = 'waiting'", name="offer"),
        UniqueConstraint("ticket_id", "email_key"),
        UniqueConstraint("edition_id", "once"),
        Index("ix_person_waiting", "edition_id", "waiting_since", postgresql_where=text("state = 'waiting'")),
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
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True, ondelete="SET NULL")
    invitation_id: int | None = Field(
        default=None, foreign_key="invitation.id", index=True, ondelete="SET NULL"
    )
    waiting_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    offered_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str = ""
    email_key: str | None = None
    once: str | None = None
    registered_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class PersonLink(SQLModel, table=True):
    """A secret address under which somebody sees and changes their registration; kept as a digest.

    `mailed_to`: the address it was mailed to, in small letters; '' for one that was only shown to who sent
    the form. Whoever opens a mailed one reads the mail of that address.
    """

    __tablename__ = "person_link"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("digest"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    digest: str
    mailed_to: str = ""
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
