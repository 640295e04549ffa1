"""What happened at the gates, where people are by it, and what devices keep for days without a net."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.checkin.words import TYPES, VERDICTS, one_of
from expo.clock import now
from expo.db import json_object


class Passage(SQLModel, table=True):
    """One scan at a gate, written once by the database's `gate_pass` and never changed.

    `source` ('d7' a device, 'u3' somebody signed in) and `scan_id` name it: the same scan comes but once.
    `at` is when it happened, `claimed_at` what the device said, `day` the day of the gates it belongs to.
    `verdict` is what happened at the gate; a `forced` one with the `reason` that was passed over.
    """

    __table_args__ = (
        UniqueConstraint("source", "scan_id"),
        CheckConstraint(one_of("type", TYPES), name="type"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint("verdict = 'ok' OR reason <> ''", name="reason"),
        Index("ix_passage_person_id_at", "person_id", "at"),
        Index("ix_passage_edition_id_at", "edition_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    gate_id: int = Field(foreign_key="gate.id")
    area_id: int = Field(foreign_key="gate_area.id")
    device_id: int | None = Field(default=None, foreign_key="gate_device.id", ondelete="SET NULL")
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    source: str
    scan_id: str
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    serial: int | None = None
    type: str
    at: datetime = Field(sa_type=DateTime(timezone=True))
    claimed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    received_at: datetime = Field(sa_type=DateTime(timezone=True))
    day: date
    verdict: str
    reason: str = ""
    detail: dict = json_object()
    forced: bool = False
    forced_by: str = ""
    offline: bool = False
    typed: bool = False
    flag: str = ""


class Annulment(SQLModel, table=True):
    """A passage that was a mistake: it stays written and counts no more."""

    __tablename__ = "passage_annulment"  # pyright: ignore[reportAssignmentType]

    passage_id: int = Field(
        sa_type=BigInteger, foreign_key="passage.id", primary_key=True, ondelete="CASCADE"
    )
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    by: str = ""
    reason: str = ""


class Conflict(SQLModel, table=True):
    """A gate let somebody through that the rules would have refused, found when its scans came in.

    `other_id` is the passage that stands against it, say at another gate.
    """

    __tablename__ = "gate_conflict"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_gate_conflict_open", "edition_id", "id", postgresql_where=text("settled_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    passage_id: int = Field(sa_type=BigInteger, foreign_key="passage.id", unique=True, ondelete="CASCADE")
    other_id: int | None = Field(
        default=None, sa_type=BigInteger, foreign_key="passage.id", index=True, ondelete="SET NULL"
    )
    reason: str
    found_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    settled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    settled_by: str = ""
    note: str = ""


class Place(SQLModel, table=True):
    """Where somebody is by their last passage (`at`): one place a person, the innermost area (None: outside).

    It follows from the passages; `gate_count` is kept by its trigger.
    """

    __tablename__ = "gate_place"  # pyright: ignore[reportAssignmentType]

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    area_id: int | None = Field(default=None, foreign_key="gate_area.id", index=True)
    day: date | None = None
    at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    passage_id: int | None = Field(default=None, sa_type=BigInteger)


class Count(SQLModel, table=True):
    """How many people are in an area, in `shard` parts so that gates do not wait for one another."""

    __tablename__ = "gate_count"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("inside >= 0", name="inside"),)

    area_id: int = Field(foreign_key="gate_area.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    shard: int = Field(primary_key=True)
    inside: int = 0


class Box(SQLModel, table=True):
    """A person's record as devices keep it, readable only with the badge in hand; `box` is None once the
    badge opens nothing any more. `mark` tells whether the record changed since."""

    __tablename__ = "gate_box"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_gate_box_edition_id_version", "edition_id", "version"),)

    token_id: str = Field(primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    badge_id: int = Field(unique=True)
    box: str | None = None
    mark: str = ""
    version: int
