"""Boxes, lines and outlines on a hall's floor, with the same idea of touching that the database has."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from expo.venue.drawing.outline import Box, Point

Segment = tuple[int, int, int, int]
"""x1, y1, x2, y2 in cm."""
SLACK = 0.25
"""Boxes are compared shrunk by a quarter centimetre, so that neighbours may share a wall."""


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share floor; a common wall is no floor."""
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def shared(one: Box, other: Box) -> int:
    """The floor that two boxes share, in cm²."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(across, 0) * max(down, 0)


def holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies within another, edges included."""
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )


def bounds(boxes: Iterable[Box]) -> Box:
    """The smallest box round some boxes (at least one)."""
    found = list(boxes)
    x, y = min(box[0] for box in found), min(box[1] for box in found)
    return (
        x,
        y,
        max(box[0] + box[2] for box in found) - x,
        max(box[1] + box[3] for box in found) - y,
    )


def edges(corners: Sequence[Sequence[int]]) -> Iterator[Segment]:
    """The sides of an outline, the last one back to its beginning."""
    for (x1, y1), (x2, y2) in pairwise([*corners, *corners[:1]]):
        yield x1, y1, x2, y2


def clip(
    segment: Segment, left: float, top: float, right: float, bottom: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The ends of what lies of a line within a box, its edges included (after Liang and Barsky)."""
    x1, y1, x2, y2 = segment
    dx, dy = x2 - x1, y2 - y1
    start, end = 0.0, 1.0
    for p, q in ((-dx, x1 - left), (dx, right - x1), (-dy, y1 - top), (dy, bottom - y1)):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            start = max(start, q / p)
        else:
            end = min(end, q / p)
        if start > end:
            return None
    return (x1 + start * dx, y1 + start * dy), (x1 + end * dx, y1 + end * dy)


def crosses(segment: Segment, box: Box) -> bool:
    """Whether a line enters a box; one that runs along its edge does not."""
    x, y, width, depth = box
    return clip(segment, x + SLACK, y + SLACK, x + width - SLACK, y + depth - SLACK) is not None


def surrounds(corners: Sequence[Sequence[int]], x: float, y: float) -> bool:
    """Whether a point that lies on no side is inside an outline: the even-odd rule."""
    inside = False
    for x1, y1, x2, y2 in edges(corners):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def in_outline(box: Box, corners: Sequence[Sequence[int]]) -> bool:
    """Whether a box lies within an outline; no corners stand for no outline."""
    if not corners:
        return True
    return surrounds(corners, box[0] + SLACK, box[1] + SLACK) and not any(
        crosses(edge, box) for edge in edges(corners)
    )


def is_simple(corners: Sequence[Point]) -> bool:
    """Whether an outline has an inside: three corners or more, none twice, no sides that cross or touch."""
    if len(corners) < 3 or len(set(corners)) < len(corners):
        return False
    sides = list(edges(corners))
    for i, one in enumerate(sides):
        for j in range(i + 1, len(sides)):
            is_next = j == i + 1 or (i == 0 and j == len(sides) - 1)
            if _folds_back(one, sides[j], j == i + 1) if is_next else _meet(one, sides[j]):
                return False
    return area2(corners) != 0


def area2(corners: Sequence[Sequence[int]]) -> int:
    """Twice the area of an outline in cm², positive when its corners run clockwise on the plan."""
    return sum(x1 * y2 - x2 * y1 for x1, y1, x2, y2 in edges(corners))


def _turn(ax: int, ay: int, bx: int, by: int, cx: int, cy: int) -> int:
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)


def _folds_back(one: Segment, other: Segment, in_order: bool) -> bool:
    """Whether two sides that share a corner lie on one another."""
    first, second = (one, other) if in_order else (other, one)
    (ax, ay, bx, by), (_, _, cx, cy) = first, second
    straight = _turn(ax, ay, bx, by, cx, cy) == 0
    return straight and (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0


def _meet(one: Segment, other: Segment) -> bool:
    a = _turn(*one, other[0], other[1])
    b = _turn(*one, other[2], other[3])
    c = _turn(*other, one[0], one[1])
    d = _turn(*other, one[2], one[3])
    if (a > 0) != (b > 0) and (c > 0) != (d > 0) and 0 not in (a, b, c, d):
        return True
    return any(
        turn == 0 and _within(line, x, y)
        for turn, line, x, y in (
            (a, one, other[0], other[1]),
            (b, one, other[2], other[3]),
            (c, other, one[0], one[1]),
            (d, other, one[2], one[3]),
        )
    )


def _within(line: Segment, x: int, y: int) -> bool:
    return min(line[0], line[2]) <= x <= max(line[0], line[2]) and min(line[1], line[3]) <= y <= max(
        line[1], line[3]
    )
