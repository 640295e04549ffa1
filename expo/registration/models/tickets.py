"""Sorts of registration, the quotas over them, and the codes that invite."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import texts
from expo.registration.models.people import KINDS

INSTANT = DateTime(timezone=True)


class RegistrationSettings(SQLModel, table=True):
    """One an edition: whether the public may register, what the page says, how long an offer stands."""

    __tablename__ = "registration_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("offer_hours BETWEEN 1 AND 720", name="offer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    is_open: bool = False
    text: dict[str, str] = texts()
    offer_hours: int = 48


class Ticket(SQLModel, table=True):
    """A sort of registration: which kind of attendee it makes of whom, from when until when, how many.

    `places` None: no limit. `taken` counts those confirmed and those with an open offer, `reserved` what
    codes keep aside and nobody has used; both are counted by triggers, never by hand, and the database
    refuses more than there are places. Without `keeps_list` nobody waits: what is full is full.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("code ~ '^[a-z0-9][a-z0-9-]{0,39}$'", name="code"),
        CheckConstraint(f"kind IN ({', '.join(repr(k) for k in KINDS)})", name="kind"),
        CheckConstraint("opens_at < closes_at", name="period"),
        CheckConstraint("taken >= 0 AND reserved >= 0", name="counts"),
        CheckConstraint("taken + reserved <= places", name="places"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    position: int = 0
    kind: str
    name: dict[str, str] = texts()
    text: dict[str, str] = texts()
    opens_at: datetime | None = Field(default=None, sa_type=INSTANT)
    closes_at: datetime | None = Field(default=None, sa_type=INSTANT)
    places: int | None = None
    taken: int = 0
    reserved: int = 0
    needs_approval: bool = False
    invitation_only: bool = False
    one_per_email: bool = True
    keeps_list: bool = True
    is_offered: bool = True


class Quota(SQLModel, table=True):
    """A limit over several sorts together. `taken` and `reserved` are counted by triggers as of a sort."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("taken >= 0 AND reserved >= 0", name="counts"),
        CheckConstraint("taken + reserved <= places", name="places"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: str
    places: int
    taken: int = 0
    reserved: int = 0


class QuotaTicket(SQLModel, table=True):
    """A sort that a quota counts."""

    __tablename__ = "quota_ticket"  # pyright: ignore[reportAssignmentType]

    quota_id: int = Field(primary_key=True, foreign_key="quota.id", ondelete="CASCADE")
    ticket_id: int = Field(primary_key=True, foreign_key="ticket.id", index=True, ondelete="CASCADE")


class Invitation(SQLModel, table=True):
    """A code that opens a sort of registration (None: any) so many times.

    `used` counts everybody who registered with it and did not leave, `held` those of them who have a place;
    both by triggers. With `reserves` the places not used yet are kept aside until it expires or is closed.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("code ~ '^[A-Z0-9-]{4,40}$'", name="code"),
        CheckConstraint("uses BETWEEN 1 AND 100000", name="uses"),
        CheckConstraint("used BETWEEN 0 AND uses", name="used"),
        CheckConstraint("held BETWEEN 0 AND used", name="held"),
        CheckConstraint("NOT reserves OR ticket_id IS NOT NULL", name="reserves"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True, ondelete="CASCADE")
    note: str = ""
    uses: int = 1
    used: int = 0
    held: int = 0
    reserves: bool = False
    skips_approval: bool = True
    expires_at: datetime | None = Field(default=None, sa_type=INSTANT)
    closed_at: datetime | None = Field(default=None, sa_type=INSTANT)
    created_at: datetime = Field(default_factory=now, sa_type=INSTANT)
