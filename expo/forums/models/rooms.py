"""Rooms, ways between buildings, when rooms and people can be had, and what holds for all rooms."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSTZRANGE
from sqlmodel import Field, SQLModel

from expo.db import json_list, json_object, texts


class Room(SQLModel, table=True):
    """A room for talks. `equipment` are words talks may require; `booths` are interpretation booths.

    `layouts` are the ways it can be furnished with their seats ({"theatre": 200}); none: `capacity` seats in
    any. `change_min` are the minutes it takes to furnish it anew between two talks.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("capacity > 0 AND booths >= 0", name="size"),
        CheckConstraint("change_min BETWEEN 0 AND 1440", name="change"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    building: str = ""
    capacity: int
    booths: int = 0
    equipment: list[str] = json_list()
    layouts: dict[str, int] = json_object(sa_column_kwargs={"server_default": "{}"})
    change_min: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Travel(SQLModel, table=True):
    """Minutes from one building to another, the same both ways; `one` is the first by code points.

    Pairs without a row take what the programme's settings say.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "one", "other"),
        CheckConstraint('one COLLATE "C" < other COLLATE "C"', name="order"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    one: str
    other: str
    minutes: int


class ProgrammeSettings(SQLModel, table=True):
    """What holds for the whole programme: minutes between two talks in a room, and between two buildings."""

    __tablename__ = "programme_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("setup_min BETWEEN 0 AND 240 AND travel_min BETWEEN 0 AND 1440", name="minutes"),
    )

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    setup_min: int = 5
    travel_min: int = 10


class Availability(SQLModel, table=True):
    """When a speaker or a room can be had. No rows: always."""

    __table_args__ = (
        CheckConstraint("(speaker_id IS NULL) <> (room_id IS NULL)", name="one_subject"),
        CheckConstraint("NOT isempty(during)", name="during"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", index=True, ondelete="CASCADE")
    room_id: int | None = Field(default=None, foreign_key="room.id", index=True, ondelete="CASCADE")
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))
