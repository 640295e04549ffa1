"""Halls, zones and stands. Lengths in whole centimetres, y grows downwards, origin at a hall's top left."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts


class Hall(SQLModel, table=True):
    """A hall, cm. `entrances`: [{"name": "N1", "x": 0, "y": 0}]; `columns`: [{"x", "y", "width", "depth"}]"""

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("width > 0 AND depth > 0", name="size"),
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


class Zone(SQLModel, table=True):
    """A zone of the expo. Σ stand net ≤ `net_m2` ≤ `gross_m2`, kept by triggers (see migrations)."""

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


class Stand(SQLModel, table=True):
    """A shell unit or a raw plot: the smallest thing allotted. `open_sides`: N=1, E=2, S=4, W=8 summed.

    Two stands never overlap in a hall: an exclusion constraint compares the boxes, shrunk by a quarter
    centimetre so that neighbours may share a wall.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("width > 0 AND depth > 0 AND x >= 0 AND y >= 0", name="size"),
        CheckConstraint("open_sides BETWEEN 0 AND 15", name="open_sides"),
        CheckConstraint("kind IN ('shell','raw')", name="kind"),
        CheckConstraint("power_kw >= 0", name="power"),
        ExcludeConstraint(
            (text("int4range(hall_id, hall_id, '[]')"), "="),
            (text("box(point(x + 0.25, y + 0.25), point(x + width - 0.25, y + depth - 0.25))"), "&&"),
            using="gist",
            name="stand_no_overlap",
        ),
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

    @property
    def area_cm2(self) -> int:
        """Net area in cm²."""
        return self.width * self.depth
