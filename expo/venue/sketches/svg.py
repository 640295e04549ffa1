"""SVG files as sketches: rectangles, polygons, lines, paths and texts with their transforms, by group."""

import math
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from expo.venue.sketches.paths import PLAIN, Matrix, numbers, placed, subpaths, times, transform
from expo.venue.sketches.sketch import Sketch, too_much, unreadable
from expo.words import say

LARGEST_FILE = 16 << 20
MOST_ELEMENTS = 100_000
DEEPEST = 60
PACE = 500
SVG = "{http://www.w3.org/2000/svg}"
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
SKIPPED = frozenset({"defs", "symbol", "clipPath", "mask", "marker", "pattern", "style", "script", "title",
                     "desc", "metadata", "linearGradient", "radialGradient", "filter"})  # fmt: skip
UNIT = "data-cm-per-unit"
NO_LAYER = "–"


def read_svg(data: bytes, step: Callable[[int], None] | None = None) -> Sketch:
    """An SVG file as a sketch; Refused with a sentence for anything else, and for what is too large.

    `step` is told now and then how many elements were looked at, and may raise to stop the reading.
    """
    if len(data) > LARGEST_FILE:
        raise unreadable(say("it has more than %(mb)s MB.", mb=LARGEST_FILE >> 20))
    head = data[:100_000].replace(b"\0", b"")  # also as UTF-16
    if b"<!ENTITY" in head or b"<!ENTITY" in data:
        raise unreadable(say("it defines entities, which a plan does not need."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise unreadable(say("This is not an SVG file.")) from None
    if root.tag not in (SVG + "svg", "svg"):
        raise unreadable(say("This is not an SVG file."))
    return _Reader(root, step).sketch


def _number(element: Any, name: str) -> float:
    found = numbers(element.get(name, ""))
    return found[0] if found else 0.0


class _Reader:
    """Walks the elements down; `by_id` serves <use>."""

    def __init__(self, root: Any, step: Callable[[int], None] | None):
        unit = numbers(root.get(UNIT, ""))
        self.sketch = Sketch(unit[0] if unit and 0 < unit[0] < 1e6 else None)
        self.left, self.step = MOST_ELEMENTS, step
        self.by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        self._walk(root, PLAIN, NO_LAYER, 0)

    def _walk(self, element: Any, matrix: Matrix, layer: str, depth: int) -> None:
        if not isinstance(element.tag, str):
            return
        self.left -= 1
        if self.left < 0:
            raise too_much()
        if self.step and self.left % PACE == 0:
            self.step(MOST_ELEMENTS - self.left)
        name = element.tag.removeprefix(SVG)
        if (
            name in SKIPPED
            or depth > DEEPEST
            or "none" in (element.get("display"), element.get("visibility"))
        ):
            return
        try:
            matrix = times(matrix, transform(element.get("transform", "")))
            if name in ("g", "svg", "a", "switch"):
                layer = element.get(LABEL) or element.get("id") or layer if name == "g" else layer
                matrix = times(matrix, _fitted(element)) if name == "svg" and depth else matrix
                for child in element:
                    self._walk(child, matrix, layer, depth + 1)
            elif name == "use":
                self._use(element, matrix, layer, depth)
            elif name == "text":
                self._text(element, matrix, layer)
            else:
                self._shape(name, element, matrix, layer)
        except (ValueError, ArithmeticError, LookupError):
            self.sketch.unread[name] += 1

    def _use(self, element: Any, matrix: Matrix, layer: str, depth: int) -> None:
        link = next((element.get(key) for key in LINKS if element.get(key)), "")
        target = self.by_id.get(link[1:]) if link.startswith("#") else None
        if target is None:
            self.sketch.unread["use"] += 1
            return
        moved = times(matrix, (1, 0, 0, 1, _number(element, "x"), _number(element, "y")))
        if target.tag == SVG + "symbol":
            for child in target:
                self._walk(child, moved, layer, depth + 1)
        else:
            self._walk(target, moved, layer, depth + 1)

    def _text(self, element: Any, matrix: Matrix, layer: str) -> None:
        spots = [element, *element.iter(SVG + "tspan")]
        at = next((spot for spot in spots if spot.get("x") is not None), element)
        x, y = placed(matrix, (_number(at, "x"), _number(at, "y")))
        self.sketch.say(layer, x, y, "".join(element.itertext()))

    def _shape(self, name: str, element: Any, matrix: Matrix, layer: str) -> None:
        if name == "rect":
            x, y, w, h = (_number(element, key) for key in ("x", "y", "width", "height"))
            self._add(
                layer, matrix, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)] if w and h else [], True
            )
        elif name in ("polygon", "polyline"):
            found = numbers(element.get("points", ""))
            pairs = list(zip(found[::2], found[1::2], strict=False))
            self._add(layer, matrix, pairs, name == "polygon")
        elif name == "line":
            ends = [(_number(element, f"x{n}"), _number(element, f"y{n}")) for n in (1, 2)]
            self._add(layer, matrix, ends, False)
        elif name in ("circle", "ellipse"):
            rx, ry = (_number(element, key) for key in (("r", "r") if name == "circle" else ("rx", "ry")))
            cx, cy = _number(element, "cx"), _number(element, "cy")
            angles = [math.tau * n / 16 for n in range(16)]
            self._add(layer, matrix, [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles], True)
        elif name == "path":
            for points, closed in subpaths(element.get("d", "")):
                self._add(layer, matrix, points, closed)
        else:
            self.sketch.unread[name] += 1

    def _add(self, layer: str, matrix: Matrix, points: list[tuple[float, float]], closed: bool) -> None:
        self.sketch.add(layer, [placed(matrix, at) for at in points], closed)


def _fitted(element: Any) -> Matrix:
    """How an inner <svg> with a viewBox of its own is fitted in."""
    box = numbers(element.get("viewBox", ""))
    x, y = _number(element, "x"), _number(element, "y")
    width, height = element.get("width", ""), element.get("height", "")
    if len(box) != 4 or not box[2] or not box[3] or not re.fullmatch(r"[\d.]+", width + height):
        return 1, 0, 0, 1, x, y
    scale = min(float(width) / box[2], float(height) / box[3])
    return scale, 0, 0, scale, x - box[0] * scale, y - box[1] * scale
