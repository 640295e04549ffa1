"""Organisations, exhibitors of an edition with their wishes, orders and invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, texts
from expo.exhibitors.models.orders import Invoice, Order, OrderLine

__all__ = [
    "INVITATIONS",
    "PARTNERSHIPS",
    "SHAPES",
    "SIZES",
    "STATES",
    "WISHES",
    "Exhibitor",
    "Invoice",
    "Order",
    "OrderLine",
    "Organisation",
    "Partnership",
    "PavilionInvitation",
    "Rivalry",
    "SavedView",
    "Wish",
    "one_of",
]

SHAPES = ("any", "row", "block", "corner", "island", "raw")
SIZES = ("small", "medium", "large")
STATES = ("draft", "submitted", "accepted", "rejected", "withdrawn")
WISHES = ("near_entrance", "corner", "beside", "stand", "zone", "hall")
PARTNERSHIPS = ("asked", "accepted", "declined", "ended")
INVITATIONS = ("invited", "accepted", "declined", "withdrawn")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """SQL for a check constraint: the column holds one of the values."""
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class Organisation(SQLModel, table=True):
    """A firm or body, known across editions. `search_name` is the folded English or first name."""

    __table_args__ = (
        UniqueConstraint("search_name", "country"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint(one_of("size", SIZES), name="size"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: dict[str, str] = texts()
    search_name: str
    country: str
    size: str = "medium"
    website: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""


class Exhibitor(SQLModel, table=True):
    """An organisation's part in one edition: its application, from draft to accepted.

    `code` is unique per edition. `points_origin` lists where the points come from: [{"source": "years",
    "points": 12}], `points_counted_at` when this house last counted them (None: as they came). `area_m2` is
    the net area asked for, `least_m2` the least that would still do (None: no less). `lead_id` names the
    pavilion lead in whose block it stands; a lead says with `pavilion_m2` how big the whole block may be (0:
    as large as its members add up to). `revision` counts what was saved, so that two people who write at
    once notice. `late_reason` lets an application be sent after the closing day.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "organisation_id"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(one_of("shape", SHAPES), name="shape"),
        CheckConstraint("area_m2 >= 0 AND power_kw >= 0 AND height_cm >= 0", name="needs"),
        CheckConstraint("lead_id <> id", name="lead"),
        CheckConstraint("load_kg_m2 >= 0 AND pavilion_m2 >= 0 AND revision >= 0", name="more_needs"),
        CheckConstraint("least_m2 IS NULL OR least_m2 BETWEEN 1 AND area_m2", name="least"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    code: str
    state: str = "draft"
    sector: str = ""
    profile: dict[str, str] = texts()
    area_m2: int = 9
    least_m2: int | None = None
    shape: str = "any"
    zones: list[str] = json_list()
    power_kw: int = 0
    height_cm: int = 250
    water: bool = False
    load_kg_m2: int = 0
    points: Decimal = Field(default=Decimal(0), sa_type=Numeric(10, 2))
    points_origin: list[dict[str, Any]] = json_list()
    points_counted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    paid_on: date | None = None
    newcomer: bool = False
    lead_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True)
    pavilion_m2: int = 0
    contact_name: str = ""
    contact_email: str = ""
    step: str = "organisation"
    review_note: str = ""
    late_reason: str = ""
    revision: int = 0
    search_text: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    submitted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Wish(SQLModel, table=True):
    """A ranked wish of an exhibitor; `target` is a stand, zone, hall or exhibitor code, or empty."""

    __table_args__ = (
        UniqueConstraint("exhibitor_id", "rank"),
        CheckConstraint(one_of("kind", WISHES), name="kind"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    rank: int
    kind: str
    target: str = ""


class Rivalry(SQLModel, table=True):
    """Two exhibitors who must not be neighbours, smaller id first; who named it (`named_by`) is private.

    Both sides may name each other: a row each. None as `named_by` is the organiser's own. A competitor who is
    not known yet is kept as `words`, with its owner as `one_id` and no `other_id`, until it takes part.
    """

    __table_args__ = (
        Index(
            "uq_rivalry_owner", "one_id", "other_id", text("coalesce(named_by, 0)"), unique=True,
            postgresql_where=text("other_id IS NOT NULL"),
        ),
        CheckConstraint("one_id < other_id", name="order"),
        CheckConstraint("named_by IS NULL OR named_by IN (one_id, other_id)", name="owner"),
        CheckConstraint("other_id IS NOT NULL OR (words <> '' AND named_by = one_id)", name="words"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    one_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    other_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    named_by: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    words: str = ""


class Partnership(SQLModel, table=True):
    """One exhibitor asks another to be placed beside it; it counts once the other accepts.

    `words` is what the asker typed: whoever is not publicly an exhibitor yet is shown by these alone.
    """

    __table_args__ = (
        Index(
            "uq_partnership_live", text("least(asker_id, asked_id)"), text("greatest(asker_id, asked_id)"),
            unique=True, postgresql_where=text("asked_id IS NOT NULL AND state IN ('asked', 'accepted')"),
        ),
        CheckConstraint(one_of("state", PARTNERSHIPS), name="state"),
        CheckConstraint("asker_id <> asked_id", name="two"),
        CheckConstraint("state <> 'accepted' OR asked_id IS NOT NULL", name="answered"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    asker_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    asked_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    words: str
    note: str = ""
    state: str = "asked"
    asked_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    answered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class PavilionInvitation(SQLModel, table=True):
    """A pavilion lead offers a part of its block; who accepts becomes a member (`Exhibitor.lead_id`)."""

    __tablename__ = "pavilion_invitation"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index(
            "uq_pavilion_invitation_open", "lead_id", "guest_id", unique=True,
            postgresql_where=text("state = 'invited'"),
        ),
        CheckConstraint(one_of("state", INVITATIONS), name="state"),
        CheckConstraint("lead_id <> guest_id", name="two"),
        CheckConstraint("area_m2 >= 1", name="area"),
        CheckConstraint("state <> 'accepted' OR guest_id IS NOT NULL", name="answered"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    lead_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    guest_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    words: str
    area_m2: int
    note: str = ""
    state: str = "invited"
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    answered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class SavedView(SQLModel, table=True):
    """A filter of the review queue that an organiser gave a name; `query` is its address without the page."""

    __tablename__ = "saved_view"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "user_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    name: str
    query: str
    shared: bool = False
