"""A sketch made into a hall: closed lines of the chosen layers become stands and columns, lines walls."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expo.venue.editing.floor import Index
from expo.venue.editing.geometry import edges
from expo.venue.editing.numbering import is_code
from expo.venue.editing.reading import LARGEST_CM, MOST_CORNERS
from expo.venue.sketches.boxes import Spotted, eased, spotted
from expo.venue.sketches.sketch import Line, Sketch
from expo.words import Sentence, say

ROLES = ("ignore", "stands", "walls", "columns", "outline")
BARE = ("auto", "all", "none")
"""What becomes of shapes without a text: `auto` takes closed ones, and those between loose lines only where
hardly any of these has a text (else they are aisles)."""
GUESSES = (
    ("stands", re.compile(r"stand|booth|stall|koje|展位|стенд", re.I)),
    ("walls", re.compile(r"wall|wand|墙|стен[аы]", re.I)),
    ("columns", re.compile(r"col(umn|\b|s\b)|pillar|säule|stütze|柱|колонн", re.I)),
    ("outline", re.compile(r"outline|boundary|perimeter|hall|контур", re.I)),
)
FEW = 0.2
_CODE = re.compile(r"\w[\w.\-]{0,14}|\w{1,3} \d{1,4}\w?")
_MEASURE = re.compile(r"[\d.,]+\s*(m²|m2|sqm|m|qm|x\s*[\d.,]+.*)", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """What a sketch gives: JSON parts for operations, what became of the rest, and where it reaches, cm."""

    stands: list[dict[str, Any]] = field(default_factory=list)
    hall: dict[str, Any] = field(default_factory=dict)
    left_out: list[Sentence] = field(default_factory=list)
    width: int = 0
    depth: int = 0


def guessed(layers: Sequence[str]) -> dict[str, str]:
    """A role for every layer, by its name."""
    return {
        layer: next((role for role, pattern in GUESSES if pattern.search(layer)), "ignore")
        for layer in layers
    }


def taken(
    sketch: Sketch,
    roles: Mapping[str, str],
    unit_cm: float,
    *,
    at: tuple[int, int] = (0, 0),
    bare: str = "auto",
) -> Found:
    """The sketch at a scale (cm a unit), its top left corner at a place of the hall, by the layers' roles."""
    used = [line for line in sketch.lines if roles.get(line.layer, "ignore") != "ignore"]
    if not used:
        return Found()
    x0 = min(x for line in used for x, _y in line.points)
    y0 = min(y for line in used for _x, y in line.points)

    def cm(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - x0) * unit_cm) + at[0], round((point[1] - y0) * unit_cm) + at[1]

    lines = {
        role: [
            Line(line.layer, tuple(map(cm, line.points)), line.is_closed)
            for line in used
            if roles[line.layer] == role
        ]
        for role in ROLES
    }
    width = max(x for found in lines.values() for line in found for x, _y in line.points)
    depth = max(y for found in lines.values() for line in found for _x, y in line.points)
    if max(width, depth) > LARGEST_CM:
        return Found(left_out=[TOO_LARGE], width=int(width), depth=int(depth))
    tally: Counter[str] = Counter()
    boxes = eased(spotted(lines["stands"], tally))
    words = [(*cm((word.x, word.y)), word.text) for word in sketch.words]
    stands = _named(boxes, words, bare, tally)
    return Found(stands, _hall(lines, tally), _told(tally, sketch), int(width), int(depth))


