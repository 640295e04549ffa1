"""Leads with their visits and qualifiers, the phones that scan, and the letters that follow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    column,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, texts

SOURCES = ("camera", "typed", "reader")
INSTANT = DateTime(timezone=True)

contact = table(
    "lead_contact",
    column("lead_id"),
    column("exhibitor_id"),
    column("consented"),
    column("withdrawn_at", INSTANT),
    column("name", JSONB),
    column("organisation"),
    column("position"),
    column("country"),
    column("email"),
    column("language"),
)
"""A view: what an exhibitor may know of somebody it met. Nothing of a person is read by any other way."""


def _own(link: str, there: str) -> ForeignKeyConstraint:
    """A link that only leads to rows of the same exhibitor."""
    return ForeignKeyConstraint(
        [link, "exhibitor_id"], [f"{there}.id", f"{there}.exhibitor_id"], ondelete="CASCADE"
    )


class LeadBook(SQLModel, table=True):
    """How many leads an exhibitor has had: the number of the last one."""

    __tablename__ = "lead_book"  # pyright: ignore[reportAssignmentType]

    exhibitor_id: int = Field(primary_key=True, foreign_key="exhibitor.id", ondelete="CASCADE")
    counted: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Lead(SQLModel, table=True):
    """Somebody whom an exhibitor met, once however often. Who it is stands in the view `lead_contact` only.

    `muted_at`: the visitor wants no more letters of this exhibitor. Contents are the exhibitor's alone, so
    the audit trail, which organisers read, holds none of them.
    """

    __table_args__ = (
        UniqueConstraint("exhibitor_id", "number"),
        UniqueConstraint("exhibitor_id", "person_id"),
        UniqueConstraint("id", "exhibitor_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("first_at <= last_at AND visits >= 1 AND number >= 1", name="order"),
        CheckConstraint("length(notes) <= 4000 AND length(next_step) <= 200", name="length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    number: int
    first_at: datetime = Field(sa_type=INSTANT)
    last_at: datetime = Field(sa_type=INSTANT)
    visits: int = 1
    rating: int | None = None
    notes: str = ""
    next_step: str = ""
    next_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=INSTANT)
    muted_at: datetime | None = Field(default=None, sa_type=INSTANT)
    revision: int = 0


class LeadVisit(SQLModel, table=True):
    """One scan, known by the id that the phone gave it. `counts` unless it belongs to a visit just noted.

    `marked_at` is the phone's time of the newest qualifiers taken over with it, so that none are undone.
    """

    __tablename__ = "lead_visit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "scan_id"),
        Index("ix_lead_visit_lead_id", "lead_id", "at"),
        _own("lead_id", "lead"),
        CheckConstraint(f"source IN ({', '.join(map(repr, SOURCES))})", name="source"),
        CheckConstraint("length(note) <= 2000", name="length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lead_id: int
    exhibitor_id: int
    scan_id: str
    at: datetime = Field(sa_type=INSTANT)
    received_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    source: str = "camera"
    counts: bool = True
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    staff_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    staff_name: str = ""
    note: str = ""
    marked_at: datetime | None = Field(default=None, sa_type=INSTANT)


class LeadQuestion(SQLModel, table=True):
    """A question answered by one tap; without an exhibitor it is the organiser's, asked at every stand."""

    __tablename__ = "lead_question"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(
            "jsonb_typeof(choices) = 'array' AND jsonb_array_length(choices) BETWEEN 2 AND 6", name="choices"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    position: int
    text: dict[str, str] = texts()
    choices: list[Any] = json_list()
    retired_at: datetime | None = Field(default=None, sa_type=INSTANT)


class LeadAnswer(SQLModel, table=True):
    """Which choice (from 0) fits somebody; the newest answer stands."""

    __tablename__ = "lead_answer"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (_own("lead_id", "lead"), CheckConstraint("choice >= 0", name="choice"))

    lead_id: int = Field(primary_key=True)
    question_id: int = Field(primary_key=True, foreign_key="lead_question.id", ondelete="CASCADE")
    exhibitor_id: int
    choice: int


class LeadInterest(SQLModel, table=True):
    """A product of the exhibitor's own, or a chapter of the Harmonised System, that somebody asked about."""

    __tablename__ = "lead_interest"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("lead_id", "product_id"),
        UniqueConstraint("lead_id", "chapter"),
        _own("lead_id", "lead"),
        CheckConstraint("num_nonnulls(product_id, chapter) = 1", name="one"),
        CheckConstraint("chapter ~ '^[0-9]{2}$'", name="chapter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lead_id: int
    exhibitor_id: int
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True, ondelete="CASCADE")
    chapter: str | None = None


class LeadDevice(SQLModel, table=True):
    """A phone that scans for an exhibitor without a sign-in: enrolled once by a code, known by a digest."""

    __tablename__ = "lead_device"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("code_digest"),
        UniqueConstraint("digest"),
        CheckConstraint("(digest IS NULL) = (enrolled_at IS NULL)", name="enrolled"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    staff_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="CASCADE")
    label: str
    code_digest: str
    code_until: datetime = Field(sa_type=INSTANT)
    digest: str | None = None
    made_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    enrolled_at: datetime | None = Field(default=None, sa_type=INSTANT)
    seen_at: datetime | None = Field(default=None, sa_type=INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)


class LeadLetter(SQLModel, table=True):
    """A letter of an exhibitor to those it met, in up to four languages, with places to fill in."""

    __tablename__ = "lead_letter"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("exhibitor_id", "name"), UniqueConstraint("id", "exhibitor_id"))

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    name: str
    subject: dict[str, str] = texts()
    body: dict[str, str] = texts()
    made_at: datetime = Field(default_factory=now, sa_type=INSTANT)


class LeadMail(SQLModel, table=True):
    """A letter went to somebody: each at most once, and no more than three of one exhibitor."""

    __tablename__ = "lead_mail"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("lead_id", "letter_id"),
        Index("ix_lead_mail_exhibitor_id", "exhibitor_id", "at"),
        _own("lead_id", "lead"),
        _own("letter_id", "lead_letter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lead_id: int
    exhibitor_id: int
    letter_id: int
    mail_id: int | None = Field(default=None, foreign_key="mail.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
