"""What a drawn plan is made of: its words, its purpose, its colours, and lines and letters as SVG.

Colours stand in attributes, as a file on its own and paper need them; on screen the stylesheet's classes win
over attributes and follow the reader's theme. Nothing uses `style`, which the site's policy forbids.
"""

import html
import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field

from expo.venue.drawing.outline import Point

INK, QUIET, PAPER, CARD, FOUND, HELD = "#1c1a16", "#5a5446", "#faf7f0", "#fffdf9", "#f5a700", "#fbecc8"
HUES = ("#174a8f", "#b83a06", "#008457", "#f3c118", "#78104f", "#58bcf5", "#a3b44a", "#f290a4")
HUE_INKS = ("#ffffff", "#ffffff", "#ffffff", "#1c1a16", "#ffffff", "#1c1a16", "#1c1a16", "#1c1a16")
HUE_SOFTS = ("#dde9f5", "#f9e4d8", "#d9eee5", "#fbf0cd", "#f3dfec", "#e0f0fa", "#eff1d6", "#fce6ec")
_is_special = re.compile("[&<>\"']").search


def escape(text: str) -> str:
    """Text as it stands in a drawing; most codes and names need no change."""
    return html.escape(text) if _is_special(text) else text


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing says in the reader's language. `free` is said of a stand nobody has."""

    title: str
    description: str
    free: str = "free"
    north: str = "N"
    ten_metres: str = "10 m"


@dataclass(frozen=True, slots=True)
class Look:
    """What a drawing is for. Links make addresses of exhibitor and hall codes; `found` and `held` are stand
    codes. Without `is_told` a stand nobody is named for is drawn as neither free nor taken. `outward` links
    leave the frame that the drawing is shown in."""

    link: Callable[[str], str] | None = None
    hall_link: Callable[[str], str] | None = None
    found: Set[str] = field(default_factory=frozenset)
    held: Set[str] = field(default_factory=frozenset)
    is_told: bool = True
    outward: bool = False
    names: bool = True
    legend: bool = False


def path(loop: Iterable[Point]) -> str:
    """A closed line whose sides are upright or level by turns."""
    (x, y), *rest = loop
    if len(rest) == 3 and rest[0][1] == y and rest[2][0] == x and rest[1] == (rest[0][0], rest[2][1]):
        return f"M{x} {y}H{rest[0][0]}V{rest[1][1]}H{x}z"
    d = [f"M{x} {y}"]
    for to_x, to_y in rest:
        d.append(f"V{to_y}" if to_x == x else f"H{to_x}" if to_y == y else f"L{to_x} {to_y}")
        x, y = to_x, to_y
    d.append("z")
    return "".join(d)


def text_at(name: str, x: int, y: int, size: int, text: str, *, fill: str = INK, weight: int = 800) -> str:
    return (
        f'<text class="{name}" stroke="none" fill="{fill}" x="{x}" y="{y}" font-size="{size}"'
        f' font-weight="{weight}">{escape(text)}</text>'
    )
