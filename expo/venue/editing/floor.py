"""A hall's floor as values: the shell, the stands, the areas of zones and how much room they have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from expo.venue.drawing.outline import Box

CELL_CM = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """A stand on the floor, cm. `open_sides`: N=1, E=2, S=4, W=8 summed."""

    code: str
    zone: str
    x: int
    y: int
    width: int
    depth: int
    kind: str = "shell"
    open_sides: int = 0
    power_kw: int = 3
    water: bool = False
    height_cm: int | None = None
    load_kg_m2: int | None = None
    id: int | None = None

    @property
    def box(self) -> Box:
        return (self.x, self.y, self.width, self.depth)

    @property
    def area_cm2(self) -> int:
        return self.width * self.depth

    def told(self) -> dict[str, Any]:
        """As JSON has it; the id stays in the house."""
        return {name: value for name, value in asdict(self).items() if name != "id"}


@dataclass(frozen=True, slots=True)
class Shell:
    """What is built: fields as in `expo.venue.models.Hall`."""

    width: int
    depth: int
    outline: tuple[tuple[int, int], ...] = ()
    walls: tuple[tuple[int, int, int, int], ...] = ()
    columns: tuple[Box, ...] = ()
    entrances: tuple[tuple[str, int, int], ...] = ()
    aisles: tuple[tuple[str, int, int, int, int], ...] = ()
    utilities: tuple[tuple[str, int, int, str], ...] = ()
    clear_height_cm: int | None = None
    load_kg_m2: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the hall that belongs to a zone, cm."""

    zone: str
    x: int
    y: int
    width: int
    depth: int

    @property
    def box(self) -> Box:
        return (self.x, self.y, self.width, self.depth)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much room a zone has; `elsewhere_cm2` is what its stands in other halls take."""

    code: str
    gross_m2: int
    net_m2: int
    elsewhere_cm2: int = 0


@dataclass(frozen=True, slots=True)
class Floor:
    """One hall. `elsewhere`: codes of stands in other halls; `taken`: stand id → who has it; `printed`: codes
    that people rely on already (published, being selected, offered), which therefore stay as they are."""

    shell: Shell
    spots: Mapping[str, Spot] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    zones: Mapping[str, Budget] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    taken: Mapping[int, str] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    hall: str = ""


class Index:
    """Boxes looked up by where they are."""

    def __init__(self, boxes: Iterable[tuple[Any, Box]] = ()):
        self.cells: dict[tuple[int, int], list[tuple[Any, Box]]] = defaultdict(list)
        for name, box in boxes:
            self.add(name, box)

    def add(self, name: Any, box: Box) -> None:
        """Put one more in."""
        for cell in _cells(box):
            self.cells[cell].append((name, box))

    def near(self, box: Box, margin: int = 0) -> Iterator[tuple[Any, Box]]:
        """Those that share floor with a box grown by a margin, each once."""
        x, y, width, depth = box
        x0, y0, x1, y1 = x - margin, y - margin, x + width + margin, y + depth + margin
        seen = set()
        for cell in _cells((x0, y0, x1 - x0, y1 - y0)):
            for name, other in self.cells.get(cell, ()):
                if name not in seen and (
                    other[0] < x1 and x0 < other[0] + other[2] and other[1] < y1 and y0 < other[1] + other[3]
                ):
                    seen.add(name)
                    yield name, other


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    x, y, width, depth = box
    for i in range(x // CELL_CM, (x + width - 1) // CELL_CM + 1):
        for j in range(y // CELL_CM, (y + depth - 1) // CELL_CM + 1):
            yield i, j
