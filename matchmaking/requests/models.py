"""Requests for meetings, private refusals, messages, what is still to be told, an edition's rules."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now

SIDE = "IN ('buyer','supplier')"


class RequestSettings(SQLModel, table=True):
    """The organiser's rules: open requests and must-meets at most, and how long a request waits."""

    __tablename__ = "request_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(
            "open_buyer BETWEEN 0 AND 1000 AND open_supplier BETWEEN 0 AND 1000"
            " AND must_buyer BETWEEN 0 AND 1000 AND must_supplier BETWEEN 0 AND 1000",
            name="caps",
        ),
        CheckConstraint("lapse_hours BETWEEN 1 AND 2160", name="lapse"),
        CheckConstraint("warn_hours BETWEEN 0 AND 720", name="warn"),
        CheckConstraint("digest_hours BETWEEN 0 AND 168", name="digest"),
    )

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    open_buyer: int = 20
    open_supplier: int = 20
    must_buyer: int = 5
    must_supplier: int = 5
    lapse_hours: int = 120
    warn_hours: int = 24
    digest_hours: int = 12


class MeetingRequest(SQLModel, table=True):
    """One side asked the other for a meeting.

    `turn` is the side whose answer is waited for; what the other one proposed stands in `half` or `slot` (a
    number of the grid, from 1). `asked_half` and `asked_slot` keep the asker's own wish while the other
    proposes something else. A refusal is never seen here (see `MeetingRefusal`).
    """

    __tablename__ = "meeting_request"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"asked_by {SIDE}", name="asked_by"),
        CheckConstraint(f"turn {SIDE}", name="turn"),
        CheckConstraint("state IN ('open','agreed','withdrawn','lapsed','ended')", name="state"),
        CheckConstraint("half IN ('am','pm') AND asked_half IN ('am','pm')", name="half"),
        CheckConstraint("slot >= 1 AND asked_slot >= 1", name="slot"),
        CheckConstraint("half IS NULL OR slot IS NULL", name="one_wish"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        Index(
            "uq_meeting_request_pair",
            "buyer_id",
            "exhibitor_id",
            unique=True,
            postgresql_where=text("state IN ('open','agreed')"),
        ),
        Index(
            "ix_meeting_request_buyer_slot",
            "buyer_id",
            "slot",
            postgresql_where=text("state = 'agreed' AND slot IS NOT NULL"),
        ),
        Index(
            "ix_meeting_request_exhibitor_slot",
            "exhibitor_id",
            "slot",
            postgresql_where=text("state = 'agreed' AND slot IS NOT NULL"),
        ),
        Index("ix_meeting_request_buyer", "buyer_id", "state", "id"),
        Index("ix_meeting_request_exhibitor", "exhibitor_id", "state", "id"),
        Index("ix_meeting_request_edition", "edition_id", "id"),
        Index("ix_meeting_request_due", "expires_at", postgresql_where=text("state = 'open'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    buyer_id: int = Field(foreign_key="buyer.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    asked_by: str
    asker_must: bool = False
    other_must: bool = False
    by_both: bool = False
    state: str = "open"
    turn: str
    half: str | None = None
    slot: int | None = None
    asked_half: str | None = None
    asked_slot: int | None = None
    proposals: int = 0
    asked_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    warned_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    settled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class MeetingRefusal(SQLModel, table=True):
    """A side's no to the other: private and final for the other; only who said it may lift it."""

    __tablename__ = "meeting_refusal"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"side {SIDE}", name="side"),
        Index(
            "uq_meeting_refusal_pair",
            "buyer_id",
            "exhibitor_id",
            "side",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index(
            "ix_meeting_refusal_edition",
            "edition_id",
            "buyer_id",
            "exhibitor_id",
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("ix_meeting_refusal_exhibitor", "exhibitor_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    buyer_id: int = Field(foreign_key="buyer.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", ondelete="CASCADE")
    side: str
    refused_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    lifted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class RequestMessage(SQLModel, table=True):
    """What one side wrote to the other. `once` is drawn with the form: the same one twice is one message.

    `author` is the address of whoever wrote it where no account of this house is known by it.
    """

    __tablename__ = "request_message"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("request_id", "once"),
        CheckConstraint(f"side {SIDE}", name="side"),
        CheckConstraint("length(body) BETWEEN 1 AND 2000", name="body"),
    )

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="meeting_request.id", index=True, ondelete="CASCADE")
    side: str
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True, ondelete="SET NULL")
    author: str = ""
    body: str
    once: str
    written_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class RequestReport(SQLModel, table=True):
    """A side calls the organiser because of what the other wrote; once until it is dealt with."""

    __tablename__ = "request_report"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"side {SIDE}", name="side"),
        CheckConstraint("outcome IN ('','nothing','warned','silenced')", name="outcome"),
        Index(
            "uq_request_report_open",
            "request_id",
            "side",
            unique=True,
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    request_id: int = Field(foreign_key="meeting_request.id", index=True, ondelete="CASCADE")
    side: str
    words: str = ""
    reported_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    handled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    outcome: str = ""


class RequestOffer(SQLModel, table=True):
    """Somebody else to ask, in place of one that did not come about; each party once in the place of each."""

    __tablename__ = "request_offer"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("side", "buyer_id", "exhibitor_id"),
        CheckConstraint(f"side {SIDE}", name="side"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    request_id: int = Field(foreign_key="meeting_request.id", ondelete="CASCADE")
    side: str
    buyer_id: int = Field(foreign_key="buyer.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    offered_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    passed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class RequestNotice(SQLModel, table=True):
    """Something a party is still to be told, by one letter with all the rest: `other_id` names the party
    across (0: none), which has no foreign key so that nothing waits for whoever writes it."""

    __tablename__ = "request_notice"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"side {SIDE}", name="side"),
        Index(
            "uq_request_notice_untold",
            "edition_id",
            "side",
            "party_id",
            "kind",
            "other_id",
            unique=True,
            postgresql_where=text("told_at IS NULL"),
        ),
        Index("ix_request_notice_party", "edition_id", "side", "party_id", "told_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    side: str
    party_id: int
    kind: str
    other_id: int = 0
    due_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    told_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class RequestSeen(SQLModel, table=True):
    """How far a side has read the messages of a request."""

    __tablename__ = "request_seen"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint(f"side {SIDE}", name="side"),)

    request_id: int = Field(foreign_key="meeting_request.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True)
    message_id: int
