"""Rooms, and when rooms and people can be had."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSTZRANGE
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts


class Room(SQLModel, table=True):
    """A room for talks. `equipment` are words talks may require; `booths` are interpretation booths."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("capacity > 0 AND booths >= 0", name="size"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    building: str = ""
    capacity: int
    booths: int = 0
    equipment: list[str] = json_list()


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
