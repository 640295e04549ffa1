"""Drawings as they come from a land survey: far from the origin, turned to the north, with stray things."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import atan2, cos, degrees, hypot, radians, sin

from expo.venue.editing.geometry import edges
from expo.venue.sketches.sketch import Line, Points, Sketch

FEWEST = 5
FAR = 10
MOST = 0.6
"""The share of all lines, by length, that must lean alike for a drawing to be turned straight."""
LEAST = 0.1
STEPS_A_DEGREE = 20


def straightened(sketch: Sketch) -> None:
    """Leave out lines far away from all others, turn the drawing so that most of its lines run along its
    edges, and move it to where its corner is the origin. Changes the sketch."""
    near = [line for line, is_near in zip(sketch.lines, _near(sketch.lines), strict=True) if is_near]
    if not near:
        return
    sketch.strays += len(sketch.lines) - len(near)
    sketch.turned = lean(near)
    x0, y0 = near[0].points[0]
    angle = radians(-sketch.turned)
    c, s = (cos(angle), sin(angle)) if sketch.turned else (1.0, 0.0)

    def turned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [((x - x0) * c - (y - y0) * s, (x - x0) * s + (y - y0) * c) for x, y in points]

    moved = [turned(line.points) for line in near]
    left = min(x for points in moved for x, _y in points)
    top = min(y for points in moved for _x, y in points)

    def placed(points: Sequence[tuple[float, float]]) -> Points:
        return tuple((round(x - left, 4), round(y - top, 4)) for x, y in points)

    sketch.lines = [replace(line, points=placed(points)) for line, points in zip(near, moved, strict=True)]
    ends = [placed(turned([(word.x, word.y)]))[0] for word in sketch.words]
    sketch.words = [replace(word, x=x, y=y) for word, (x, y) in zip(sketch.words, ends, strict=True)]


def lean(lines: Sequence[Line]) -> float:
    """By how many degrees most of the length of the lines leans, from -45 to 45; 0 where it does not, where
    enough of it is straight, or where it is hatching: lines one way with hardly any across."""
    sides = [
        (degrees(atan2(y2 - y1, x2 - x1)) % 180, hypot(x2 - x1, y2 - y1))
        for line in lines
        for x1, y1, x2, y2 in list(edges(line.points))[: None if line.is_closed else -1]
    ]
    length: dict[int, float] = defaultdict(float)
    for angle, size in sides:
        length[round(_off(angle) * STEPS_A_DEGREE)] += size
    likeliest = max(length, key=lambda step: length[step], default=0)
    alike = [side for side in sides if abs(_off(side[0]) * STEPS_A_DEGREE - likeliest) <= 1]
    weight, whole = sum(size for _angle, size in alike), sum(length.values())
    level = sum(size for angle, size in alike if abs(angle - 90) > 45)
    if not whole or weight < MOST * whole or length[0] > LEAST * whole:
        return 0.0
    if min(level, weight - level) < LEAST * whole:
        return 0.0
    found = round(sum(_off(angle) * size for angle, size in alike) / weight, 4)
    return found if abs(found) > 0.01 else 0.0


def _off(angle: float) -> float:
    """By how much an angle misses the nearest quarter turn."""
    return (angle + 45) % 90 - 45


def _near(lines: Sequence[Line]) -> list[bool]:
    """Which lines are no strays: these lie farther off than the bulk of the others reaches, ten times."""
    if len(lines) < FEWEST:
        return [True] * len(lines)
    middles = [(sum(x for x, _y in line.points) / len(line.points),
                sum(y for _x, y in line.points) / len(line.points)) for line in lines]  # fmt: skip
    cut = max(1, len(lines) // 20)
    cores = [(ordered[cut], ordered[-1 - cut]) for ordered in map(sorted, zip(*middles, strict=True))]
    sizes = sorted(max(abs(x - line.points[0][0]) + abs(y - line.points[0][1]) for x, y in line.points)
                   for line in lines)  # fmt: skip
    reach = FAR * max(*(high - low for low, high in cores), sizes[len(sizes) // 2])
    return [
        all(low - reach <= at <= high + reach for at, (low, high) in zip(middle, cores, strict=True))
        for middle in middles
    ]
