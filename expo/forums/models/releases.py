"""Released versions of the programme, what they said, and who was written to about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object, texts


class Release(SQLModel, table=True):
    """A published version of the programme, numbered from 1; none is ever changed or taken out (trigger).

    A `restored` one says again what the earlier version named in `restores` said.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "version"),
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("kind IN ('released','restored') AND number > 0", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    version: str
    kind: str = Field(default="released", sa_column_kwargs={"server_default": "released"})
    restores: str = Field(default="", sa_column_kwargs={"server_default": ""})
    note: dict[str, str] = texts()
    released_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    released_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")


class ReleasedProgramme(SQLModel, table=True):
    """All that a version says (see `expo.forums.snapshot`), with the SHA-256 of it; '' where unknown."""

    __tablename__ = "released_programme"  # pyright: ignore[reportAssignmentType]

    release_id: int = Field(primary_key=True, foreign_key="release.id", ondelete="CASCADE")
    digest: str
    content: dict[str, Any] = json_object()


class ReleasedSlot(SQLModel, table=True):
    """A talk's place in a released version. Feeds number it by the talk, which stays over the versions.

    Talk and room are numbers, not links: either may be deleted later, and the version says what it said.
    """

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
    talk_id: int
    room_id: int
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))


class ReleaseTelling(SQLModel, table=True):
    """That those affected by a version were written to; the next version's letters start from this one."""

    __tablename__ = "release_telling"  # pyright: ignore[reportAssignmentType]

    release_id: int = Field(primary_key=True, foreign_key="release.id", ondelete="CASCADE")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    letters: int = 0


class ReleaseLetter(SQLModel, table=True):
    """One mail about a version: an address is written to once, whoever asks. `talks` are their numbers."""

    __tablename__ = "release_letter"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("release_id", "recipient"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", ondelete="CASCADE")
    recipient: str
    language: str
    on_stage: bool
    talks: list[int] = json_list()
    mail_id: int | None = Field(default=None, foreign_key="mail.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
