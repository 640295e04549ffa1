"""Sums of the gates' passages, kept by the database; see the migration for how."""

from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, Index, UniqueConstraint, column, table
from sqlmodel import Field, SQLModel

INSTANT = DateTime(timezone=True)

outer = table("figure_gate", column("gate_id"), column("edition_id"), column("is_hall"), column("is_outer"))
"""A view: which gates lead into the event from outside, and which into a hall."""


class Todo(SQLModel, table=True):
    """A passage that is not added up yet."""

    __tablename__ = "figure_todo"  # pyright: ignore[reportAssignmentType]

    passage_id: int = Field(primary_key=True, sa_type=BigInteger)


class Minute(SQLModel, table=True):
    """What passed a gate within a minute; annulled passages are none."""

    __tablename__ = "figure_minute"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    minute: datetime = Field(primary_key=True, sa_type=INSTANT)
    gate_id: int = Field(primary_key=True, foreign_key="gate.id", index=True, ondelete="CASCADE")
    entries: int
    exits: int
    refused: int


class Arrival(SQLModel, table=True):
    """Entries into an area within a minute, by all of its gates. The database keeps it with the minutes."""

    __tablename__ = "figure_arrival"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    minute: datetime = Field(primary_key=True, sa_type=INSTANT)
    area_id: int = Field(primary_key=True, foreign_key="gate_area.id", index=True, ondelete="CASCADE")
    entries: int


class GateDay(SQLModel, table=True):
    """What passed a gate on a day. The database keeps it with the minutes."""

    __tablename__ = "figure_gate_day"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    gate_id: int = Field(primary_key=True, foreign_key="gate.id", index=True, ondelete="CASCADE")
    entries: int
    exits: int
    refused: int


class Visit(SQLModel, table=True):
    """One person's day: a visit, where `counted` says that auditors count this person as a visitor.

    `is_first` marks the one day on which a visitor is counted. `kind` and `country` are as known at the gate;
    they stay when the person is deleted. `inside_s`: seconds between entries and exits, None without exits.
    """

    __tablename__ = "figure_visit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        Index("ix_figure_visit_edition_id", "edition_id", "day", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    day: date
    kind: str
    country: str
    counted: bool
    is_first: bool
    entries: int
    first_at: datetime = Field(sa_type=INSTANT)
    last_at: datetime = Field(sa_type=INSTANT)
    inside_s: int | None = None


class DaySum(SQLModel, table=True):
    """How many visits a day had, and for how many people it was the first, by kind and country."""

    __tablename__ = "figure_day"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    country: str = Field(primary_key=True)
    counted: bool = Field(primary_key=True)
    visits: int
    firsts: int


class Stay(SQLModel, table=True):
    """How many visitors stayed so many quarters of an hour, on a day."""

    __tablename__ = "figure_stay"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    quarter: int = Field(primary_key=True)
    people: int
