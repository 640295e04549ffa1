"""Stands from the plan: cut out around columns, numbered by row, with the sides that face an aisle."""

from collections import defaultdict
from dataclasses import dataclass, replace

from matchmaking.demo.plan import HALLS, Area, Band, Hall

UNIT = {"shell": 300, "wall": 300, "raw": 600}
COLUMN_CM = 80
WALL_NEAR_CM = 100


@dataclass(frozen=True)
class Box:
    """A rectangle in a hall, cm."""

    x: int
    y: int
    width: int
    depth: int

    def meets(self, other: "Box") -> bool:
        """Whether the two share floor."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.depth
            and other.y < self.y + self.depth
        )


@dataclass(frozen=True)
class Stand:
    """A stand as it goes into the folder; `sides` are letters out of N, E, S and W."""

    code: str
    hall: str
    zone: str
    kind: str
    box: Box
    sides: str = ""

    @property
    def area_m2(self) -> int:
        return self.box.width * self.box.depth // 10_000


def columns_of(hall: Hall) -> list[Box]:
    """The structural columns, cm."""
    half = COLUMN_CM // 2
    return [
        Box(round(x * 100) - half, round(y * 100) - half, COLUMN_CM, COLUMN_CM)
        for y in hall.column_y
        for x in hall.column_x
    ]


def stands() -> list[Stand]:
    """Every stand of the site, hall by hall."""
    return [stand for hall in HALLS for stand in _of_hall(hall)]


def _of_hall(hall: Hall) -> list[Stand]:
    columns = columns_of(hall)
    found: list[Stand] = []
    holes: list[Box] = []
    letters = iter("ABCDEFGHJKLMNPQRSTUVWXYZ")
    for area in hall.areas:
        for band in sorted(area.bands, key=lambda band: band.y):
            letter = next(letters)
            free = []
            for number, box in _cells(area, band):
                if any(box.meets(column) for column in columns):
                    holes.append(box)
                else:
                    free.append((number, box))
            kind = "raw" if band.kind == "raw" else "shell"
            found += [
                Stand(f"{hall.code[1:]}{letter}-{number:02d}", hall.code, area.zone, kind, box)
                for number, box in free
            ]
    return _opened(hall, found, holes)


def _cells(area: Area, band: Band) -> list[tuple[int, Box]]:
    """Boxes of a band with their house numbers: odd on the north side, even on the south side."""
    size = UNIT[band.kind]
    length, gap = band.across * size, band.gap * 100
    room = (area.x1 - area.x0) * 100
    islands = (room + gap) // (length + gap)
    west = area.x0 * 100 + (room - islands * length - (islands - 1) * gap) // 2
    cells = []
    for row in range(band.rows):
        for i in range(islands * band.across):
            x = west + i * size + (i // band.across) * gap
            number = i + 1 if band.rows == 1 else 2 * i + 1 + row
            cells.append((number, Box(x, band.y * 100 + row * size, size, size)))
    return cells


def _opened(hall: Hall, found: list[Stand], holes: list[Box]) -> list[Stand]:
    """A side is open unless a stand, a stand lost to a column or a wall of the hall is there."""
    edges: dict[tuple[str, int, int], int] = defaultdict(int)
    for box in [stand.box for stand in found] + holes:
        for side, line, start, end in _edges(box):
            for at in range(start, end, 300):
                edges[side, line, at] += 1
    return [replace(stand, sides=_sides(hall, stand.box, edges)) for stand in found]


def _edges(box: Box) -> list[tuple[str, int, int, int]]:
    return [
        ("N", box.y, box.x, box.x + box.width),
        ("S", box.y + box.depth, box.x, box.x + box.width),
        ("W", box.x, box.y, box.y + box.depth),
        ("E", box.x + box.width, box.y, box.y + box.depth),
    ]


def _sides(hall: Hall, box: Box, edges: dict[tuple[str, int, int], int]) -> str:
    facing = {"N": "S", "S": "N", "E": "W", "W": "E"}
    wall = {
        "N": box.y < WALL_NEAR_CM,
        "S": box.y + box.depth > hall.depth * 100 - WALL_NEAR_CM,
        "W": box.x < WALL_NEAR_CM,
        "E": box.x + box.width > hall.width * 100 - WALL_NEAR_CM,
    }
    open_sides = ""
    for side, line, start, end in sorted(_edges(box), key=lambda edge: "NESW".index(edge[0])):
        taken = any(edges[facing[side], line, at] for at in range(start, end, 300))
        open_sides += "" if taken or wall[side] else side
    return open_sides
