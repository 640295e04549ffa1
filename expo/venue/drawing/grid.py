"""Lettered squares over a hall, for paper: fine lines, numbers along the top, letters down the side."""

from expo.venue.drawing.paint import QUIET, text_at
from expo.venue.signs import letter_of


def grid_over(width: int, depth: int, side: int) -> str:
    """`side` of a square in cm; letters and numbers stand outside the hall."""
    across, down = range(0, width, side), range(0, depth, side)
    lines = "".join(f"M{x} -60V{depth}" for x in across[1:]) + "".join(f"M-60 {y}H{width}" for y in down[1:])
    names = [
        text_at("grid-name", min(x + side // 2, (x + width) // 2), -250, 150, str(i + 1), fill=QUIET)
        for i, x in enumerate(across)
    ] + [
        text_at("grid-name", -320, min(y + side // 2, (y + depth) // 2) + 50, 150, letter_of(i), fill=QUIET)
        for i, y in enumerate(down)
    ]
    return (
        f'<g class="grid"><path fill="none" stroke="{QUIET}" stroke-width="5" stroke-opacity="0.55"'
        f' stroke-dasharray="40 40" d="{lines}"/>{"".join(names)}</g>'
    )
