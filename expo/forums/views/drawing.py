"""Grids of talks as the timetable's macro takes them."""

from collections.abc import Callable, Sequence
from typing import Any

from expo.forums.grid import Cell, Grid, grids
from expo.forums.programme import Item, Place
from expo.web.language import as_markup, as_names


def drawn(
    items: Sequence[Item],
    rooms: Sequence[Place],
    address: Callable[[str], str] | None = None,
    star: Callable[[str], str] | None = None,
) -> list[tuple[Grid, list, list[dict]]]:
    """Grids with the names of their rooms and their slots as the grid's macro takes them.

    `address` says where a talk's page is, by its code; `star` where its star is.
    """
    return [
        (
            grid,
            [as_markup(room.name) for room in grid.rooms],
            [_slot(cell, address, star) for cell in grid.cells],
        )
        for grid in grids(items, rooms)
    ]


def _slot(
    cell: Cell, address: Callable[[str], str] | None, star: Callable[[str], str] | None
) -> dict[str, Any]:
    item = cell.item
    return {
        "title": as_markup(item.title),
        "code": item.code,
        "star": star(item.code) if star else None,
        "url": address(item.code) if address else None,
        "room": cell.column,
        "wide": cell.wide,
        "start": cell.start,
        "end": cell.end,
        "hue": item.track.hue,
        "letter": item.track.letter,
        "forum": as_markup(item.track.name),
        "note": as_names(part.name for part in item.speakers),
        "brief": cell.lines < 2,
        "title_lines": cell.title_lines,
        "note_lines": cell.note_lines,
    }
