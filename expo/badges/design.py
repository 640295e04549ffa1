"""What a badge looks like: size, sheet, colours, fields, code, back; as values that a form and JSON hold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from expo.badges.signs import SIGNS
from expo.press.colours import HUES, is_colour

SIZES: dict[str, tuple[float, float]] = {
    "A6": (105.0, 148.0),
    "A7": (74.0, 105.0),
    "card": (86.0, 54.0),
    "4x3": (101.6, 76.2),
    "A5": (148.0, 210.0),
}
"""Width and height in mm."""
SHEETS: dict[str, tuple[float, float] | None] = {"one": None, "A4": (210.0, 297.0), "letter": (215.9, 279.4)}
FIELDS = (
    "name", "second", "position", "organisation", "answers", "country", "code", "edition", "dates", "line",
)  # fmt: skip
PLACES = ("start", "center", "end")
BACKS = ("none", "front", "text", "programme")
LEAST_MM, MOST_MM = 40.0, 300.0
LEAST_CODE_MM = 18.0
"""Below this a phone does not read 41 modules from arm's length."""


class DesignProblem(ValueError):
    """A design that cannot be printed; `where` names the value."""

    def __init__(self, where: str, why: str):
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


@dataclass(frozen=True)
class FieldStyle:
    """One field: at most so many points and lines; `zone`: under the name, or at the foot beside the code."""

    what: str
    size: float
    lines: int = 1
    bold: bool = False
    soft: bool = False
    zone: str = "main"

    def as_data(self) -> dict[str, Any]:
        """As the press reads it."""
        return {
            "what": self.what,
            "size": self.size,
            "lines": self.lines,
            "weight": 700 if self.bold else 400,
            "soft": self.soft,
            "zone": self.zone,
        }


def _own_colours() -> dict[str, str]:
    return {kind: HUES[sign.hue] for kind, sign in SIGNS.items()}


_USUAL = (
    FieldStyle("edition", 8, 2, soft=True),
    FieldStyle("name", 40, 4, bold=True),
    FieldStyle("second", 22, 2, bold=True),
    FieldStyle("position", 11, 2, soft=True),
    FieldStyle("organisation", 16, 3, bold=True),
    FieldStyle("answers", 10, 2),
    FieldStyle("country", 16, 2, bold=True, zone="foot"),
    FieldStyle("code", 11, 1, bold=True, zone="foot"),
    FieldStyle("dates", 8, 2, soft=True, zone="foot"),
)


@dataclass(frozen=True)
class Design:
    """A badge; lengths in mm, letters in points. What is not said is as on the usual A6 badge."""

    width: float = 105.0
    height: float = 148.0
    sheet: str = "A4"
    fold: bool = False
    margin: float = 7.0
    band: str = "top"
    band_height: float = 18.0
    band_size: float = 20.0
    colours: Mapping[str, str] = field(default_factory=_own_colours)
    fields: tuple[FieldStyle, ...] = _USUAL
    align: str = "start"
    middle: bool = False
    code_size: float = 46.0
    code_place: str = "start"
    logo: int | None = None
    logo_height: float = 12.0
    logo_place: str = "start"
    line: str = ""
    back: str = "none"
    back_text: str = ""
    least_name: float = 9.0
    least: float = 5.0

    def as_json(self) -> dict[str, Any]:
        """All of it, to be kept."""
        return asdict(self) | {"fields": [asdict(one) for one in self.fields], "colours": dict(self.colours)}

    @property
    def piece(self) -> tuple[float, float]:
        """Width and height of the paper that one badge takes: twice as high where it is folded."""
        return self.width, self.height * (2 if self.fold else 1)


def from_json(kept: Mapping[str, Any]) -> Design:
    """A design as it was kept; DesignProblem where it is not one that can be printed."""
    known = {one.name for one in fields(Design)}
    values = {key: value for key, value in kept.items() if key in known}
    if "fields" in values:
        values["fields"] = tuple(FieldStyle(**one) for one in values["fields"])
    return checked(Design(**values))


