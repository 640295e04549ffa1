"""How what is built into a hall is written by hand, in metres: one line (or one part) for each thing."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from expo.spreadsheets import plain_number
from expo.venue.supplies import SUPPLIES
from expo.words import Sentence, say

LARGEST_M = 1_000
LONGEST_NAME = 60
BOX: tuple[str, ...] = ("x", "y", "width", "depth")


class BadNotation(Exception):
    """A part that cannot be read; carries the sentence that shows how it is written."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


def _cm(text: str, reason: Sentence) -> int:
    try:
        metres = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise BadNotation(reason) from None
    if not metres.is_finite() or not 0 <= metres <= LARGEST_M or metres * 100 != int(metres * 100):
        raise BadNotation(reason)
    return int(metres * 100)


def _m(cm: int) -> str:
    return plain_number(Decimal(cm) / 100)


def _cms(text: str, count: int, reason: Sentence) -> list[int]:
    parts = text.split("/")
    if len(parts) != count:
        raise BadNotation(reason)
    return [_cm(part, reason) for part in parts]


def _box(text: str, reason: Sentence) -> dict[str, int]:
    box = dict(zip(BOX, _cms(text, 4, reason), strict=True))
    if not box["width"] or not box["depth"]:
        raise BadNotation(reason)
    return box


def _named(text: str, reason: Sentence) -> tuple[str, str]:
    name, mark, place = text.rpartition("@")
    name = name.strip()
    if not mark or not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadNotation(reason)
    return name, place


OUTLINE = say("A corner of the outline is written x/y in metres, like 0/45.5.")
WALL = say("A wall is written x1/y1/x2/y2 in metres, like 0/30/24/30.")
AISLE = say("An aisle is written name@x/y/width/depth in metres, like Silk Road@0/30/120/4.")
UTILITY = say(
    "A supply is written kind@x/y in metres, like power@12/9 or water:W3@12/9; kinds are %(kinds)s.",
    kinds=list(SUPPLIES),
)
AREA = say("An area of a zone is written zone@x/y/width/depth in metres, like INT@0/0/60/100.")


def _corner(text: str) -> list[int]:
    return _cms(text, 2, OUTLINE)


def _wall(text: str) -> dict[str, int]:
    return dict(zip(("x1", "y1", "x2", "y2"), _cms(text, 4, WALL), strict=True))


def _aisle(text: str) -> dict[str, Any]:
    name, place = _named(text, AISLE)
    return {"name": name, **_box(place, AISLE)}


def _utility(text: str) -> dict[str, Any]:
    what, place = _named(text, UTILITY)
    kind, _colon, name = what.partition(":")
    if kind.strip().lower() not in SUPPLIES:
        raise BadNotation(UTILITY)
    x, y = _cms(place, 2, UTILITY)
    return {"kind": kind.strip().lower(), "x": x, "y": y, "name": name.strip()}


def _area(text: str) -> dict[str, Any]:
    zone, place = _named(text, AREA)
    return {"zone": zone, **_box(place, AREA)}


def _tidy(name: str) -> str:
    return re.sub(r"[;\n]", ",", name)


def _write_box(item: dict[str, Any]) -> str:
    return "/".join(_m(item[key]) for key in BOX)


def _write_utility(item: dict[str, Any]) -> str:
    name = f":{_tidy(item['name'])}" if item.get("name") else ""
    return f"{item['kind']}{name}@{_m(item['x'])}/{_m(item['y'])}"


READ: dict[str, Callable[[str], Any]] = {
    "outline": _corner,
    "walls": _wall,
    "aisles": _aisle,
    "utilities": _utility,
    "areas": _area,
}
WRITE: dict[str, Callable[[Any], str]] = {
    "outline": lambda corner: f"{_m(corner[0])}/{_m(corner[1])}",
    "walls": lambda wall: "/".join(_m(wall[key]) for key in ("x1", "y1", "x2", "y2")),
    "aisles": lambda aisle: f"{_tidy(aisle['name'])}@{_write_box(aisle)}",
    "utilities": _write_utility,
    "areas": lambda area: f"{area['zone']}@{_write_box(area)}",
    "columns": _write_box,
    "entrances": lambda door: f"{_tidy(door['name'])}@{_m(door['x'])}/{_m(door['y'])}",
}
ENTRANCE = say("An entrance is written name@x/y in metres, like N1@45/0.")
COLUMN = say("A column is written x/y/width/depth in metres, like 12/9/0.8/0.8.")


def _entrance(text: str) -> dict[str, Any]:
    name, place = _named(text, ENTRANCE)
    x, y = _cms(place, 2, ENTRANCE)
    return {"name": name, "x": x, "y": y}


READ |= {"entrances": _entrance, "columns": lambda text: _box(text, COLUMN)}


def read(kind: str, text: str) -> list[Any]:
    """The things of one kind, parted by line breaks or semicolons; BadNotation for the first that is none."""
    return [READ[kind](part.strip()) for part in re.split(r"[;\n]", text) if part.strip()]


def write(kind: str, items: Sequence[Any]) -> str:
    """The same as text, a line for each."""
    return "\n".join(WRITE[kind](item) for item in items)
