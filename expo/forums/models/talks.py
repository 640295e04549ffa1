"""Forums, their talks, and the people on stage."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts


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
