"""The lettered squares round a printed plan, by which the index says where somebody stands."""

from dataclasses import dataclass

from expo.venue.signs import letter_of

SQUARES_CM = (500, 1000, 1500, 2000, 3000, 5000)
MOST = 14
"""Squares along the longer side; more would make a reader count."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares of `side` cm over a hall; letters run down, numbers across."""

    side: int
    across: int
    down: int

    def square(self, x: float, y: float) -> str:
        """The square of a point of the hall: "C4"."""
        column = min(max(int(x // self.side), 0), self.across - 1)
        row = min(max(int(y // self.side), 0), self.down - 1)
        return f"{letter_of(row)}{column + 1}"


def grid_of(width: int, depth: int) -> Grid:
    """The smallest usual squares (cm) of which no more than MOST lie along a hall."""
    longest = max(width, depth)
    side = next((side for side in SQUARES_CM if longest <= side * MOST), 0)
    if not side:
        side = -(-longest // (MOST * 1000)) * 1000
    return Grid(side, -(-width // side), -(-depth // side))
