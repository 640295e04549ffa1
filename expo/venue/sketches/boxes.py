"""Stands among the lines of a drawing: closed rectangles, and rectangles between loose lines. cm."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from expo.venue.drawing.outline import Box
from expo.venue.editing.floor import Index
from expo.venue.editing.geometry import edges, holds
from expo.venue.sketches.faces import faces
from expo.venue.sketches.runs import NEAR_CM
from expo.venue.sketches.sketch import Line

SQUARE = 0.98
"""How much of its box a shape must fill to be a rectangle; the rest are slips of the drawing hand."""
SMALLEST_CM = 50
LARGEST_FACE_M2 = 1_000
"""No loose lines make a stand larger than this; they make an aisle or the hall."""


class Spotted(NamedTuple):
    """A rectangle, and whether it was drawn as one."""

    box: Box
    is_closed: bool


def spotted(lines: Sequence[Line], tally: Counter) -> list[Spotted]:
    """The rectangles of the lines, each once, without the frames round several of them; row by row."""
    closed = _closed(lines, tally)
    loose = [] if all(line.is_closed for line in lines) else _between(lines, closed, tally)
    found = [Spotted(box, True) for box in closed] + [Spotted(box, False) for box in loose]
    kept = _without_frames(found, tally)
    return sorted(kept, key=lambda one: (one.box[1], one.box[0]))


def _closed(lines: Sequence[Line], tally: Counter) -> list[Box]:
    found: dict[Box, None] = {}
    for line in lines:
        if not line.is_closed:
            continue
        xs, ys = [int(x) for x, _y in line.points], [int(y) for _x, y in line.points]
        box = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        area = abs(sum(x1 * y2 - x2 * y1 for x1, y1, x2, y2 in edges(list(zip(xs, ys, strict=True))))) / 2
        if box[2] < SMALLEST_CM or box[3] < SMALLEST_CM:
            tally["small"] += 1
        elif area < SQUARE * box[2] * box[3]:
            tally["odd"] += 1
        elif box in found:
            tally["twice"] += 1
        else:
            found[box] = None
    return list(found)


def _between(lines: Sequence[Line], closed: Sequence[Box], tally: Counter) -> list[Box]:
    """Rectangles that loose lines bound, alone or with the sides of closed shapes."""
    pieces = [
        (number, (int(x1), int(y1), int(x2), int(y2)))
        for number, line in enumerate(lines)
        for x1, y1, x2, y2 in list(edges(line.points))[: None if line.is_closed else -1]
    ]
    boxes, used = faces(pieces)
    tally["open"] += sum(not line.is_closed and number not in used for number, line in enumerate(lines))
    known = Index((box, box) for box in closed)
    found = []
    for box in boxes:
        if box[2] < SMALLEST_CM or box[3] < SMALLEST_CM:
            tally["narrow"] += 1
        elif box[2] * box[3] > LARGEST_FACE_M2 * 10_000:
            tally["large"] += 1
        elif not any(_same(box, other) for other, _box in known.near(box)):
            found.append(box)
    return found


def _same(one: Box, other: Box) -> bool:
    return (
        abs(one[0] - other[0]) <= NEAR_CM
        and abs(one[1] - other[1]) <= NEAR_CM
        and abs(one[0] + one[2] - other[0] - other[2]) <= NEAR_CM
        and abs(one[1] + one[3] - other[1] - other[3]) <= NEAR_CM
    )


def _without_frames(found: Sequence[Spotted], tally: Counter) -> list[Spotted]:
    """Without boxes drawn round several others, as blocks and islands are, and without the furniture
    that loose lines make within a stand."""
    index = Index((one.box, one.box) for one in found)
    inside: dict[Box, list[Box]] = {
        one.box: [
            other
            for other, _box in index.near(one.box)
            if other != one.box and holds(_grown(one.box), other) and not _same(one.box, other)
        ]
        for one in found
    }
    frames = {box for box, others in inside.items() if len(others) >= 2}
    loose = {one.box for one in found if not one.is_closed}
    things = {
        other
        for box, others in inside.items()
        if box not in frames
        for other in others
        if other in loose and other not in frames
    }
    tally["frames"] += len(frames)
    tally["things"] += len(things)
    return [one for one in found if one.box not in frames and one.box not in things]


def _grown(box: Box) -> Box:
    return (box[0] - NEAR_CM, box[1] - NEAR_CM, box[2] + 2 * NEAR_CM, box[3] + 2 * NEAR_CM)


def eased(found: Sequence[Spotted]) -> list[Spotted]:
    """The same without overlaps of a centimetre or two, which are slips: the later one gives way."""
    kept: list[Spotted] = []
    index = Index()
    for one in found:
        box = one.box
        for _name, other in list(index.near(box)):
            box = _beside(box, other)
        index.add(len(kept), box)
        kept.append(Spotted(box, one.is_closed))
    return kept


def _beside(box: Box, other: Box) -> Box:
    x, y, width, depth = box
    cuts = (
        other[0] + other[2] - x, x + width - other[0], other[1] + other[3] - y, y + depth - other[1],
    )  # fmt: skip
    least = min(cuts)
    if not 0 < least <= NEAR_CM:
        return box
    side = cuts.index(least)
    if side == 0:
        return (x + least, y, width - least, depth)
    if side == 1:
        return (x, y, width - least, depth)
    return (x, y + least, width, depth - least) if side == 2 else (x, y, width, depth - least)
