"""What can be proven: the chain of events and its head, papers drawn up for signing, publications."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object
from matchmaking.deals.models.columns import INSTANT, one_of, sealed_json

PAPERS = ("cover", "memorandum", "order")


class DealEvent(SQLModel, table=True):
    """What happened, chained by hash per edition; never changed or deleted (trigger). Some are of no deal."""

    __tablename__ = "deal_event"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "sequence"),
        CheckConstraint("kind ~ '^[a-z_]+$' AND scheme IN (1, 2)", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    deal_id: int | None = Field(default=None, foreign_key="deal.id", index=True)
    sequence: int
    scheme: int = Field(default=2, sa_type=SmallInteger)
    kind: str
    payload: dict[str, Any] = sealed_json()
    at: datetime = Field(default_factory=now, sa_type=INSTANT)
    user_id: int | None = Field(default=None)
    previous_hash: str
    hash: str


class DealHead(SQLModel, table=True):
    """The end of an edition's chain, moved by the database alone: a cut-off tail shows against it."""

    __tablename__ = "deal_head"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    sequence: int
    hash: str


class DealDocument(SQLModel, table=True):
    """A paper drawn up for signing, as it was printed; never changed. `code` opens its public page."""

    __tablename__ = "deal_document"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("code"), CheckConstraint(one_of("kind", PAPERS), name="kind"))

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True, ondelete="CASCADE")
    code: str
    kind: str
    languages: str
    content: dict[str, Any] = sealed_json()
    digest: str
    event_sequence: int
    seal: str
    user_id: int | None = None
    at: datetime = Field(default_factory=now, sa_type=INSTANT)


class DealPublication(SQLModel, table=True):
    """Figures to be published: one person prepares, another approves; frozen from then on (trigger)."""

    __tablename__ = "deal_publication"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("approved_by <> prepared_by", name="four_eyes"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    figures: dict[str, Any] = json_object()
    head_sequence: int
    head_hash: str
    prepared_by: int
    prepared_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    embargo_until: datetime | None = Field(default=None, sa_type=INSTANT)
    approved_by: int | None = None
    approved_at: datetime | None = Field(default=None, sa_type=INSTANT)
