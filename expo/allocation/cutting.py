"""A piece cut out of a hall's drawing: the surroundings of some stands, for a letter."""

import re
from collections.abc import Collection
from dataclasses import replace

from expo.venue.drawing.outline import Box
from expo.venue.drawing.paper import Sheet
from expo.venue.drawing.plan import HallPlan

ROUND_CM, LEAST_WIDE_CM = 900, 3600
EDGE_CM = 300


def window(hall: HallPlan, stands: Collection[str], ratio: float) -> Box | None:
    """The part of the hall to show round the stands, `ratio` times as wide as deep; None if none is here."""
    points = [
        point
        for booth in hall.booths
        if not set(booth.stands).isdisjoint(stands)
        for loop in booth.loops
        for point in loop
    ]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    north, south = min(y for _, y in points), max(y for _, y in points)
    wide = max(east - west + 2 * ROUND_CM, LEAST_WIDE_CM, round((south - north + 2 * ROUND_CM) * ratio))
    wide = min(wide, round(max(hall.width + 2 * EDGE_CM, (hall.depth + 2 * EDGE_CM) * ratio)))
    deep = round(wide / ratio)
    x = _within((west + east - wide) // 2, wide, hall.width)
    y = _within((north + south - deep) // 2, deep, hall.depth)
    return (x, y, wide, deep)


def _within(start: int, size: int, whole: int) -> int:
    """Move a stretch so that it shows no more of the outside than it must."""
    if size >= whole + 2 * EDGE_CM:
        return (whole - size) // 2
    return min(max(start, -EDGE_CM), whole + EDGE_CM - size)


def near(hall: HallPlan, part: Box) -> HallPlan:
    """The hall with the booths that the part touches, so that nothing else is drawn."""
    x, y, wide, deep = part

    def touches(booth) -> bool:
        return any(x <= px <= x + wide and y <= py <= y + deep for loop in booth.loops for px, py in loop)

    return replace(hall, booths=tuple(filter(touches, hall.booths)))


def alone(hall: HallPlan, stands: Collection[str]) -> HallPlan:
    """The hall with the booths of these stands only, for a small overview of its islands."""
    own = frozenset(stands)
    return replace(hall, booths=tuple(booth for booth in hall.booths if not own.isdisjoint(booth.stands)))


def framed(drawing: str, part: Box) -> str:
    """The drawing showing that part only."""
    return re.sub(r'viewBox="[^"]*"', f'viewBox="{" ".join(map(str, part))}"', drawing, count=1)


def marked(drawing: str, part: Box, colour: str) -> str:
    """The drawing with a frame round a part."""
    x, y, wide, deep = part
    rect = (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{deep}" fill="none" stroke="{colour}"'
        ' stroke-width="160"/>'
    )
    return drawing.replace("</svg>", f"{rect}</svg>")


def trimmed(sheet: Sheet) -> Sheet:
    """The sheet without letters that would stand outside of it."""
    inside = []
    for label in sheet.labels:
        middle = label.left + {"left": 0, "center": label.width / 2, "right": label.width}[label.align]
        if 0 <= middle <= sheet.width and 0 <= label.top <= sheet.height - label.size:
            inside.append(label)
    return replace(sheet, labels=tuple(inside))


def unlettered(sheet: Sheet) -> Sheet:
    """The sheet without any letters, for a small overview."""
    return replace(sheet, labels=())
