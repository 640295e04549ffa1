"""The call of an edition: when it is open, what it asks for, how proposals are judged and answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts


class CallForTalks(SQLModel, table=True):
    """One call an edition. Proposals are taken from `opens_at` until `closes_at`; without both it is shut.

    `forums`, `kinds`, `lengths` (minutes) and `languages` are what may be chosen (forums by code; none: all).
    Where it is anonymous, reviewers see neither names nor notes.
    """

    __tablename__ = "call_for_talks"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("opens_at < closes_at", name="period"),
        CheckConstraint("reviews_wanted BETWEEN 1 AND 20 AND most_speakers BETWEEN 1 AND 10", name="numbers"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    opens_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    closes_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    text: dict[str, str] = texts()
    forums: list[str] = json_list()
    kinds: list[str] = json_list()
    lengths: list[int] = json_list()
    languages: list[str] = json_list()
    is_anonymous: bool = False
    reviews_wanted: int = 3
    most_speakers: int = 3


class Criterion(SQLModel, table=True):
    """What reviewers judge by, from 0 to `best`; `weight` is its share of the whole."""

    __tablename__ = "review_criterion"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "position"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        CheckConstraint("best BETWEEN 1 AND 10", name="best"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    position: int
    name: dict[str, str] = texts()
    weight: int = 1
    best: int = 5


class CallLetter(SQLModel, table=True):
    """An organiser's own words for a letter of decision, instead of the house's."""

    __tablename__ = "call_letter"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("kind IN ('accepted','waiting','rejected')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str
    subject: dict[str, str] = texts()
    body: dict[str, str] = texts()
