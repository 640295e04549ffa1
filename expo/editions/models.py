"""An edition, its days and breaks, exchange rates and country groups."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, DateTime, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, json_object, texts

CODE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Edition(SQLModel, table=True):
    """One holding of the event. `prices` and `meetings` keep the settings as read from the folder.

    Applications are taken from `applications_open_at` until `applications_close_at` (None: no limit). The
    seed of the lottery stays as it is once it is published; `seed_note` says where it comes from.
    """

    __table_args__ = (
        CheckConstraint(f"code ~ '{CODE_PATTERN}'", name="code"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
        CheckConstraint("gross_m2 >= 0", name="gross"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("applications_open_at < applications_close_at", name="applications"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: dict[str, str] = texts()
    theme: dict[str, str] = texts()
    description: dict[str, str] = texts()
    city: dict[str, str] = texts()
    venue_name: dict[str, str] = texts()
    country: str
    timezone: str
    currency: str
    languages: list[str] = json_list()
    starts_on: date
    ends_on: date
    gross_m2: int = 0
    seed: int = 0
    seed_published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    seed_note: str = ""
    applications_open_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    applications_close_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    prices: dict = json_object()
    meetings: dict = json_object()
    points_rule: dict = json_object()
    is_public: bool = False

    @property
    def zone_info(self) -> ZoneInfo:
        """The edition's own time zone."""
        return ZoneInfo(self.timezone)

    def instant(self, day: date, clock: time) -> datetime:
        """Wall-clock time at the venue as an instant."""
        return datetime.combine(day, clock, self.zone_info)


class Day(SQLModel, table=True):
    """A day of the edition; programme hours are local wall-clock time, breaks are [["12:00","13:30"], …].

    A programme that ends at or before the hour it began ends on the next date.
    """

    __tablename__ = "edition_day"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "date"),
        ExcludeConstraint(
            (text("int4range(edition_id, edition_id, '[]')"), "="),
            (
                text(
                    "tsrange(date + programme_from, date + programme_until + CASE WHEN programme_until <="
                    " programme_from THEN interval '1 day' ELSE interval '0' END)"
                ),
                "&&",
            ),
            using="gist",
            where=text("programme_from IS NOT NULL AND programme_until IS NOT NULL"),
            name="edition_day_apart",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    date: date
    programme_from: time | None = None
    programme_until: time | None = None
    breaks: list = json_list()


class Rate(SQLModel, table=True):
    """One unit of `currency` in the edition's currency on a day, with its source."""

    __table_args__ = (
        UniqueConstraint("edition_id", "currency", "on_date"),
        CheckConstraint("rate > 0", name="positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    currency: str
    on_date: date
    rate: Decimal = Field(sa_type=Numeric(20, 10))
    source: str


class GroupMember(SQLModel, table=True):
    """A country in a group (say SCO) from a date, until a date: counts are taken as of the event."""

    __tablename__ = "country_group_member"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "group_code", "country", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    group_code: str
    country: str
    since: date
    until: date | None = None
