"""Rounds and turns, holds, the waiting list and its offers, swaps; and the claims that keep them apart."""

from datetime import datetime, time

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list

INSTANT = DateTime(timezone=True)


class Round(SQLModel, table=True):
    """A selection round: what is offered to whom, when, and within which limits.

    `zones` are zone codes, `stands` stand codes (empty: all of the zones). In mode 'turns' `per_window`
    exhibitors come at a time, each window `window_minutes` long, between `day_from` and `day_until` at the
    venue (the same twice: round the clock); `lasting` lets them pick until the round ends. Of one edition one
    round at most is open or paused.
    """

    __tablename__ = "selection_round"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("state IN ('draft','open','paused','closed')", name="state"),
        CheckConstraint("mode IN ('turns','open')", name="mode"),
        CheckConstraint("per_window > 0 AND window_minutes > 0 AND hold_minutes > 0", name="times"),
        CheckConstraint("tolerance_percent BETWEEN 0 AND 100 AND most_stands > 0", name="limits"),
        CheckConstraint("rival_m >= 0", name="rivals"),
        Index(
            "uq_selection_round_live",
            "edition_id",
            unique=True,
            postgresql_where=text("state IN ('open','paused')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    state: str = "draft"
    mode: str = "turns"
    zones: list[str] = json_list()
    stands: list[str] = json_list()
    starts_at: datetime = Field(sa_type=INSTANT)
    per_window: int = 1
    window_minutes: int = 10
    day_from: time = time(9)
    day_until: time = time(18)
    weekends: bool = False
    lasting: bool = True
    hold_minutes: int = 10
    tolerance_percent: int = 10
    most_stands: int = 60
    rival_m: int = 12
    keep_zones: bool = True
    keep_needs: bool = True
    keep_touching: bool = True
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    opened_at: datetime | None = Field(default=None, sa_type=INSTANT)
    paused_at: datetime | None = Field(default=None, sa_type=INSTANT)
    closed_at: datetime | None = Field(default=None, sa_type=INSTANT)

    @property
    def is_live(self) -> bool:
        """Whether it is going on, be it halted."""
        return self.state in ("open", "paused")


class Turn(SQLModel, table=True):
    """An exhibitor's time in a round. `closes_at` None: until the round ends. `seen_at`: last at the page."""

    __tablename__ = "selection_turn"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("round_id", "exhibitor_id"),
        UniqueConstraint("round_id", "position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="selection_round.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    position: int
    opens_at: datetime = Field(sa_type=INSTANT)
    closes_at: datetime | None = Field(default=None, sa_type=INSTANT)
    told_at: datetime | None = Field(default=None, sa_type=INSTANT)
    seen_at: datetime | None = Field(default=None, sa_type=INSTANT)


class Claim(SQLModel, table=True):
    """That a stand is somebody's: written by triggers for each hold and each allotment, never by hand.

    Both kinds meet in this one primary key, so at no isolation level can a stand be held and given at once.
    """

    __tablename__ = "stand_claim"  # pyright: ignore[reportAssignmentType]

    stand_id: int = Field(
        primary_key=True,
        foreign_key="stand.id",
        ondelete="CASCADE",
        sa_column_kwargs={"autoincrement": False},
    )
    holder: str


class Hold(SQLModel, table=True):
    """A stand kept for an exhibitor until `expires_at`: picked in a round, or offered off the waiting list.

    While a round is paused `remaining_s` keeps what is left of it.
    """

    __tablename__ = "stand_hold"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("stand_id"),
        CheckConstraint("(round_id IS NULL) <> (offer_id IS NULL)", name="origin"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    stand_id: int = Field(foreign_key="stand.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    round_id: int | None = Field(
        default=None, foreign_key="selection_round.id", index=True, ondelete="CASCADE"
    )
    offer_id: int | None = Field(default=None, foreign_key="stand_offer.id", index=True, ondelete="CASCADE")
    held_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    expires_at: datetime = Field(index=True, sa_type=INSTANT)
    remaining_s: int | None = None


class Event(SQLModel, table=True):
    """What happened, for the organiser's live view; `worth_minor` is the price of what was confirmed."""

    __tablename__ = "selection_event"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("kind IN ('held','released','expired','confirmed','returned')", name="kind"),
        Index("ix_selection_event_round_at", "round_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    round_id: int | None = Field(default=None, foreign_key="selection_round.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    kind: str
    stands: list[str] = json_list()
    worth_minor: int = Field(default=0, sa_type=BigInteger)
    at: datetime = Field(default_factory=now, sa_type=INSTANT)


class Settings(SQLModel, table=True):
    """How an edition keeps its waiting list and its swaps."""

    __tablename__ = "selection_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("offer_hours > 0 AND swap_days > 0", name="times"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    waiting_open: bool = True
    offer_hours: int = 24
    swaps_open: bool = True
    swaps_need_approval: bool = True
    swap_days: int = 7


class WaitingWish(SQLModel, table=True):
    """What an exhibitor waits for: a stand, any place in a zone, or a place of a size; areas in m².

    `replaces`: taking it gives the present place back.
    """

    __tablename__ = "waiting_wish"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("kind IN ('stand','zone','size')", name="kind"),
        CheckConstraint("state IN ('waiting','served','left')", name="state"),
        CheckConstraint("least_m2 > 0 AND least_m2 <= most_m2", name="area"),
        CheckConstraint("(kind = 'stand') = (stand_id IS NOT NULL)", name="stand"),
        CheckConstraint("kind <> 'zone' OR zone_id IS NOT NULL", name="zone"),
        Index(
            "uq_waiting_wish_once",
            "exhibitor_id",
            "kind",
            "stand_id",
            "zone_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    kind: str
    stand_id: int | None = Field(default=None, foreign_key="stand.id", ondelete="CASCADE")
    zone_id: int | None = Field(default=None, foreign_key="zone.id", ondelete="CASCADE")
    least_m2: int
    most_m2: int
    replaces: bool = False
    state: str = "waiting"
    joined_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)


class Offer(SQLModel, table=True):
    """Stands offered to somebody who waits. Its holds keep them, so no stand is offered twice at once."""

    __tablename__ = "stand_offer"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("state IN ('open','accepted','declined','expired','withdrawn')", name="state"),
        Index("uq_stand_offer_open", "wish_id", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    wish_id: int = Field(foreign_key="waiting_wish.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    stands: list[str] = json_list()
    state: str = "open"
    offered_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    expires_at: datetime = Field(sa_type=INSTANT)
    answered_at: datetime | None = Field(default=None, sa_type=INSTANT)


class Swap(SQLModel, table=True):
    """Two exhibitors change places: asked, agreed by the other, done at once or when the organiser approves.

    The stand codes are those that each had when it was asked; if they differ later, nothing is swapped.
    """

    __tablename__ = "stand_swap"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked','agreed','done','declined','refused','withdrawn','expired')", name="state"
        ),
        CheckConstraint("asker_id <> other_id", name="two"),
        Index(
            "uq_stand_swap_live",
            "asker_id",
            "other_id",
            unique=True,
            postgresql_where=text("state IN ('asked','agreed')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    asker_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    other_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    asker_stands: list[str] = json_list()
    other_stands: list[str] = json_list()
    state: str = "asked"
    message: str = ""
    reason: str = ""
    asked_at: datetime = Field(default_factory=now, sa_type=INSTANT)
    expires_at: datetime = Field(sa_type=INSTANT)
    answered_at: datetime | None = Field(default=None, sa_type=INSTANT)
