"""Who came to meetings and who did not, seats that came free, interpreters, what both sides said after."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list

SIDE = "IN ('buyer','supplier')"


class OnsiteSettings(SQLModel, table=True):
    """The organiser's rules of the day: minutes before a meeting from which people can say that they are
    there, minutes that everybody is waited for, and no-shows after which somebody is looked at."""

    __tablename__ = "onsite_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("early_minutes BETWEEN 0 AND 240", name="early"),
        CheckConstraint("grace_minutes BETWEEN 0 AND 60", name="grace"),
        CheckConstraint("alarm_after BETWEEN 1 AND 100", name="alarm"),
    )

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    early_minutes: int = 30
    grace_minutes: int = 7
    alarm_after: int = 2


class MeetingAttendance(SQLModel, table=True):
    """What is known of one side of a meeting: when it came (by its own tap, the host's, or a scanned badge),
    or how many minutes late it will be. Once both came, the database marks the meeting as held."""

    __tablename__ = "meeting_attendance"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"side {SIDE}", name="side"),
        CheckConstraint("how IN ('self','host','badge')", name="how"),
        CheckConstraint("late_minutes BETWEEN 0 AND 60", name="late"),
    )

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    late_minutes: int = 0
    arrived_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    how: str = "self"
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True, ondelete="SET NULL")


class MeetingNoShow(SQLModel, table=True):
    """A side that did not come to a meeting. `excused` ones do not count against anybody."""

    __tablename__ = "meeting_no_show"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint(f"side {SIDE}", name="side"),)

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    noted_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True, ondelete="SET NULL")
    excused: bool = False
    told_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class MeetingOpening(SQLModel, table=True):
    """A party waits at a seat in a slot for whoever comes first of those it may meet (`asked`, numbers of
    parties on the other side, the most wanted first). `taken_id` is the meeting that came of it."""

    __tablename__ = "meeting_opening"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("num_nonnulls(buyer_id, exhibitor_id) = 1", name="side"),
        CheckConstraint("taken_id IS NULL OR closed_at IS NOT NULL", name="taken"),
        Index(
            "uq_meeting_opening_seat",
            "edition_id",
            "slot",
            "table_number",
            "seat",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    slot: int
    table_number: int
    seat: int = 1
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    asked: list[int] = json_list()
    opened_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    taken_id: int | None = Field(default=None, foreign_key="meeting.id", index=True, ondelete="SET NULL")


class Interpreter(SQLModel, table=True):
    """Somebody who interprets in meetings between any two of `languages`; `unavailable` numbers slots."""

    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    email: str = ""
    phone: str = ""
    languages: list[str] = json_list()
    unavailable: list[int] = json_list()


class InterpreterDuty(SQLModel, table=True):
    """An interpreter sits in a meeting; the slot is the meeting's, and nobody interprets twice in one."""

    __tablename__ = "interpreter_duty"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("interpreter_id", "slot"),)

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    interpreter_id: int = Field(foreign_key="interpreter.id", ondelete="CASCADE")
    slot: int


class MeetingFeedback(SQLModel, table=True):
    """What one side says of a meeting that was held, for the organiser alone: 1 to 5, whether it will follow
    up, what it expects to come of it, and (told to the other side) whether it wants to meet again.

    `author` is the address of whoever said it where no account of this house is known by it.
    """

    __tablename__ = "meeting_feedback"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"side {SIDE}", name="side"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint(
            "expected_minor >= 0 AND (expected_minor IS NULL) = (currency = '')", name="expected"
        ),
        CheckConstraint("length(words) <= 2000", name="words"),
    )

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    rating: int
    follow_up: bool = False
    again: bool = False
    expected_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""
    words: str = ""
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True, ondelete="SET NULL")
    author: str = ""
    given_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class AgendaFeed(SQLModel, table=True):
    """The secret key of the calendar of a party or one of its people; a new one ends the old one."""

    __tablename__ = "agenda_feed"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("num_nonnulls(buyer_id, exhibitor_id) = 1", name="side"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    delegate_id: int | None = Field(default=None, foreign_key="delegate.id", index=True, ondelete="CASCADE")
    key: str
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
