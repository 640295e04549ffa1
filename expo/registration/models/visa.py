"""Letters of invitation for a visa."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import texts

INSTANT = DateTime(timezone=True)


class VisaSettings(SQLModel, table=True):
    """One an edition: whether letters may be asked for, and the letterhead of who invites."""

    __tablename__ = "visa_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("keep_days BETWEEN 0 AND 365", name="keep_days"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    is_open: bool = False
    inviter: dict[str, str] = texts()
    address: dict[str, str] = texts()
    contact: str = ""
    signatory: dict[str, str] = texts()
    position: dict[str, str] = texts()
    closing: dict[str, str] = texts()
    keep_days: int = 30


class VisaLetter(SQLModel, table=True):
    """A letter asked for, reviewed, signed or refused, perhaps revoked. `passport` is encrypted (AES-GCM).

    `number` counts the signed letters of an edition; `check_code` opens the page where a consul sees that the
    letter is genuine, and nothing about the person. What says who travels goes once it is no longer needed.
    """

    __tablename__ = "visa_letter"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("check_code"),
        CheckConstraint("state IN ('asked', 'signed', 'refused', 'revoked', 'taken back')", name="state"),
        CheckConstraint("(number IS NULL) = (signed_at IS NULL)", name="number"),
        CheckConstraint("(state IN ('signed', 'revoked')) = (signed_at IS NOT NULL)", name="signed"),
        CheckConstraint("arrives_on <= leaves_on", name="stay"),
        Index(
            "uq_visa_letter_open",
            "person_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'signed')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    state: str = "asked"
    number: int | None = None
    check_code: str
    language: str = "en"
    passport: bytes | None = None
    arrives_on: date | None = None
    leaves_on: date | None = None
    asked_by: str = "person"
    asked_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    signed_by: str = ""
    signed_at: datetime | None = Field(default=None, sa_type=INSTANT)
    decided_at: datetime | None = Field(default=None, sa_type=INSTANT)
    reason: str = ""
