"""The drawing's letters lifted off it, to be set by the page.

The print engine draws SVG text letter by letter, which tears Arabic script apart; as text of the page it is
joined and ordered as it should be. The geometry stays that of the drawing.
"""

import re
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from expo.venue.drawing.svg import box_of

SVG = "http://www.w3.org/2000/svg"
ASCENT = 0.888
"""Where the baseline lies in a line as high as its font size, for Noto Sans (ascent 1.069, descent 0.293)."""
ROOM_EM = 40
UPRIGHT = ";transform:rotate(-90deg);transform-origin:center"


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text in a box, mm from the drawing's left and top; align is left, center or right. An
    upright one is read from below."""

    text: str
    left: float
    top: float
    width: float
    size: float
    weight: str
    colour: str
    align: str
    direction: str
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing without letters, its size on paper in mm, and its letters."""

    drawing: str
    width: float
    height: float
    labels: tuple[Label, ...]


def sheet(drawing: str, width_mm: float, height_mm: float) -> Sheet:
    """The drawing as large as fits into the space, its letters apart."""
    _left, _top, width, height = box_of(drawing)
    return _sheet(drawing, min(width_mm / width, height_mm / height))


def sheet_at(drawing: str, scale: int) -> Sheet:
    """The drawing at a true scale (200 for 1:200), its letters apart."""
    return _sheet(drawing, 10 / scale)


def _sheet(drawing: str, scale: float) -> Sheet:
    """`scale` in mm on paper for a cm of the hall."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(drawing)  # noqa: S314 - a drawing of our own
    left, top, width, height = map(float, (root.get("viewBox") or "").split())
    labels: list[Label] = []
    _lift(root, -left, -top, scale, labels)
    return Sheet(
        ElementTree.tostring(root, encoding="unicode"),
        round(width * scale, 2),
        round(height * scale, 2),
        tuple(labels),
    )


def as_html(sheet: Sheet) -> str:
    """The drawing with its letters over it. Labels carry their places: only print reads this."""
    labels = "".join(
        f'<p dir="{label.direction}" style="left:{label.left}mm;top:{label.top}mm;width:{label.width}mm;'
        f"font-size:{label.size}mm;font-weight:{label.weight};color:{label.colour};"
        f'text-align:{label.align}{UPRIGHT if label.upright else ""}">{escape(label.text)}</p>'
        for label in sheet.labels
    )
    size = f"width:{sheet.width}mm;height:{sheet.height}mm"
    return f'<div class="drawing" style="{size}">{sheet.drawing}{labels}</div>'


def _lift(node: ElementTree.Element, dx: float, dy: float, scale: float, labels: list[Label]) -> None:
    """Take the text out below a node that lies at (dx, dy)."""
    for child in list(node):
        if child.tag == f"{{{SVG}}}text":
            labels += _labels(child, dx, dy, scale)
            node.remove(child)
        else:
            moved = re.match(r"translate\((-?\d+) (-?\d+)\)", child.get("transform", ""))
            x, y = (int(moved[1]), int(moved[2])) if moved else (0, 0)
            _lift(child, dx + x, dy + y, scale, labels)


def _labels(text: ElementTree.Element, dx: float, dy: float, scale: float) -> list[Label]:
    size = int(text.get("font-size", "0"))
    y = int(text.get("y", "0"))
    lines = [(text.get("x", "0"), 0, text.text)] if text.text else []
    lines += [(line.get("x", "0"), int(line.get("dy", "0")), line.text) for line in text]
    found = []
    for x, down, words in lines:
        y += down
        align = {"start": "left", "end": "right"}.get(text.get("text-anchor", ""), "center")
        room = size * ROOM_EM
        left = int(x) + dx - {"left": 0, "center": room / 2, "right": room}[align]
        found.append(
            Label(
                text=words or "",
                left=round(left * scale, 2),
                top=round((y + dy - ASCENT * size) * scale, 2),
                width=round(room * scale, 2),
                size=round(size * scale, 3),
                weight=text.get("font-weight", "400"),
                colour=text.get("fill", "#1c1a16"),
                align=align,
                direction=text.get("direction", "ltr"),
                upright=text.get("transform", "").startswith("rotate(-90"),
            )
        )
    return found
