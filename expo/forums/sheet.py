"""Measures of the A3 timetable: where each talk lies on the sheet and how many lines it has room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from expo.forums.grid import Cell, Grid
from expo.languages import direction

WIDTH, HEIGHT = 396.0, 236.0
"""Millimetres of the grid below its head."""
HOURS = 11.0
"""Width of the column of hours."""
MOST_ROOMS = 12
LINE = {"en": 3.1, "zh": 3.1, "ru": 3.1, "ur": 4.0}
"""Height of a line of small type, by language."""


@dataclass(frozen=True)
class Box:
    """A talk on the sheet, millimetres from the start and top of the grid."""

    cell: Cell
    left: float
    top: float
    width: float
    height: float
    tight: bool
    """whether there is so little room that the title begins beside the time"""
    lines: int
    """lines of title, the time included where it is tight"""
    people: int
    """lines left for names"""


@dataclass(frozen=True)
class Sheet:
    """One page: a grid with its boxes, its hour lines (hour, top) and room heads (room, left, width)."""

    grid: Grid
    boxes: tuple[Box, ...]
    hours: tuple[tuple[int, float], ...]
    heads: tuple[tuple[object, float, float], ...]


def sheets(grids: Sequence[Grid], language: str) -> list[Sheet]:
    """A sheet for each grid."""
    return [_sheet(grid, LINE.get(language, LINE["en"])) for grid in grids]


def _sheet(grid: Grid, line: float) -> Sheet:
    column = (WIDTH - HOURS) / max(1, len(grid.rooms))
    minute = HEIGHT / (60 * (grid.last_hour - grid.first_hour))
    boxes = tuple(_box(cell, grid, column, minute, line) for cell in grid.cells)
    hours = tuple(
        (hour, round(60 * minute * (hour - grid.first_hour), 2))
        for hour in range(grid.first_hour, grid.last_hour + 1)
    )
    heads = tuple((room, round(HOURS + n * column, 2), round(column, 2)) for n, room in enumerate(grid.rooms))
    return Sheet(grid, boxes, hours, heads)


def _box(cell: Cell, grid: Grid, column: float, minute: float, line: float) -> Box:
    start = 60 * (cell.start.hour - grid.first_hour) + cell.start.minute
    end = 60 * (cell.end.hour - grid.first_hour) + cell.end.minute
    height = max(2.0, (end - start) * minute - 0.5)
    room_for = max(1, int((height - 0.9) / line))
    tight = room_for < 4
    lines = room_for if tight else min(room_for - 1, 5)
    left = HOURS if cell.wide else HOURS + cell.column * column
    width = WIDTH - HOURS if cell.wide else column
    return Box(
        cell,
        round(left, 2),
        round(start * minute, 2),
        round(width - 0.8, 2),
        round(height, 2),
        tight,
        lines,
        0 if tight else max(0, room_for - 1 - lines),
    )


def positions(sheets: Sequence[Sheet], language: str) -> str:
    """The places of everything on the sheets as CSS: .pNhM heads, .pNoH hour lines, .pNbM talks of page N."""
    side = "right" if direction(language) == "rtl" else "left"
    rules = []
    for page, sheet in enumerate(sheets, 1):
        for number, (_room, left, width) in enumerate(sheet.heads, 1):
            rules.append(f".p{page}h{number}{{{side}:{left}mm;width:{width}mm}}")
        rules += [f".p{page}o{hour}{{top:{top}mm}}" for hour, top in sheet.hours]
        for number, box in enumerate(sheet.boxes, 1):
            rules.append(
                f".p{page}b{number}{{{side}:{box.left}mm;top:{box.top}mm;"
                f"width:{box.width}mm;height:{box.height}mm}}"
            )
    return "\n".join(rules)
