"""Stands laid out by rule: blocks back to back, islands, rows along walls, corners, plots, whole halls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from expo.errors import Refused
from expo.words import say

SHAPES = ("block", "islands", "row", "corner", "plots", "fill")
MOST = 5_000
"""New stands at once."""
TOO_MANY = say("That would be more than %(most)s stands; lay out less at once.", most=MOST)
Cell = tuple[int, int, int, int, int]
"""Row (from 1) and box, cm."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What to lay out. Lengths in cm; `width` × `depth` is the room for `fill` and `plots`.

    `unit_width` × `unit_depth` is one stand, `across` × `down` how many; `upright` turns rows by a quarter.
    `aisle` lies between rows, `cross_aisle` between blocks of a row, `margin` along the edge. `heads` puts a
    stand across each end of a block. `corner` is nw, ne, sw or se.
    """

    shape: str
    x: int
    y: int
    width: int = 0
    depth: int = 0
    unit_width: int = 300
    unit_depth: int = 300
    across: int = 1
    down: int = 1
    aisle: int = 300
    cross_aisle: int = 300
    margin: int = 300
    heads: bool = False
    upright: bool = False
    wall_rows: bool = False
    corner: str = "nw"


def cells(layout: Layout) -> list[Cell]:
    """The stands of a layout with their rows, north to south and west to east; Refused when too many."""
    if layout.shape != "fill" and layout.across * layout.down * 2 > 2 * MOST:
        raise _too_many()
    found: list[Cell] = []
    turned = layout.upright and layout.shape not in ("corner", "plots")
    for row, x, y, width, depth in LAID[layout.shape](layout):
        found.append(
            (row, layout.x + y, layout.y + x, depth, width)
            if turned
            else (row, layout.x + x, layout.y + y, width, depth)
        )
        if len(found) > MOST:
            raise _too_many()
    return found


def _too_many() -> Refused:
    return Refused(TOO_MANY)


def block(across: int, unit: tuple[int, int], heads: bool, row: int = 1) -> Iterator[Cell]:
    """2 × n stands back to back; with heads one more across each end."""
    wide, deep = unit
    start = wide if heads else 0
    if heads:
        yield row, 0, 0, wide, 2 * deep
    for side in (0, 1):
        for i in range(across):
            yield row + side, start + i * wide, side * deep, wide, deep
    if heads:
        yield row, start + across * wide, 0, wide, 2 * deep


def _block(layout: Layout) -> Iterator[Cell]:
    """`down` blocks below one another."""
    unit = layout.unit_width, layout.unit_depth
    for number in range(layout.down):
        top = number * (2 * layout.unit_depth + layout.aisle)
        for row, x, y, width, depth in block(layout.across, unit, layout.heads, 2 * number + 1):
            yield row, x, top + y, width, depth


def _islands(layout: Layout) -> Iterator[Cell]:
    for row in range(layout.down):
        for i in range(layout.across):
            x, y = i * (layout.unit_width + layout.cross_aisle), row * (layout.unit_depth + layout.aisle)
            yield row + 1, x, y, layout.unit_width, layout.unit_depth


def _row(layout: Layout) -> Iterator[Cell]:
    for row in range(layout.down):
        for i in range(layout.across):
            top = row * (layout.unit_depth + layout.aisle)
            yield row + 1, i * layout.unit_width, top, layout.unit_width, layout.unit_depth


def _corner(layout: Layout) -> Iterator[Cell]:
    """Rows along two walls that meet at (x, y): `across` stands along the one, `down` along the other."""
    wide, deep = layout.unit_width, layout.unit_depth
    west, north = layout.corner[1] == "w", layout.corner[0] == "n"
    for i in range(layout.across):
        yield 1, i * wide if west else -(i + 1) * wide, 0 if north else -deep, wide, deep
    for j in range(layout.down):
        y = deep + j * wide
        yield 2, 0 if west else -deep, y if north else -y - wide, deep, wide


def _plots(layout: Layout) -> Iterator[Cell]:
    """The room cut into `across` × `down` plots; what cannot be shared evenly goes to the first ones."""
    for row in range(layout.down):
        top, bottom = cut(layout.depth, layout.down, row)
        for i in range(layout.across):
            left, right = cut(layout.width, layout.across, i)
            if right > left and bottom > top:
                yield row + 1, left, top, right - left, bottom - top


def cut(length: int, parts: int, number: int) -> tuple[int, int]:
    """Where part `number` of a length cut into whole centimetres begins and ends."""
    size, rest = divmod(length, parts)
    start = number * size + min(number, rest)
    return start, start + size + (number < rest)


def _fill(layout: Layout) -> Iterator[Cell]:
    """Blocks of at most `across` stands to a side, rows of them with aisles between, centred in the room."""
    room = (layout.depth, layout.width) if layout.upright else (layout.width, layout.depth)
    wide, deep, margin = layout.unit_width, layout.unit_depth, layout.margin
    inner = room[0] - 2 * margin
    length = (layout.across + 2 * layout.heads) * wide
    if room[0] // wide * (room[1] // deep) > 4 * MOST:
        raise _too_many()
    if inner < (1 + 2 * layout.heads) * wide:
        return
    blocks = max(1, (inner + layout.cross_aisle) // (length + layout.cross_aisle))
    across = min(layout.across, inner // wide - 2 * layout.heads)
    length = (across + 2 * layout.heads) * wide
    left = margin + (inner - blocks * length - (blocks - 1) * layout.cross_aisle) // 2
    row, top, bottom = 1, margin, room[1] - margin
    if layout.wall_rows and room[1] >= deep:
        yield from _along(row, room[0], 0, wide, deep)
        row, top, bottom = 2, max(margin, deep + layout.aisle), min(bottom, room[1] - deep - layout.aisle)
    bands = max(0, (bottom - top + layout.aisle) // (2 * deep + layout.aisle))
    top += (bottom - top - bands * 2 * deep - max(bands - 1, 0) * layout.aisle) // 2 if bands else 0
    for band in range(bands):
        y = top + band * (2 * deep + layout.aisle)
        for number in range(blocks):
            x0 = left + number * (length + layout.cross_aisle)
            for side, x, dy, width, depth in block(across, (wide, deep), layout.heads, row):
                yield side, x0 + x, y + dy, width, depth
        row += 2
    if layout.wall_rows and room[1] >= 2 * deep + layout.aisle:
        yield from _along(row, room[0], room[1] - deep, wide, deep)


def _along(row: int, room: int, y: int, wide: int, deep: int) -> Iterator[Cell]:
    """A row along a wall, leaving the corners free for whoever stands at the other wall."""
    count = max(0, (room - 2 * deep) // wide)
    start = (room - count * wide) // 2
    for i in range(count):
        yield row, start + i * wide, y, wide, deep


LAID: dict[str, Callable[[Layout], Iterator[Cell]]] = {
    "block": _block,
    "islands": _islands,
    "row": _row,
    "corner": _corner,
    "plots": _plots,
    "fill": _fill,
}
