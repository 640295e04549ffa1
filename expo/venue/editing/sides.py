"""Which sides of a stand are open to an aisle, by what stands round it."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from expo.venue.drawing.outline import Box
from expo.venue.editing.floor import Floor, Index, Shell, Spot
from expo.venue.editing.geometry import Segment, clip, edges

AISLE_CM = 100
"""What is nearer than this leaves no way past: the side is not open there."""
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
LETTERS = {"N": NORTH, "E": EAST, "S": SOUTH, "W": WEST}


def boundary(shell: Shell) -> list[Segment]:
    """All lines nobody walks through: the outline (or the hall's four walls) and the walls inside."""
    corners = shell.outline or ((0, 0), (shell.width, 0), (shell.width, shell.depth), (0, shell.depth))
    return [*edges(corners), *shell.walls]


def opened(floor: Floor, spots: Mapping[str, Spot], which: Collection[str]) -> dict[str, Spot]:
    """The named stands with their open sides as the floor has them now."""
    things = Index((code, spot.box) for code, spot in spots.items())
    for number, column in enumerate(floor.shell.columns):
        things.add(number, column)
    lines = boundary(floor.shell)
    return {code: replace(spots[code], open_sides=_open(spots[code], things, lines)) for code in which}


def _open(spot: Spot, things: Index, lines: list[Segment]) -> int:
    x, y, width, depth = spot.box
    around = [box for name, box in things.near(spot.box, AISLE_CM) if name != spot.code]
    close = [
        line
        for line in lines
        if clip(line, x - AISLE_CM, y - AISLE_CM, x + width + AISLE_CM, y + depth + AISLE_CM)
    ]
    strips = (
        (NORTH, (x, y - AISLE_CM, width, AISLE_CM), 0),
        (EAST, (x + width, y, AISLE_CM, depth), 1),
        (SOUTH, (x, y + depth, width, AISLE_CM), 0),
        (WEST, (x - AISLE_CM, y, AISLE_CM, depth), 1),
    )
    return sum(side for side, strip, along in strips if _is_free(strip, along, around, close))


def _is_free(strip: Box, along: int, things: list[Box], lines: list[Segment]) -> bool:
    """Whether more than half of a side has an aisle before it. `along`: 0 for level sides, 1 for upright."""
    low, high = strip[along], strip[along] + strip[along + 2]
    spans = [
        (max(low, box[along]), min(high, box[along] + box[along + 2]))
        for box in things
        if box[0] < strip[0] + strip[2]
        and strip[0] < box[0] + box[2]
        and box[1] < strip[1] + strip[3]
        and strip[1] < box[1] + box[3]
    ]
    for line in lines:
        piece = clip(line, strip[0], strip[1], strip[0] + strip[2], strip[1] + strip[3])
        if piece:
            spans.append((min(piece[0][along], piece[1][along]), max(piece[0][along], piece[1][along])))
    blocked, reached = 0.0, float(low)
    for start, end in sorted(spans):
        blocked += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return 2 * blocked < high - low
