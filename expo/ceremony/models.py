"""Run sheets of ceremonies: items in order, guests with their protocol rank over time, parts in items."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.db import texts

KINDS = ("speech", "release", "launch", "signing", "award", "film", "performance", "photo", "other")
ROLES = ("speaks", "hosts", "signs", "witnesses", "presents", "receives", "attends")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


class Ceremony(SQLModel, table=True):
    """The run sheet of a talk that is a ceremony. `revision` counts its changes."""

    __table_args__ = (UniqueConstraint("talk_id"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    talk_id: int = Field(foreign_key="talk.id", ondelete="CASCADE")
    revision: int = 0


class CeremonyItem(SQLModel, table=True):
    """One item: `minutes` it lasts, then `turnover_min` for changing over to the next.

    `stage` is what is needed on stage, `cue` what the stage manager and the technicians do and when.
    """

    __tablename__ = "ceremony_item"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("ceremony_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint(_one_of("kind", KINDS), name="kind"),
        CheckConstraint("minutes BETWEEN 1 AND 240 AND turnover_min BETWEEN 0 AND 60", name="minutes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    ceremony_id: int = Field(foreign_key="ceremony.id", ondelete="CASCADE")
    position: int
    kind: str = "speech"
    title: dict[str, str] = texts()
    minutes: int = 5
    turnover_min: int = 1
    stage: dict[str, str] = texts()
    cue: dict[str, str] = texts()


class CeremonyGuest(SQLModel, table=True):
    """Somebody who has a part in a ceremony; `speaker_id` where they are among the people on stage too."""

    __tablename__ = "ceremony_guest"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name="country"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: dict[str, str] = texts()
    organisation: str = ""
    country: str = ""
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", ondelete="SET NULL")


class CeremonyRank(SQLModel, table=True):
    """What somebody is and where they stand in the order of protocol (1 is first) from a day on."""

    __tablename__ = "ceremony_rank"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("guest_id", "since"),
        CheckConstraint("rank BETWEEN 1 AND 9999", name="rank"),
    )

    id: int | None = Field(default=None, primary_key=True)
    guest_id: int = Field(foreign_key="ceremony_guest.id", ondelete="CASCADE")
    since: date
    rank: int
    title: dict[str, str] = texts()


class CeremonyPart(SQLModel, table=True):
    """A guest's part in an item."""

    __tablename__ = "ceremony_part"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("item_id", "guest_id"),
        CheckConstraint(_one_of("role", ROLES), name="role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="ceremony_item.id", ondelete="CASCADE")
    guest_id: int = Field(foreign_key="ceremony_guest.id", index=True, ondelete="CASCADE")
    role: str = "speaks"