def _named(
    spots: Sequence[Spotted], words: Sequence[tuple[int, int, str]], bare: str, tally: Counter
) -> list[dict[str, Any]]:
    """Boxes with the texts that stand in them as codes; a code is given once, the rest stay without."""
    index = Index((number, spot.box) for number, spot in enumerate(spots))
    inside: dict[int, list[tuple[bool, float, str]]] = {}
    for x, y, text in filter(lambda word: _is_likely(word[2]), words):
        for number, box in index.near((x, y, 1, 1)):
            away = abs(x - box[0] - box[2] / 2) + abs(y - box[1] - box[3] / 2)
            inside.setdefault(number, []).append((not any(map(str.isdigit, text)), away, text))
    loose = [number for number, spot in enumerate(spots) if not spot.is_closed]
    takes_loose = bare == "all" or (
        bare == "auto" and sum(number in inside for number in loose) < FEW * len(loose)
    )
    used: set[str] = set()
    found = []
    for number, ((x, y, width, depth), is_closed) in enumerate(spots):
        fitting = [text for _bare, _away, text in sorted(inside.get(number, []))]
        if not fitting and not (takes_loose or (is_closed and bare != "none")):
            tally["bare"] += 1
            continue
        code = next((text for text in fitting if text not in used), "")
        tally["again" if fitting and not code else "nameless" if not code else "named"] += 1
        used.add(code)
        found.append({"code": code, "x": x, "y": y, "width": width, "depth": depth})
    return found


def _is_likely(text: str) -> bool:
    return bool(_CODE.fullmatch(text) and not _MEASURE.fullmatch(text) and is_code(text))


def _hall(lines: Mapping[str, Sequence[Line]], tally: Counter) -> dict[str, Any]:
    walls = [
        {"x1": int(x1), "y1": int(y1), "x2": int(x2), "y2": int(y2)}
        for line in lines["walls"]
        for x1, y1, x2, y2 in list(edges(line.points))[: None if line.is_closed else -1]
        if (x1, y1) != (x2, y2)
    ]
    columns = []
    for line in lines["columns"]:
        xs, ys = [int(x) for x, _y in line.points], [int(y) for _x, y in line.points]
        if line.is_closed and max(xs) > min(xs) and max(ys) > min(ys):
            box = {"x": min(xs), "y": min(ys), "width": max(xs) - min(xs), "depth": max(ys) - min(ys)}
            columns.append(box)
        else:
            tally["open"] += 1
    rings = [line for line in lines["outline"] if line.is_closed and len(line.points) <= MOST_CORNERS]
    tally["open"] += len(lines["outline"]) - len(rings)
    built: dict[str, Any] = {}
    if walls:
        built["walls"] = walls
    if columns:
        built["columns"] = columns
    if rings:
        largest = max(rings, key=lambda ring: abs(sum(a * d - c * b for a, b, c, d in edges(ring.points))))
        corners = list(dict.fromkeys((int(x), int(y)) for x, y in largest.points))
        built["outline"] = [list(corner) for corner in corners]
    return built


TOO_LARGE = say("At this scale the drawing is more than 1,000 m long. Is the unit right?")
REASONS: dict[str, Sentence] = {
    "named": say("stands with a code from a text in them: %(count)s"),
    "nameless": say("stands without a text in them, numbered by the pattern: %(count)s"),
    "again": say("stands whose text names another stand already, numbered by the pattern: %(count)s"),
    "frames": say("frames round several stands, left out: %(count)s"),
    "twice": say("shapes drawn twice, taken once: %(count)s"),
    "odd": say("shapes that are no upright rectangles, left out: %(count)s"),
    "small": say("shapes smaller than half a metre, left out: %(count)s"),
    "bare": say("rectangles without a text in them, left out: %(count)s"),
    "large": say("rectangles between loose lines larger than 1,000 m², left out: %(count)s"),
    "narrow": say("gaps between loose lines narrower than half a metre: %(count)s"),
    "things": say("rectangles within a stand, left out: %(count)s"),
    "open": say("lines that do not close, left out: %(count)s"),
}


def _told(tally: Counter, sketch: Sketch) -> list[Sentence]:
    found = [Sentence(it.message, {"count": tally[key]}) for key, it in REASONS.items() if tally[key]]
    unread = [f"{kind} {count}" for kind, count in sorted(sketch.unread.items())]
    if sketch.hidden:
        found.append(say("on layers that are off or frozen, left out: %(count)s", count=sketch.hidden))
    if sketch.strays:
        found.append(say("far away from all the rest, left out: %(count)s", count=sketch.strays))
    if sketch.turned:
        found.append(say("turned straight, degrees: %(angle)s", angle=f"{sketch.turned:.2f}"))
    return found + ([say("not understood: %(kinds)s", kinds=", ".join(unread))] if unread else [])
