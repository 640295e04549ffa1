"""Solves of the agenda, the agenda in force with its versions, the people and tables it is made of."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class AgendaRun(SQLModel, table=True):
    """One solve of the agenda. It changes nothing until it is published.

    `kind`: "whole" (everything anew but what is settled), "rest" (only what is not booked yet) or "repair"
    (fewest changes). `based_on` is the version of the agenda it began with. `answer` holds the meetings and
    the unmet requests as compressed JSON (see `matchmaking.meetings.answers`), `unmet` counts them by reason,
    `figures` are what the checker says. A finished answer never changes (trigger).
    """

    __tablename__ = "agenda_run"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("kind IN ('whole','rest','repair')", name="kind"),
        CheckConstraint("state IN ('running','done','published','failed')", name="state"),
        Index("uq_agenda_run_job_id", "job_id", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str = "whole"
    state: str = "done"
    job_id: int | None = Field(default=None, foreign_key="job.id", ondelete="SET NULL")
    based_on: int = 0
    seed: int
    rounds: int
    objective: float | None = None
    bound: float | None = None
    baseline: float | None = None
    requests: int = 0
    breaks: int | None = None
    violations: int | None = None
    unmet: dict[str, Any] = json_object()
    figures: dict[str, Any] = json_object()
    curve: list = json_list()
    answer: bytes | None = None
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class AgendaVersion(SQLModel, table=True):
    """A change of the agenda in force, numbered 1, 2, … without a gap: a run published, or a hand at work.

    `changes` counts what was added, moved, cancelled and locked. Never changed (trigger).
    """

    __tablename__ = "agenda_version"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("kind IN ('run','hand','site')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    kind: str
    run_id: int | None = Field(default=None, foreign_key="agenda_run.id", ondelete="SET NULL")
    note: str = ""
    changes: dict[str, Any] = json_object()
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Delegate(SQLModel, table=True):
    """Somebody who sits in meetings for a buyer, an exhibitor, or both of one organisation.

    `unavailable` numbers the slots (from 1) that this person cannot take. A party that names nobody counts
    as one person.
    """

    __table_args__ = (
        CheckConstraint("num_nonnulls(buyer_id, exhibitor_id) >= 1", name="side"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    name: str
    email: str = ""
    languages: list[str] = json_list()
    unavailable: list[int] = json_list()


class MeetingTable(SQLModel, table=True):
    """A table of the meeting area: `seats` meetings take place at it at once, none in the `closed` slots.

    One with an exhibitor or a buyer is where this party always sits; `exclusive` keeps everybody else away.
    """

    __tablename__ = "meeting_table"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("edition_id", "exhibitor_id"),
        UniqueConstraint("edition_id", "buyer_id"),
        CheckConstraint("number BETWEEN 1 AND 100000", name="number"),
        CheckConstraint("seats BETWEEN 1 AND 100", name="seats"),
        CheckConstraint("num_nonnulls(buyer_id, exhibitor_id) <= 1", name="owner"),
        CheckConstraint("NOT exclusive OR num_nonnulls(buyer_id, exhibitor_id) = 1", name="exclusive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    seats: int = 1
    exclusive: bool = False
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    buyer_id: int | None = Field(default=None, foreign_key="buyer.id", index=True, ondelete="CASCADE")
    closed: list[int] = json_list()
    note: str = ""


class Meeting(SQLModel, table=True):
    """A buyer meets an exhibitor in slot `slot` (from 1), at seat `seat` of a table.

    Planned and held meetings hold their two people and their seat (`MeetingHold`); a no-show and a
    cancelled one let them go. `sequence` counts the changes of time, place and state, `told` is the one that
    both sides were last written to about (None: never). A locked meeting, and one that took place, stays
    where it is (trigger).
    """

    __table_args__ = (
        Index(
            "uq_meeting_planned_pair",
            "edition_id",
            "buyer_id",
            "exhibitor_id",
            unique=True,
            postgresql_where=text("state = 'planned'"),
        ),
        Index("ix_meeting_edition_id_slot", "edition_id", "slot"),
        CheckConstraint("slot >= 1 AND table_number >= 1 AND seat >= 1", name="place"),
        CheckConstraint("state IN ('planned','held','no_show','cancelled')", name="state"),
        CheckConstraint("origin IN ('run','hand','site')", name="origin"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    run_id: int | None = Field(default=None, foreign_key="agenda_run.id", ondelete="SET NULL")
    buyer_id: int = Field(foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    buyer_delegate_id: int | None = Field(default=None, foreign_key="delegate.id", index=True)
    exhibitor_delegate_id: int | None = Field(default=None, foreign_key="delegate.id", index=True)
    slot: int
    starts_at: datetime = Field(sa_type=DateTime(timezone=True))
    ends_at: datetime = Field(sa_type=DateTime(timezone=True))
    table_number: int
    seat: int = 1
    score: float = 0.0
    need_position: int = 0
    product_code: str = ""
    reasons: list[Any] = json_list()
    state: str = "planned"
    origin: str = "run"
    locked: bool = False
    note: str = ""
    sequence: int = 0
    told: int | None = None


class MeetingHold(SQLModel, table=True):
    """What meetings hold, each once a slot: "table 7/1" (seat 1), "delegate 12", "firm 33" (organisation).

    Only the database writes here (trigger on meeting), which is why nobody can book twice.
    """

    __tablename__ = "meeting_hold"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    slot: int = Field(primary_key=True)
    resource: str = Field(primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
