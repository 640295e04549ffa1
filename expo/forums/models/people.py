"""Personal links of people on stage, and what they answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now


class PersonalLink(SQLModel, table=True):
    """An address that opens somebody's own page without an account. Only the digest of its token is kept."""

    __tablename__ = "personal_link"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    speaker_id: int = Field(foreign_key="speaker.id", index=True, ondelete="CASCADE")
    digest: str = Field(unique=True)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class SpeakerAnswer(SQLModel, table=True):
    """What somebody said about a talk: that they come, or that they do not, and why. Written once, kept."""

    __tablename__ = "speaker_answer"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("answer IN ('confirmed','withdrawn')", name="answer"),)

    id: int | None = Field(default=None, primary_key=True)
    talk_id: int = Field(foreign_key="talk.id", index=True, ondelete="CASCADE")
    speaker_id: int = Field(foreign_key="speaker.id", index=True, ondelete="CASCADE")
    answer: str
    reason: str = ""
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
