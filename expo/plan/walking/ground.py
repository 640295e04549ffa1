"""What a walker may not step on: stands, columns and walls, each grown by the room a wheelchair needs.

Everything in the way is convex after growing: boxes, and walls as slanted rectangles. A walker is a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from expo.venue.drawing.outline import Box

Point = tuple[float, float]
CLEARANCE = 45
"""cm kept to everything: a way of 90 cm is the least that a wheelchair passes (ISO 21542, 7.2)."""
TOUCH = 0.05
"""Grown obstacles are this much smaller (cm), so that a path may run along them in floating point."""
DOOR_SEARCH = 400
"""How far from a wall (cm) an entrance may be drawn and still be a door in it."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A straight wall from one point to another, `thick` cm."""

    start: Point
    end: Point
    thick: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """A hall's floor. An empty outline means the rectangle of `width` × `depth`; doors are (name, x, y)."""

    width: int
    depth: int
    boxes: tuple[Box, ...] = ()
    walls: tuple[Wall, ...] = ()
    outline: tuple[tuple[int, int], ...] = ()
    doors: tuple[tuple[str, int, int], ...] = ()

    @property
    def corners(self) -> tuple[Point, ...]:
        """The outline's corners in order."""
        if self.outline:
            return self.outline
        return ((0, 0), (self.width, 0), (self.width, self.depth), (0, self.depth))

    @property
    def edges(self) -> tuple[Wall, ...]:
        """The outer walls."""
        around = self.corners
        return tuple(Wall(a, b) for a, b in zip(around, (*around[1:], around[0]), strict=True) if a != b)


def grown_boxes(boxes: Iterable[Box]) -> np.ndarray:
    """(n, 4): west, north, east, south of each box with the clearance round it."""
    grown = [(x - CLEARANCE, y - CLEARANCE, x + w + CLEARANCE, y + d + CLEARANCE) for x, y, w, d in boxes]
    return np.array(grown, float).reshape(-1, 4)


def grown_walls(walls: Iterable[Wall]) -> np.ndarray:
    """(n, 4, 2): the corners of each wall with the clearance round it, in order."""
    found = []
    for wall in walls:
        (x0, y0), (x1, y1) = wall.start, wall.end
        long = hypot(x1 - x0, y1 - y0)
        if not long:
            continue
        out = CLEARANCE + wall.thick / 2
        ux, uy = (x1 - x0) / long * out, (y1 - y0) / long * out
        found.append(
            [
                (x0 - ux + uy, y0 - uy - ux), (x1 + ux + uy, y1 + uy - ux),
                (x1 + ux - uy, y1 + uy + ux), (x0 - ux - uy, y0 - uy + ux),
            ]
        )  # fmt: skip
    return np.array(found, float).reshape(-1, 4, 2)


def within(points: np.ndarray, corners: Sequence[Point]) -> np.ndarray:
    """Which of the points (n, 2) lie inside a closed line, by the number of its sides to their east."""
    x, y = points[:, 0], points[:, 1]
    inside = np.zeros(len(points), bool)
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if ay == by:
            continue
        between = (ay > y) != (by > y)
        inside ^= between & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return inside


def at_door(ground: Ground, door: Point, *, outside: bool = False) -> Point | None:
    """Where one stands just inside (or outside) a door in the outer wall; None for a door in no wall."""
    best: tuple[float, Point] | None = None
    sense = -1 if outside else 1
    for edge in ground.edges:
        (ax, ay), (bx, by) = edge.start, edge.end
        long = hypot(bx - ax, by - ay)
        ux, uy = (bx - ax) / long, (by - ay) / long
        at = min(max((door[0] - ax) * ux + (door[1] - ay) * uy, 0.0), long)
        foot = (ax + at * ux, ay + at * uy)
        far = hypot(door[0] - foot[0], door[1] - foot[1])
        if best and far >= best[0]:
            continue
        probe = np.array([(foot[0] - uy, foot[1] + ux)])
        turn = sense if within(probe, ground.corners)[0] else -sense
        best = far, (foot[0] - turn * uy * CLEARANCE, foot[1] + turn * ux * CLEARANCE)
    return best[1] if best and best[0] <= DOOR_SEARCH else None
