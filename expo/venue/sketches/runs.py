"""Loose lines as walls: what runs along the same line and touches becomes one wall, upright or level. cm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expo.venue.editing.geometry import Segment

NEAR_CM = 2
SLOPE = 1 / 1000
"""A line that leaves its direction by less than this is a slip of the drawing hand."""


@dataclass(slots=True)
class Wall:
    """A wall at a coordinate from `start` to `end`; `lines` are the numbers of the lines it is made of."""

    at: int
    start: int
    end: int
    lines: list[int]


def walls_of(lines: Sequence[tuple[int, Segment]]) -> tuple[list[Wall], list[Wall]]:
    """Level and upright walls of numbered lines; lines of other directions give none."""
    pieces: tuple[list, list] = ([], [])
    for number, (x1, y1, x2, y2) in lines:
        across, down = abs(x2 - x1), abs(y2 - y1)
        slack = max(NEAR_CM, SLOPE * max(across, down))
        if across > down and down <= slack:
            pieces[0].append(((y1 + y2) / 2, min(x1, x2), max(x1, x2), number))
        elif down > across and across <= slack:
            pieces[1].append(((x1 + x2) / 2, min(y1, y2), max(y1, y2), number))
    return _joined(pieces[0]), _joined(pieces[1])


def _joined(pieces: Iterable[tuple[float, int, int, int]]) -> list[Wall]:
    """Pieces at nearly the same coordinate that touch or overlap, as one wall where most of them lies."""
    walls = []
    for cluster in _clusters(sorted(pieces)):
        cluster.sort(key=lambda piece: piece[1])
        run, end = [cluster[0]], cluster[0][2]
        for piece in cluster[1:]:
            if piece[1] > end + NEAR_CM:
                walls.append(_wall(run, end))
                run, end = [], piece[2]
            run.append(piece)
            end = max(end, piece[2])
        walls.append(_wall(run, end))
    return walls


def _clusters(pieces: list[tuple[float, int, int, int]]) -> list[list[tuple[float, int, int, int]]]:
    """Sorted pieces parted where coordinates lie apart; a chain of near ones is cut at its widest gaps."""
    found, waiting = [], [pieces] if pieces else []
    while waiting:
        some = waiting.pop()
        gaps = [(b[0] - a[0], place) for place, (a, b) in enumerate(zip(some, some[1:], strict=False), 1)]
        reach = some[-1][0] - some[0][0]
        cuts = [place for gap, place in gaps if gap > NEAR_CM]
        if not cuts and reach > 2 * NEAR_CM:
            widest = max(gap for gap, _place in gaps)
            cuts = [place for gap, place in gaps if gap == widest]
        if not cuts:
            found.append(some)
            continue
        ends = [0, *cuts, len(some)]
        waiting += [some[a:b] for a, b in zip(ends, ends[1:], strict=False)]
    return found


def _wall(run: Sequence[tuple[float, int, int, int]], end: int) -> Wall:
    """At the coordinate that half of its length lies below: a slip of one piece does not move the others."""
    half, so_far = sum(piece[2] - piece[1] for piece in run) / 2, 0
    ordered = sorted(run)
    for at, start, stop, _number in ordered:
        so_far += stop - start
        if so_far >= half:
            return Wall(round(at), run[0][1], end, [piece[3] for piece in run])
    raise ValueError("a wall of no pieces")
