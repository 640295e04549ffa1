"""SVG's path data and transforms as points."""

import math
import re
from collections.abc import Iterator

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
STEPS = 8
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def numbers(text: str) -> list[float]:
    """All numbers in a text."""
    return [float(number) for number in _NUMBER.findall(text)]


def times(one: Matrix, other: Matrix) -> Matrix:
    """First the other, then the one."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def placed(matrix: Matrix, at: Point) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * at[0] + c * at[1] + e, b * at[0] + d * at[1] + f


def transform(text: str) -> Matrix:
    """The matrix of a transform attribute; ValueError for one with too few numbers."""
    found = PLAIN
    for name, inside in _TRANSFORM.findall(text):
        found = times(found, _single(name, numbers(inside)))
    return found


def _single(name: str, of: list[float]) -> Matrix:
    if name == "matrix":
        a, b, c, d, e, f = of
        return a, b, c, d, e, f
    if name == "translate":
        return 1, 0, 0, 1, of[0], of[1] if len(of) > 1 else 0
    if name == "scale":
        return of[0], 0, 0, of[1] if len(of) > 1 else of[0], 0, 0
    angle = math.radians(of[0])
    if name == "rotate":
        turn = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0.0, 0.0)
        if len(of) < 3:
            return turn
        return times(times((1, 0, 0, 1, of[1], of[2]), turn), (1, 0, 0, 1, -of[1], -of[2]))
    slant = math.tan(angle)
    return (1, 0, slant, 1, 0, 0) if name == "skewX" else (1, slant, 0, 1, 0, 0)


def subpaths(d: str) -> Iterator[tuple[list[Point], bool]]:
    """The lines of path data, curves as short pieces, each with whether it is closed."""
    points: list[Point] = []
    x = y = start_x = start_y = 0.0
    handle: tuple[str, float, float] | None = None
    for command, relative, of in _commands(d):
        base_x, base_y = (x, y) if relative else (0.0, 0.0)
        if command == "M":
            if points:
                yield points, False
            x, y = base_x + of[0], base_y + of[1]
            start_x, start_y, points, handle = x, y, [(x, y)], None
            continue
        if command == "Z":
            if points:
                yield points, True
            x, y, points, handle = start_x, start_y, [], None
            continue
        points = points or [(x, y)]
        if command == "A":
            end = (base_x + of[5], base_y + of[6])
            points += _arc((x, y), of[0], of[1], of[2], bool(of[3]), bool(of[4]), end)
            (x, y), handle = end, None
            continue
        corners, handle = _corners(command, of, (x, y), (base_x, base_y), relative, handle)
        points += _bezier((x, y), *corners)
        x, y = corners[-1]
    if points:
        yield points, False


def _commands(d: str) -> Iterator[tuple[str, bool, list[float]]]:
    command, waiting = "", []
    for letter, number in _TOKEN.findall(d):
        if letter:
            command, waiting = letter, []
            if letter in "Zz":
                yield "Z", False, []
            continue
        waiting.append(float(number))
        if not command or command in "Zz" or len(waiting) < _TAKES[command.upper()]:
            continue
        yield command.upper(), command.islower(), waiting
        waiting = []
        command = {"M": "L", "m": "l"}.get(command, command)


def _corners(
    command: str,
    of: list[float],
    at: Point,
    base: Point,
    relative: bool,
    handle: tuple[str, float, float] | None,
) -> tuple[list[Point], tuple[str, float, float] | None]:
    """Control points and end of a line or curve, and the handle a smooth curve goes on from."""
    if command == "H":
        return [(base[0] + of[0], at[1])], None
    if command == "V":
        return [(at[0], base[1] + of[0])], None
    found = [(base[0] + of[i], base[1] + of[i + 1]) for i in range(0, len(of), 2)]
    if command in "ST":
        kind = "C" if command == "S" else "Q"
        mirrored = (2 * at[0] - handle[1], 2 * at[1] - handle[2]) if handle and handle[0] == kind else at
        found = [mirrored, *found]
    if len(found) > 1:
        return found, ("C" if len(found) == 3 else "Q", *found[-2])
    return found, None


def _bezier(start: Point, *rest: Point) -> list[Point]:
    if len(rest) == 1:
        return [rest[0]]
    corners = [start, *rest]
    found = []
    for step in range(1, STEPS + 1):
        row, t = corners, step / STEPS
        while len(row) > 1:
            row = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                for a, b in zip(row, row[1:], strict=False)
            ]
        found.append(row[0])
    return found


def _arc(
    start: Point, rx: float, ry: float, turn: float, large: bool, sweep: bool, end: Point
) -> list[Point]:
    """An elliptical arc as short pieces (the endpoint form of the SVG specification, appendix B.2)."""
    rx, ry, phi = abs(rx), abs(ry), math.radians(turn)
    if not rx or not ry or start == end:
        return [end]
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    u, v = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max(1.0, (u / rx) ** 2 + (v / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    under = max(0.0, (rx * ry) ** 2 - (rx * v) ** 2 - (ry * u) ** 2) / ((rx * v) ** 2 + (ry * u) ** 2)
    k = math.sqrt(under) * (-1 if large == sweep else 1)
    cu, cv = k * rx * v / ry, -k * ry * u / rx
    cx, cy = cos * cu - sin * cv + (start[0] + end[0]) / 2, sin * cu + cos * cv + (start[1] + end[1]) / 2
    first = math.atan2((v - cv) / ry, (u - cu) / rx)
    span = math.atan2((-v - cv) / ry, (-u - cu) / rx) - first
    span += 2 * math.pi if sweep and span < 0 else -2 * math.pi if not sweep and span > 0 else 0
    found = []
    for step in range(1, STEPS):
        a = first + span * step / STEPS
        found.append(
            (
                cx + rx * math.cos(a) * cos - ry * math.sin(a) * sin,
                cy + rx * math.cos(a) * sin + ry * math.sin(a) * cos,
            )
        )
    return [*found, end]
