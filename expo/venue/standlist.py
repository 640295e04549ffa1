"""A list of stands from a spreadsheet: every bad row with its reason, and the stands of the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from expo.spreadsheets import Row
from expo.venue.editing.numbering import is_code
from expo.words import Sentence, say

LENGTHS = ("x", "y", "width", "depth")
NEEDED = ("code", *(f"{name}_m" for name in LENGTHS))
OPTIONAL = ("hall", "zone", "kind", "open_sides", "power_kw", "water", "height_cm", "load_kg_m2")
LARGEST_M = 1_000
YES, NO = ("yes", "y", "1", "true", "x"), ("no", "n", "0", "false", "")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A cell that cannot be taken over; row counted as a person sees it, 0 for the file as a whole."""

    row: int
    column: str
    value: str
    reason: Sentence


@dataclass(slots=True)
class StandList:
    """Stands as JSON by operations, with their rows; and what is wrong."""

    stands: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[BadRow] = field(default_factory=list)


class _Bad(Exception):
    def __init__(self, reason: Sentence):
        super().__init__(str(reason))
        self.reason = reason


def read_stands(rows: Iterable[Row], hall: str) -> StandList:
    """The stands of a hall out of the rows of a table with heads as in the edition folder (stands.csv).

    Rows of other halls are left out; where there is no column hall all are of this one.
    """
    found, table = StandList(), iter(rows)
    first, heads = next(table, (1, []))
    places = {head.strip().lower(): place for place, head in enumerate(heads) if head.strip()}
    for name in places:
        if name not in NEEDED and name not in OPTIONAL:
            found.problems.append(BadRow(first, name[:40], "", say("There is no such column here.")))
    for name in NEEDED:
        if name not in places:
            found.problems.append(BadRow(first, name, "", say("This column is missing.")))
    if found.problems:
        return found
    seen: dict[str, int] = {}
    for number, cells in table:
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        if row.get("hall", hall) in (hall, ""):
            _take(found, number, row, seen)
    return found


def _take(found: StandList, number: int, row: dict[str, str], seen: dict[str, int]) -> None:
    stand: dict[str, Any] = {}
    for name, text in row.items():
        try:
            stand |= _cell(name, text)
        except _Bad as bad:
            found.problems.append(BadRow(number, name, text[:60], bad.reason))
    code = stand.get("code", "")
    if code in seen:
        reason = say("This code is in row %(row)s already.", row=seen[code])
        found.problems.append(BadRow(number, "code", code, reason))
    if code:
        seen[code] = number
    found.stands.append(stand)
    found.rows.append(number)


def _cell(name: str, text: str) -> dict[str, Any]:
    if name == "hall":
        return {}
    if name == "code":
        if not is_code(text):
            raise _Bad(say("A code has up to 40 characters, none of them ; : or /"))
        return {"code": text}
    if name.removesuffix("_m") in LENGTHS:
        return {name.removesuffix("_m"): _cm(text, positive=name in ("width_m", "depth_m"))}
    if not text:
        return {}
    if name == "zone":
        return {"zone": text[:40]}
    if name == "kind":
        if text.lower() not in ("shell", "raw"):
            raise _Bad(say("Write one of: %(words)s.", words=["shell", "raw"]))
        return {"kind": text.lower()}
    if name == "water":
        if text.lower() not in (*YES, *NO):
            raise _Bad(say("Write yes or no."))
        return {"water": text.lower() in YES}
    if name == "open_sides":
        letters = text.upper().replace(" ", "")
        if len(set(letters)) != len(letters) or set(letters) - set("NESW"):
            raise _Bad(say("Open sides are letters among N, E, S and W, each once."))
        return {"open_sides": sum(1 << "NESW".index(letter) for letter in letters)}
    if not text.isascii() or not text.isdigit() or len(text) > 6 or (name != "power_kw" and not int(text)):
        raise _Bad(say("Write a whole number."))
    if int(text) > (10_000 if name != "load_kg_m2" else 999_999):
        raise _Bad(say("The number is too large."))
    return {name: int(text)}


def _cm(text: str, *, positive: bool) -> int:
    try:
        metres = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise _Bad(say("Write a length in metres, like 4.5.")) from None
    if not metres.is_finite() or not 0 <= metres <= LARGEST_M or (positive and not metres):
        raise _Bad(say("The length is between 0 and 1,000 m."))
    if metres * 100 != int(metres * 100):
        raise _Bad(say("The number has more than 2 decimals."))
    return int(metres * 100)


def as_rows(spots: Iterable[Any], hall: str) -> list[list[Any]]:
    """Stands as such a table, heads first."""
    heads = ["code", "hall", "zone", "kind", *(f"{name}_m" for name in LENGTHS), "open_sides", "power_kw",
             "water", "height_cm", "load_kg_m2"]  # fmt: skip
    found: list[list[Any]] = [heads]
    for spot in spots:
        sides = "".join(letter for place, letter in enumerate("NESW") if spot.open_sides & (1 << place))
        lengths = [(Decimal(getattr(spot, name)) / 100).normalize() for name in LENGTHS]
        found.append(
            [
                spot.code,
                hall,
                spot.zone,
                spot.kind,
                *(Decimal(format(m, "f")) for m in lengths),
                sides,
                spot.power_kw,
                spot.water,
                spot.height_cm,
                spot.load_kg_m2,
            ]  # fmt: skip
        )
    return found
