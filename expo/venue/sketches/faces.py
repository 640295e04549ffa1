"""Rectangles between loose lines: the faces of the walls' arrangement with nothing sticking into them."""

from collections.abc import Sequence

import numpy as np

from expo.venue.drawing.outline import Box
from expo.venue.editing.geometry import Segment
from expo.venue.sketches.runs import NEAR_CM, Wall, walls_of
from expo.venue.sketches.sketch import too_much

MOST_PAIRS = 200_000_000
MOST_CROSSINGS = 400_000
NONE = -1


class Net:
    """Crossings of walls and what leads from each to the next: east, south, west and north, or NONE."""

    def __init__(self, level: Sequence[Wall], upright: Sequence[Wall]):
        self.level, self.upright = level, upright
        self.across, self.down = _crossings(level, upright)
        count = len(self.across)
        self.east, self.south, self.west, self.north = ([NONE] * count for _ in range(4))
        self._lead(self.across, [upright[i].at for i in self.down], self.east, self.west)
        self._lead(self.down, [level[i].at for i in self.across], self.south, self.north)
        self._without_ends()

    def _lead(self, wall: list[int], at: list[int], onwards: list[int], back: list[int]) -> None:
        order = sorted(range(len(wall)), key=lambda number: (wall[number], at[number]))
        for one, other in zip(order, order[1:], strict=False):
            if wall[one] == wall[other]:
                onwards[one], back[other] = other, one

    def _without_ends(self) -> None:
        """Take away what leads nowhere, so that a tick at a wall does not spoil the stand beside it."""
        along, upright = (self.east, self.west), (self.south, self.north)
        ways = (along, along[::-1], upright, upright[::-1])
        waiting = list(range(len(self.across)))
        while waiting:
            number = waiting.pop()
            open_ways = [(way, back) for way, back in ways if way[number] != NONE]
            if len(open_ways) == 1:
                way, back = open_ways[0]
                other = way[number]
                way[number], back[other] = NONE, NONE
                waiting.append(other)

    def face(self, corner: int) -> tuple[int, int, int] | None:
        """The north-east, south-west and south-east corner of the rectangle whose north-west one it is."""
        if self.east[corner] == NONE or self.south[corner] == NONE:
            return None
        right = _until(self.east, self.south, corner)
        below = _until(self.south, self.east, corner)
        if NONE in (right, below):
            return None
        end = _until(self.east, self.north, below)
        return (right, below, end) if end != NONE and end == _until(self.south, self.west, right) else None


def _until(way: list[int], turn: list[int], start: int) -> int:
    """The first crossing on the way from which one can turn off."""
    at = way[start]
    while at != NONE and turn[at] == NONE:
        at = way[at]
    return at


def _crossings(level: Sequence[Wall], upright: Sequence[Wall]) -> tuple[list[int], list[int]]:
    """Numbers of the level and of the upright wall at every crossing; ends that nearly meet do."""
    if len(level) * len(upright) > MOST_PAIRS:
        raise too_much()
    order = sorted(range(len(level)), key=lambda number: level[number].at)
    at = np.array([level[i].at for i in order])
    starts = np.array([level[i].start for i in order]) - NEAR_CM
    ends = np.array([level[i].end for i in order]) + NEAR_CM
    across, down = [], []
    for number, wall in enumerate(upright):
        first, last = np.searchsorted(at, [wall.start - NEAR_CM, wall.end + NEAR_CM + 1])
        met = np.flatnonzero((starts[first:last] <= wall.at) & (wall.at <= ends[first:last])) + first
        across += [order[i] for i in met]
        down += [number] * len(met)
        if len(across) > MOST_CROSSINGS:
            raise too_much()
    return across, down


def faces(lines: Sequence[tuple[int, Segment]]) -> tuple[list[Box], set[int]]:
    """The rectangles between numbered lines, and the numbers of the lines that bound one."""
    level, upright = walls_of(lines)
    net = Net(level, upright) if level and upright else None
    boxes, used = [], set()
    for corner in range(len(net.across)) if net else ():
        found = net.face(corner) if net else None
        if net is None or found is None:
            continue
        right, below, _end = found
        walls = (level[net.across[corner]], level[net.across[below]], upright[net.down[corner]],
                 upright[net.down[right]])  # fmt: skip
        top, bottom, west, east = walls
        boxes.append((west.at, top.at, east.at - west.at, bottom.at - top.at))
        used.update(id(wall) for wall in walls)
    bounding = {number for wall in (*level, *upright) if id(wall) in used for number in wall.lines}
    return boxes, bounding
