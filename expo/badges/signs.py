"""The sign of each kind of badge: a hue and a shape, so that nobody needs to tell colours apart."""

from dataclasses import dataclass
from math import cos, pi, sin

Point = tuple[float, float]


def _polygon(corners: int, turn: float = 0.0) -> tuple[Point, ...]:
    """A regular polygon within the unit square; `turn` in degrees from pointing up."""
    angles = [2 * pi * step / corners - pi / 2 + turn * pi / 180 for step in range(corners)]
    return tuple((round(0.5 + 0.5 * cos(a), 3), round(0.5 + 0.5 * sin(a), 3)) for a in angles)


def _star(rays: int, inner: float) -> tuple[Point, ...]:
    angles = [pi * step / rays - pi / 2 for step in range(2 * rays)]
    radii = [0.5, inner] * rays
    return tuple(
        (round(0.5 + r * cos(a), 3), round(0.5 + r * sin(a), 3)) for a, r in zip(angles, radii, strict=True)
    )


@dataclass(frozen=True)
class Sign:
    """`hue` 1-8 as for zones; `outline`: the corners of the shape in a unit square, y grows downwards."""

    hue: int
    outline: tuple[Point, ...]

    @property
    def points(self) -> str:
        """The outline for an SVG polygon in a square of 100."""
        return " ".join(f"{100 * x:g},{100 * y:g}" for x, y in self.outline)


_CROSS = ((0.33, 0), (0.67, 0), (0.67, 0.33), (1, 0.33), (1, 0.67), (0.67, 0.67),
          (0.67, 1), (0.33, 1), (0.33, 0.67), (0, 0.67), (0, 0.33), (0.33, 0.33))  # fmt: skip
_CHEVRON = ((0, 0.05), (0.5, 0.45), (1, 0.05), (1, 0.55), (0.5, 0.95), (0, 0.55))

SIGNS: dict[str, Sign] = {
    "visitor": Sign(6, _polygon(32)),
    "buyer": Sign(3, _polygon(4)),
    "vip": Sign(4, _star(5, 0.2)),
    "speaker": Sign(2, _polygon(3)),
    "press": Sign(8, _polygon(6)),
    "exhibitor": Sign(1, ((0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94))),
    "organiser": Sign(5, _CHEVRON),
    "service": Sign(7, _CROSS),
}
