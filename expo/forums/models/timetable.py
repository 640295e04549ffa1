"""Where and when talks are: the working timetable, and solves of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel


def between(start: datetime, end: datetime) -> Range[datetime]:
    """The half-open range from `start` to `end`."""
    return Range(start, end, bounds="[)")


class Slot(SQLModel, table=True):
    """Where and when a talk is in the working timetable: a room holds one talk at a time."""

    __table_args__ = (
        UniqueConstraint("talk_id"),
        CheckConstraint("NOT isempty(during)", name="during"),
        ExcludeConstraint(
            (text("int4range(room_id, room_id, '[]')"), "="),
            ("during", "&&"),
            using="gist",
            name="slot_one_talk_a_room",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    talk_id: int = Field(foreign_key="talk.id", ondelete="CASCADE")
    room_id: int = Field(foreign_key="room.id", index=True, ondelete="CASCADE")
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))
    locked: bool = False

    @property
    def starts_at(self) -> datetime:
        return self.during.lower

    @property
    def ends_at(self) -> datetime:
        return self.during.upper
