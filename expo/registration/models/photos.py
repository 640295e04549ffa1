"""People's photos."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now


class PersonPhoto(SQLModel, table=True):
    """A portrait drawn anew from what was sent: a JPEG of 360 × 480 that tells nothing of camera or place."""

    __tablename__ = "person_photo"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("octet_length(content) BETWEEN 1 AND 300000", name="size"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    content: bytes
    digest: str
    added_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
