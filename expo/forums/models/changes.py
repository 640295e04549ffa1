"""The log of the working timetable, written by a trigger: numbered acts and the places each changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSTZRANGE
from sqlmodel import Field, SQLModel

from expo.clock import now


class TimetableHead(SQLModel, table=True):
    """The number of the last change of an edition's timetable; its row lock takes writers one by one."""

    __tablename__ = "timetable_head"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(
        primary_key=True,
        foreign_key="edition.id",
        ondelete="CASCADE",
        sa_column_kwargs={"autoincrement": False},
    )
    revision: int = 0


class TimetableAct(SQLModel, table=True):
    """Something done to the timetable in one go, and undone in one go. `actor` is the name at that time."""

    __tablename__ = "timetable_act"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "revision"),
        CheckConstraint(
            "kind IN ('move','shift','swap','stretch','pin','clear','undo','redo','build','import',"
            "'withdraw','other')",
            name="kind",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    revision: int
    user_id: int | None = None
    actor: str = ""
    kind: str = "other"
    undoes_id: int | None = Field(
        default=None, foreign_key="timetable_act.id", index=True, ondelete="CASCADE"
    )
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class SlotChange(SQLModel, table=True):
    """A talk's place before and after an act. Talk and rooms may be gone since, so these are bare numbers."""

    __tablename__ = "slot_change"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("act_id", "talk_id"),)

    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="timetable_act.id", ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    talk_id: int = Field(index=True)
    talk_code: str = ""
    room_before: int | None = None
    before: Any = Field(default=None, sa_column=Column(TSTZRANGE, nullable=True))
    locked_before: bool = False
    room_after: int | None = None
    after: Any = Field(default=None, sa_column=Column(TSTZRANGE, nullable=True))
    locked_after: bool = False
