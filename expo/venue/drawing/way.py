"""A way drawn over a plan: a line with a light edge, a dot where it starts and a target where it ends."""

from collections.abc import Sequence

from expo.venue.drawing.paint import FOUND, INK, PAPER


def way_over(
    points: Sequence[tuple[float, float]], *, large: bool = False, ends: tuple[bool, bool] = (True, True)
) -> str:
    """`points` in the drawing's cm; `large` for a whole site; `ends`: whether it starts and ends here."""
    k = 3 if large else 1
    d = "M" + "L".join(f"{round(x)} {round(y)}" for x, y in points)
    line = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    parts = [
        f'<path class="way-edge" {line} stroke="{PAPER}" stroke-width="{90 * k}" d="{d}"/>',
        f'<path class="way-line" {line} stroke="{INK}" stroke-width="{46 * k}"'
        f' stroke-dasharray="{90 * k} {70 * k}" d="{d}"/>',
    ]
    (x, y), (to_x, to_y) = points[0], points[-1]
    if ends[0]:
        parts.append(_dot("way-start", x, y, 80 * k, PAPER))
    if ends[1]:
        parts.append(_dot("way-end", to_x, to_y, 80 * k, FOUND))
    return f'<g class="way" aria-hidden="true" pointer-events="none">{"".join(parts)}</g>'


def _dot(name: str, x: float, y: float, r: int, fill: str) -> str:
    return (
        f'<circle class="{name}" fill="{fill}" stroke="{INK}" stroke-width="{r // 3}"'
        f' cx="{round(x)}" cy="{round(y)}" r="{r}"/>'
    )
