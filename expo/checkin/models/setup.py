"""Areas, their gates, and who may enter when."""

from datetime import date, datetime, time

from sqlalchemy import ARRAY, CheckConstraint, DateTime, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.checkin.words import AREA_KINDS, DIRECTIONS, REENTRY, WHEN_FULL, one_of
from expo.clock import now
from expo.db import texts


class GateSettings(SQLModel, table=True):
    """What holds for all gates of an edition. A day of the gates begins at `day_starts_hour`, local time.

    Where no rule is made, badges open gates on the days of the event, or on `any_day`: for a rehearsal.
    `version` grows whenever something changes that devices keep; `gathered_at`: when people's records were
    last compared with what devices were given.
    """

    __tablename__ = "gate_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("day_starts_hour BETWEEN 0 AND 12", name="hour"),)

    edition_id: int = Field(foreign_key="edition.id", primary_key=True, ondelete="CASCADE")
    day_starts_hour: int = Field(default=4, sa_column_kwargs={"server_default": "4"})
    any_day: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    gathered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Area(SQLModel, table=True):
    """Where people can be: a site, halls within it, rooms within halls, or the audience of one talk.

    `path` are the numbers of the areas from the outermost to this one, kept by the database. No more than
    `people_limit` people are inside at a time; `when_full` says whether the next one is refused.
    """

    __tablename__ = "gate_area"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("talk_id"),
        CheckConstraint(one_of("kind", AREA_KINDS), name="kind"),
        CheckConstraint(one_of("when_full", WHEN_FULL), name="when_full"),
        CheckConstraint("people_limit > 0", name="limit"),
        CheckConstraint("parent_id <> id", name="parent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    parent_id: int | None = Field(default=None, foreign_key="gate_area.id", index=True)
    code: str
    name: dict[str, str] = texts()
    kind: str = "other"
    hall_id: int | None = Field(default=None, foreign_key="hall.id", ondelete="SET NULL")
    room_id: int | None = Field(default=None, foreign_key="room.id", ondelete="SET NULL")
    talk_id: int | None = Field(default=None, foreign_key="talk.id", ondelete="SET NULL")
    people_limit: int | None = None
    when_full: str = "warn"
    position: int = 0
    path: list[int] = Field(
        default_factory=list,
        sa_type=ARRAY(Integer),
        nullable=False,
        sa_column_kwargs={"server_default": "{}"},
    )


class Gate(SQLModel, table=True):
    """A way into or out of an area. `reentry`: how often somebody may enter the area here; `passback_min`:
    for so many minutes after an entry the same badge does not open it again, whatever else holds."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(one_of("direction", DIRECTIONS), name="direction"),
        CheckConstraint(one_of("reentry", REENTRY), name="reentry"),
        CheckConstraint("passback_min BETWEEN 0 AND 1440", name="passback"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    area_id: int = Field(foreign_key="gate_area.id", index=True)
    code: str
    name: dict[str, str] = texts()
    direction: str = "both"
    reentry: str = "exit"
    passback_min: int = 0
    typed_codes: bool = False
    active: bool = True
    position: int = 0


class Rule(SQLModel, table=True):
    """Who may enter an area, on which days, at which hours (local): people of a kind, or of one sort of
    registration. An area without rules, and every area around it without rules, is open to everybody; with
    rules one of them must fit, in each of them."""

    __tablename__ = "gate_rule"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("from_day <= until_day", name="days"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    area_id: int = Field(foreign_key="gate_area.id", index=True, ondelete="CASCADE")
    kind: str | None = None
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", ondelete="CASCADE")
    from_day: date | None = None
    until_day: date | None = None
    from_time: time | None = None
    until_time: time | None = None


class Exemption(SQLModel, table=True):
    """What holds for one person whatever the rules say: let in, or kept out, with a reason."""

    __tablename__ = "gate_exemption"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    area_id: int | None = Field(default=None, foreign_key="gate_area.id", ondelete="CASCADE")
    allowed: bool
    reason: str = ""
    made_by: str = ""
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
