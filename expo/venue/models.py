"""Halls, zones and stands. Lengths in whole centimetres, y grows downwards, origin at a hall's top left."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object, texts

LISTS = ("outline", "walls", "aisles", "utilities")


def _no_overlap(name: str) -> ExcludeConstraint:
    """Boxes of one hall share no floor. They are compared shrunk by a quarter centimetre, so that neighbours
    may share a wall; deferrable, so that neighbours may trade places."""
    return ExcludeConstraint(
        (text("int4range(hall_id, hall_id, '[]')"), "="),
        (text("box(point(x + 0.25, y + 0.25), point(x + width - 0.25, y + depth - 0.25))"), "&&"),
        using="gist",
        name=name,
        deferrable=True,
        initially="IMMEDIATE",
    )


class Hall(SQLModel, table=True):
    """A hall, cm, and what is built into it.

    `entrances`: [{"name": "N1", "x": 0, "y": 0}]; `columns`: [{"x", "y", "width", "depth"}]; `outline`: the
    corners [[x, y], …] of the usable floor, empty for the whole rectangle; `walls` inside: [{"x1", "y1",
    "x2", "y2"}]; `aisles`: [{"name", "x", "y", "width", "depth"}]; `utilities`: [{"kind", "x", "y", "name"}]
    (kinds in `expo.venue.supplies`). `version` grows with every edit.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("width > 0 AND depth > 0", name="size"),
        CheckConstraint("clear_height_cm > 0 AND load_kg_m2 > 0 AND version > 0", name="limits"),
        CheckConstraint(" AND ".join(f"jsonb_typeof({name}) = 'array'" for name in LISTS), name="lists"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    width: int
    depth: int
    site_x: int = 0
    site_y: int = 0
    entrances: list[dict[str, Any]] = json_list()
    columns: list[dict[str, Any]] = json_list()
    outline: list[list[int]] = json_list(sa_column_kwargs={"server_default": "[]"})
    walls: list[dict[str, Any]] = json_list(sa_column_kwargs={"server_default": "[]"})
    aisles: list[dict[str, Any]] = json_list(sa_column_kwargs={"server_default": "[]"})
    utilities: list[dict[str, Any]] = json_list(sa_column_kwargs={"server_default": "[]"})
    clear_height_cm: int | None = None
    load_kg_m2: int | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Zone(SQLModel, table=True):
    """A zone of the expo. Σ stand net ≤ `net_m2` ≤ `gross_m2`, Σ zone gross ≤ the edition's gross, kept by
    triggers (see migrations)."""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("net_m2 >= 0 AND net_m2 <= gross_m2", name="areas"),
        CheckConstraint("hue BETWEEN 1 AND 8", name="hue"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    description: dict[str, str] = texts()
    gross_m2: int
    net_m2: int
    hue: int = 1
    countries: list[str] = json_list()
    sectors: list[str] = json_list()


class ZoneArea(SQLModel, table=True):
    """A rectangle of a hall that belongs to a zone. Its stands lie in such areas where there are any."""

    __tablename__ = "zone_area"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("width > 0 AND depth > 0 AND x >= 0 AND y >= 0", name="size"),
        _no_overlap("zone_area_no_overlap"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id", index=True, ondelete="CASCADE")
    zone_id: int = Field(foreign_key="zone.id", index=True, ondelete="CASCADE")
    x: int
    y: int
    width: int
    depth: int


class Stand(SQLModel, table=True):
    """A shell unit or a raw plot: the smallest thing allotted. `open_sides`: N=1, E=2, S=4, W=8 summed.

    `height_cm` and `load_kg_m2` are limits of the place; None: the hall's own. Two stands never overlap in a
    hall, and none leaves its hall, its outline or its zone's areas (see migrations).
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("width > 0 AND depth > 0 AND x >= 0 AND y >= 0", name="size"),
        CheckConstraint("open_sides BETWEEN 0 AND 15", name="open_sides"),
        CheckConstraint("kind IN ('shell','raw')", name="kind"),
        CheckConstraint("power_kw >= 0", name="power"),
        CheckConstraint("height_cm > 0 AND load_kg_m2 > 0", name="limits"),
        _no_overlap("stand_no_overlap"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    hall_id: int = Field(foreign_key="hall.id", index=True, ondelete="CASCADE")
    zone_id: int = Field(foreign_key="zone.id", index=True, ondelete="CASCADE")
    code: str
    kind: str = "shell"
    x: int
    y: int
    width: int
    depth: int
    open_sides: int = 0
    power_kw: int = 3
    water: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    height_cm: int | None = None
    load_kg_m2: int | None = None

    @property
    def area_cm2(self) -> int:
        """Net area in cm²."""
        return self.width * self.depth


class HallEdit(SQLModel, table=True):
    """What one save of the editor changed, so that whoever was slower can be told. `changes`: sentences'
    values by kind of operation, see `expo.venue.history`."""

    __tablename__ = "hall_edit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("hall_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id", ondelete="CASCADE")
    version: int
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    actor: str = ""
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    changes: dict[str, Any] = json_object()


class DrawingImport(SQLModel, table=True):
    """A plan or a stand list that somebody uploaded and has not taken over yet: one a person and hall."""

    __tablename__ = "drawing_import"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("kind IN ('dxf','svg','stands')", name="kind"),
        UniqueConstraint("hall_id", "user_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id", ondelete="CASCADE")
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    filename: str
    kind: str
    found: dict[str, Any] = json_object()
    settings: dict[str, Any] = json_object()
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
