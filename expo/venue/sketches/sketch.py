"""What a drawing holds, whatever its format: lines and texts on layers, y downwards, in its own unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from expo.errors import Refused
from expo.words import Sentence, say

MOST_SHAPES = 20_000
MOST_POINTS = 200_000
MOST_LAYERS = 200
LONGEST_TEXT = 60
FARTHEST = 1e11
"""Drawings of land surveys lie millions of metres off, in millimetres."""
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; a closed one comes back to its first."""

    layer: str
    points: Points
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A text and where it stands."""

    layer: str
    x: float
    y: float
    text: str


@dataclass(slots=True)
class Sketch:
    """A drawing. `unit_cm`: how many centimetres one unit is, None where the drawing does not say; `hidden`:
    entities on layers that are off or frozen; `strays`: lines far away from all others; `turned`: the
    degrees by which it leant.
    """

    unit_cm: float | None = None
    lines: list[Line] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    unread: Counter = field(default_factory=Counter)
    points: int = 0
    hidden: int = 0
    strays: int = 0
    turned: float = 0.0

    def add(self, layer: str, points: Sequence[tuple[float, float]], is_closed: bool) -> None:
        """One more line. Refused when the drawing holds more than can be looked at."""
        found = [(round(x, 4), round(y, 4)) for x, y in points]
        if any(not isfinite(v) or abs(v) > FARTHEST for point in found for v in point):
            self.unread["coordinates"] += 1
            return
        kept = [at for i, at in enumerate(found) if i == 0 or at != found[i - 1]]
        if len(kept) > 2 and kept[0] == kept[-1]:
            kept, is_closed = kept[:-1], True
        if len(kept) < 2:
            return
        self.points += len(kept)
        if len(self.lines) >= MOST_SHAPES or self.points > MOST_POINTS:
            raise too_much()
        self.lines.append(Line(layer[:LONGEST_TEXT], tuple(kept), is_closed and len(kept) > 2))

    def say(self, layer: str, x: float, y: float, text: str) -> None:
        """One more text."""
        text = " ".join(text.split())[:LONGEST_TEXT]
        if not text or not isfinite(x) or not isfinite(y) or not text.isprintable():
            return
        if len(self.words) >= MOST_SHAPES:
            raise too_much()
        self.words.append(Word(layer[:LONGEST_TEXT], round(x, 4), round(y, 4), text))

    def extent(self) -> tuple[float, float, float, float]:
        """The box round all lines: x, y, width, depth in units."""
        xs = [x for line in self.lines for x, _y in line.points]
        ys = [y for line in self.lines for _x, y in line.points]
        if not xs:
            return 0.0, 0.0, 0.0, 0.0
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def layers(self) -> dict[str, tuple[int, int, int]]:
        """Layer → closed lines, open lines, texts."""
        found: dict[str, list[int]] = {}
        for line in self.lines:
            found.setdefault(line.layer, [0, 0, 0])[0 if line.is_closed else 1] += 1
        for word in self.words:
            found.setdefault(word.layer, [0, 0, 0])[2] += 1
        return {name: (a, b, c) for name, (a, b, c) in sorted(found.items())}


def too_much() -> Refused:
    """The refusal of a drawing that is too large."""
    return Refused(
        say(
            "The drawing has more than %(most)s shapes. Save only the layers with stands, walls and columns.",
            most=MOST_SHAPES,
        )
    )


def unreadable(reason: Sentence | str) -> Refused:
    """The refusal of a file that is no drawing."""
    return Refused(say("The drawing cannot be read: %(reason)s", reason=reason))


def kept(sketch: Sketch) -> dict[str, Any]:
    """A sketch as JSON."""
    return {
        "unit_cm": sketch.unit_cm,
        "lines": [[line.layer, line.is_closed, line.points] for line in sketch.lines],
        "words": [[word.layer, word.x, word.y, word.text] for word in sketch.words],
        "unread": dict(sketch.unread),
        "hidden": sketch.hidden,
        "strays": sketch.strays,
        "turned": sketch.turned,
    }


def restored(value: dict[str, Any]) -> Sketch:
    """The sketch again."""
    return Sketch(
        value["unit_cm"],
        [Line(layer, tuple((x, y) for x, y in points), closed) for layer, closed, points in value["lines"]],
        [Word(*word) for word in value["words"]],
        Counter(value["unread"]),
        hidden=value.get("hidden", 0),
        strays=value.get("strays", 0),
        turned=value.get("turned", 0.0),
    )
