"""The dates of phases."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime
from sqlmodel import Field, SQLModel

from matchmaking.phases.spans import PHASES


class MeetingPhase(SQLModel, table=True):
    """A phase of matchmaking by days at the venue, both included; None: no limit.

    `begun_at` and `ended_at` say when what its beginning and its end bring about was done.
    """

    __tablename__ = "meeting_phase"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"phase IN ({', '.join(repr(phase) for phase in PHASES)})", name="phase"),
        CheckConstraint("opens_on <= closes_on", name="dates"),
    )

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    phase: str = Field(primary_key=True)
    opens_on: date | None = None
    closes_on: date | None = None
    begun_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
