"""Rooms, forums, talks, speakers and their places in the timetable (draft and released)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object, texts


def between(start: datetime, end: datetime) -> Range[datetime]:
    """The half-open range from `start` to `end`."""
    return Range(start, end, bounds="[)")


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


class Forum(SQLModel, table=True):
    """The main event (exactly one per edition) or one of the N supporting events; a track of talks."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("kind IN ('ceremony','forum','matchmaking')", name="kind"),
        CheckConstraint("hue BETWEEN 1 AND 8", name="hue"),
        Index("uq_forum_main", "edition_id", unique=True, postgresql_where=text("is_main")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    description: dict[str, str] = texts()
    kind: str = "forum"
    is_main: bool = False
    hue: int = 1


class Speaker(SQLModel, table=True):
    """Somebody on stage: speaker, chair or interpreter."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name="country"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    title: dict[str, str] = texts()
    biography: dict[str, str] = texts()
    organisation: str = ""
    country: str = ""
    email: str = ""
    languages: list[str] = json_list()


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


class Talk(SQLModel, table=True):
    """A talk, panel or ceremony. `after`: codes of talks that must end first; `alone`: nothing beside it."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes"),
        CheckConstraint("kind IN ('ceremony','keynote','talk','panel','matchmaking')", name="kind"),
        CheckConstraint("code ~ '^[0-9A-Z]{6}$'", name="code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    forum_id: int = Field(foreign_key="forum.id", index=True, ondelete="CASCADE")
    code: str
    guid: uuid.UUID = Field(default_factory=uuid.uuid4, unique=True)
    title: dict[str, str] = texts()
    abstract: dict[str, str] = texts()
    kind: str = "talk"
    minutes: int = 30
    language: str = "en"
    interpretation: list[str] = json_list()
    equipment: list[str] = json_list()
    after: list[str] = json_list()
    alone: bool = False
    fixed_room: str = ""
    fixed_start: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    on_date: date | None = None


class TalkSpeaker(SQLModel, table=True):
    """A person's part in a talk. `during` mirrors the slot (trigger): nobody is in two places at once."""

    __tablename__ = "talk_speaker"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("talk_id", "speaker_id"),
        CheckConstraint("role IN ('speaker','chair','interpreter')", name="role"),
        ExcludeConstraint(
            (text("int4range(speaker_id, speaker_id, '[]')"), "="),
            ("during", "&&"),
            using="gist",
            name="talk_speaker_one_place",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    talk_id: int = Field(foreign_key="talk.id", index=True, ondelete="CASCADE")
    speaker_id: int = Field(foreign_key="speaker.id", index=True, ondelete="CASCADE")
    role: str = "speaker"
    position: int = 1
    during: Any = Field(default=None, sa_column=Column(TSTZRANGE, nullable=True))


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


class Release(SQLModel, table=True):
    """A published version of the timetable."""

    __table_args__ = (UniqueConstraint("edition_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    version: str
    note: str = ""
    released_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class ReleasedSlot(SQLModel, table=True):
    """A talk's place in a released version. Feeds number it by the talk, which stays over the versions."""

    __tablename__ = "released_slot"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("release_id", "talk_id"),
        ExcludeConstraint(
            (text("int4range(release_id, release_id, '[]')"), "="),
            (text("int4range(room_id, room_id, '[]')"), "="),
            ("during", "&&"),
            using="gist",
            name="released_slot_one_talk_a_room",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True, ondelete="CASCADE")
    talk_id: int = Field(sa_column=Column(Integer, ForeignKey("talk.id", ondelete="CASCADE"), nullable=False))
    room_id: int = Field(foreign_key="room.id", ondelete="CASCADE")
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))


class TimetableRun(SQLModel, table=True):
    """One solve of the timetable, kept for comparison and replay."""

    __tablename__ = "timetable_run"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    seed: int
    rounds: int
    hard: int | None = None
    total: float | None = None
    parts: dict[str, Any] = json_object()
    curve: list = json_list()
    unplaced: list[str] = json_list()
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