def checked(design: Design) -> Design:
    """The design, if it can be printed; DesignProblem names the first value that stands in the way."""
    _between(design.width, "width", LEAST_MM, MOST_MM)
    _between(design.height, "height", LEAST_MM, MOST_MM)
    _between(design.margin, "margin", 0, min(design.width, design.height) / 4)
    _between(design.band_height, "band_height", 5, design.height / 3)
    _between(design.band_size, "band_size", 6, 60)
    _between(design.logo_height, "logo_height", 4, design.height / 3)
    for name, allowed in (
        ("sheet", SHEETS), ("band", ("top", "bottom", "none")), ("align", PLACES), ("logo_place", PLACES),
        ("code_place", (*PLACES, "side", "none")), ("back", BACKS),
    ):  # fmt: skip
        if getattr(design, name) not in allowed:
            raise DesignProblem(name, "choice")
    if design.code_place != "none":
        _between(design.code_size, "code_size", LEAST_CODE_MM, _most_code(design))
    for kind in SIGNS:
        if not is_colour(design.colours.get(kind, "")):
            raise DesignProblem("colours", "colour")
    _check_fields(design)
    if design.fold and design.back == "none":
        raise DesignProblem("fold", "back")
    if not sheet_of(design).places:
        raise DesignProblem("sheet", "room")
    return design


def _most_code(design: Design) -> float:
    """The side that leaves room for names: half of a badge beside them, else three fifths of its height."""
    high = design.height - 2 * design.margin - (design.band_height + 2 if design.band != "none" else 0)
    if design.code_place == "side":
        return min(design.width / 2, high)
    return min(design.width - 2 * design.margin, high * 0.6)


def _check_fields(design: Design) -> None:
    names = [one.what for one in design.fields]
    if len(set(names)) != len(names) or not set(names) <= set(FIELDS):
        raise DesignProblem("fields", "choice")
    if "name" not in names:
        raise DesignProblem("fields", "name")
    for one in design.fields:
        _between(one.size, f"size_{one.what}", 5, 120)
        _between(one.lines, f"lines_{one.what}", 1, 6)
        if one.zone not in ("main", "foot"):
            raise DesignProblem("fields", "choice")


def _between(value: float, name: str, least: float, most: float) -> None:
    if not least <= value <= most:
        raise DesignProblem(name, f"{least:g}…{most:g}")


@dataclass(frozen=True)
class SheetPlan:
    """Where badges lie on the paper, in mm from its top left, and where it is cut."""

    width: float
    height: float
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def places(self) -> int:
        """How many badges a sheet holds."""
        return len(self.lefts) * len(self.tops)

    def as_data(self) -> dict[str, Any]:
        """As the press reads it; a badge alone on its paper is cut nowhere."""
        return {
            "width": self.width, "height": self.height, "columns": len(self.lefts), "rows": len(self.tops),
            "lefts": self.lefts, "tops": self.tops, "xs": self.xs, "ys": self.ys, "marks": self.places > 1,
        }  # fmt: skip


def sheet_of(design: Design) -> SheetPlan:
    """As many badges as the paper holds, in its middle, edge to edge."""
    width, height = design.piece
    paper = SHEETS[design.sheet] or (width, height)
    columns, rows = int(paper[0] / width + 1e-6), int(paper[1] / height + 1e-6)
    left, top = (paper[0] - columns * width) / 2, (paper[1] - rows * height) / 2
    xs = tuple(round(left + n * width, 3) for n in range(columns + 1))
    ys = tuple(round(top + n * height, 3) for n in range(rows + 1))
    return SheetPlan(*paper, xs[:-1], ys[:-1], xs, ys)


def usual(size: str = "A6", sheet: str = "A4") -> Design:
    """The usual badge in one of the common sizes: everything shrinks with the paper."""
    width, height = SIZES[size]
    lying, share = width > height, min(width / 105.0, height / 148.0)
    if size == "A6":
        return Design(sheet=sheet)
    share = max(share, 0.5)
    code = max(LEAST_CODE_MM + 4, 46.0 * share) if not lying else 26.0
    smaller = tuple(
        FieldStyle(
            one.what, max(6.0, round(one.size * share * 2) / 2), 2 if lying and one.lines > 2 else one.lines,
            one.bold, one.soft, one.zone,
        )
        for one in _USUAL
        if not (lying and one.what in ("edition", "dates"))
    )  # fmt: skip
    return Design(
        width=width, height=height, sheet=sheet, margin=4.0, fields=smaller, code_size=code, logo_height=8.0,
        band_height=8.0 if lying else round(18.0 * share, 1), band_size=11 if lying else round(20 * share),
        code_place="side" if lying else "start", least_name=7.0,
    )  # fmt: skip
