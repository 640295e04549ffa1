"""Where a table stands: all of them row by row, as their numbers count, with one's own marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

SIDE, GAP = 10, 4
MOST = 600


@dataclass(frozen=True)
class Spot:
    """A table in the scheme: its corner, and whether it is one's own."""

    number: int
    x: int
    y: int
    mine: bool


@dataclass(frozen=True)
class Scheme:
    """The scheme of the tables, in units of its own; x runs from where reading begins."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    row: int
    place: int


def scheme(numbers: Sequence[int], mine: int) -> Scheme | None:
    """The tables in rows of equal length, about twice as wide as high; None without one's own among them."""
    ordered = sorted(set(numbers))[:MOST]
    if mine not in ordered:
        return None
    columns = max(1, ceil(sqrt(2 * len(ordered))))
    step = SIDE + GAP
    spots = tuple(
        Spot(number, GAP + (i % columns) * step, GAP + (i // columns) * step, number == mine)
        for i, number in enumerate(ordered)
    )
    rows = -(-len(ordered) // columns)
    at = ordered.index(mine)
    return Scheme(columns * step + GAP, rows * step + GAP, spots, at // columns + 1, at % columns + 1)
