"""The shell of a drawn hall: floor and outer walls, walls inside, named aisles, supplies."""

from expo.venue.drawing.outline import Point
from expo.venue.drawing.paint import INK, PAPER, QUIET, escape, path
from expo.venue.drawing.plan import HallPlan
from expo.venue.supplies import MARKS

AISLE = "#f0ebdf"
WALL_CM = 24
PUBLIC_SUPPLIES = frozenset({"toilets", "first_aid", "lift", "hydrant", "extinguisher"})
"""What visitors look for is drawn larger than what only builders do."""


def corners(hall: HallPlan) -> tuple[Point, ...]:
    """The corners of the floor, those of the rectangle where no outline was drawn."""
    return hall.outline or ((0, 0), (hall.width, 0), (hall.width, hall.depth), (0, hall.depth))


def floor(hall: HallPlan) -> str:
    """The floor within its outer walls, and the aisles on it."""
    return (
        f'<path class="hall" d="{path(corners(hall))}" fill="{PAPER}" stroke="{INK}" stroke-width="40"'
        ' stroke-linejoin="round"/>' + "".join(_aisle(*aisle) for aisle in hall.aisles)
    )


def _aisle(name: str, x: int, y: int, width: int, depth: int) -> str:
    upright = depth > width
    size = max(60, min(130, min(width, depth) // 2))
    middle_x, middle_y = x + width // 2, y + depth // 2
    turn = f' transform="rotate(-90 {middle_x} {middle_y})"' if upright else ""
    return (
        f'<g class="aisle"><rect fill="{AISLE}" x="{x}" y="{y}" width="{width}" height="{depth}"/>'
        f'<text class="aisle-name" fill="{QUIET}" stroke="none" x="{middle_x}" y="{middle_y + size // 3}"'
        f' font-size="{size}" font-weight="600"{turn}>{escape(name)}</text></g>'
    )


def built(hall: HallPlan) -> str:
    """Walls inside and supplies, over the booths."""
    d = "".join(f"M{x1} {y1}L{x2} {y2}" for x1, y1, x2, y2 in hall.walls)
    walls = (
        f'<path class="wall" fill="none" stroke="{INK}" stroke-width="{WALL_CM}" stroke-linecap="square"'
        f' d="{d}"/>'
        if d
        else ""
    )
    return walls + "".join(_supply(*supply) for supply in hall.utilities)


def _supply(kind: str, x: int, y: int, name: str) -> str:
    radius = 75 if kind in PUBLIC_SUPPLIES else 26
    mark, size = MARKS.get(kind, "?"), radius + 6
    return (
        f'<g class="supply supply-{escape(kind)}"><title>{escape(name or kind)}</title>'
        f'<circle fill="{PAPER}" stroke="{QUIET}" stroke-width="{radius // 9}" cx="{x}" cy="{y}"'
        f' r="{radius}"/>'
        f'<text fill="{QUIET}" stroke="none" x="{x}" y="{y + size // 3}" font-size="{size * 9 // 10}"'
        f' font-weight="700">{escape(mark)}</text></g>'
    )


def nearest_side(hall: HallPlan, x: int, y: int) -> tuple[str, Point]:
    """The outer wall an entrance is in, as the side of the hall it looks to, and where it meets that wall."""
    ends = corners(hall)
    clockwise = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(ends, (*ends[1:], ends[0]), strict=True)
    ) > 0  # fmt: skip
    found = []
    for (x1, y1), (x2, y2) in zip(ends, (*ends[1:], ends[0]), strict=True):
        at = (min(max(x, min(x1, x2)), max(x1, x2)), min(max(y, min(y1, y2)), max(y1, y2)))
        if abs(x2 - x1) >= abs(y2 - y1):
            side = "N" if (x2 > x1) == clockwise else "S"
            at = (at[0], y1 + (y2 - y1) * (at[0] - x1) // (x2 - x1))
        else:
            side = "E" if (y2 > y1) == clockwise else "W"
            at = (x1 + (x2 - x1) * (at[1] - y1) // (y2 - y1), at[1])
        found.append((abs(at[0] - x) + abs(at[1] - y), "NSWE".index(side), side, at))
    _far, _order, side, at = min(found)
    return side, at
