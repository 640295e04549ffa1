"""Forums, their talks, and the people on stage."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, json_object, texts

FORUM_KINDS = (
    "ceremony", "forum", "conference", "roundtable", "roadshow", "matchmaking", "workshop", "social"
)  # fmt: skip
TALK_KINDS = ("ceremony", "keynote", "talk", "panel", "workshop", "matchmaking", "social", "break")
TALK_STATES = ("accepted", "confirmed", "withdrawn")
HELD = ("accepted", "confirmed")
"""The states of talks that are planned, shown and released."""


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


class Forum(SQLModel, table=True):
    """The main event (exactly one per edition) or one of the N supporting events; a track of talks.

    They stand in the order of `position`, the main event first.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(_one_of("kind", FORUM_KINDS), name="kind"),
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
    position: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class ForumChair(SQLModel, table=True):
    """Somebody who leads a forum as a whole; who leads a single talk has a part in that talk."""

    __tablename__ = "forum_chair"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("forum_id", "speaker_id"),)

    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True, ondelete="CASCADE")
    speaker_id: int = Field(foreign_key="speaker.id", index=True, ondelete="CASCADE")
    position: int = 1


class Speaker(SQLModel, table=True):
    """Somebody on stage: speaker, chair or interpreter.

    `address` is the title of protocol before the name ("H. E."), `language` the one we write to them in,
    `notes` are the organiser's own. E-mail and notes are never published.
    """

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
    address: dict[str, str] = texts(sa_column_kwargs={"server_default": "{}"})
    language: str = Field(default="en", sa_column_kwargs={"server_default": "en"})
    notes: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Talk(SQLModel, table=True):
    """A talk, panel or ceremony. `after`: codes of talks that must end first; `alone`: nothing beside it.

    `layout` is the furniture it needs ("": any), `seats` the fewest (0: no matter), `setup_min` the minutes
    the room must be free before it beyond the usual. A withdrawn talk stays, without a place.
    `origin` keeps what another system said of it that has no column here, for the feeds to say again.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "guid"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint(_one_of("kind", TALK_KINDS), name="kind"),
        CheckConstraint(_one_of("state", TALK_STATES), name="state"),
        CheckConstraint("seats >= 0 AND setup_min BETWEEN 0 AND 1440", name="needs"),
        CheckConstraint("code ~ '^[0-9A-Z]{6}$'", name="code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    forum_id: int = Field(foreign_key="forum.id", index=True, ondelete="CASCADE")
    code: str
    guid: uuid.UUID = Field(default_factory=uuid.uuid4)
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
    state: str = Field(default="confirmed", sa_column_kwargs={"server_default": "confirmed"})
    layout: str = Field(default="", sa_column_kwargs={"server_default": ""})
    seats: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    setup_min: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    notes: str = Field(default="", sa_column_kwargs={"server_default": ""})
    origin: dict[str, Any] = json_object(sa_column_kwargs={"server_default": "{}"})


class TalkSpeaker(SQLModel, table=True):
    """A person's part in a talk. `during` mirrors the slot (trigger): nobody is in two places at once.

    `confirmed_at` is when the person said yes to it by the personal link.
    """

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
    confirmed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    during: Any = Field(default=None, sa_column=Column(TSTZRANGE, nullable=True))
