"""What an organiser can do to a floor, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from expo.venue.editing.floor import Area, Spot
from expo.venue.editing.layouts import Layout

KINDS = ("shell", "raw")
TO_COMPUTE = -1
"""Open sides that nobody gave."""


@dataclass(frozen=True, slots=True)
class Add:
    """New stands; an empty code asks for the next number, an empty zone for the one drawn there."""

    stands: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Move:
    stands: tuple[str, ...]
    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    stands: tuple[str, ...]
    dx: int
    dy: int
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stand somewhere else, or of another size."""

    stand: str
    x: int
    y: int
    width: int
    depth: int


@dataclass(frozen=True, slots=True)
class Change:
    """The same values for several stands."""

    stands: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rename:
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Renumber:
    stands: tuple[str, ...]
    pattern: str
    start: int = 1
    step: int = 1
    first_row: int = 1
    direction: str = "east"
    serpentine: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """A stand cut into `parts` along "x" (side by side) or "y" (one below the other)."""

    stand: str
    parts: int
    axis: str


@dataclass(frozen=True, slots=True)
class Merge:
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delete:
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generate:
    """A layout, numbered by a pattern. What does not fit is left out and counted."""

    layout: Layout
    pattern: str
    like: Spot
    start: int = 1
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class ChangeHall:
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrawAreas:
    """All areas of zones in this hall, in place of those there were."""

    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Stands exactly as given, under the code they had (`was`); new ones were called nothing."""

    delete: tuple[str, ...] = ()
    stands: tuple[tuple[str, Spot], ...] = ()
    hall: Mapping[str, Any] = field(default_factory=dict)
    areas: tuple[Area, ...] | None = None


Operation = (
    Add | Move | Duplicate | Place | Change | Rename | Renumber | Split | Merge | Delete | Generate
    | ChangeHall | DrawAreas | Put
)  # fmt: skip
