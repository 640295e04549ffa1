"""Signs at a stand: the fascia board across its front, the sign at its door, and how large letters are."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from expo.languages import direction, language_of, pick
from expo.venue.drawing.lettering import em_width, fitted, is_rtl

FASCIA, DOOR = "fascia", "door"
PAPERS = {"A4": (210, 297), "A3": (297, 420)}
"""Width and depth in mm, upright."""
MARGIN = 14
"""mm that printers and the guillotine need."""
LEADING = {"ltr": 1.15, "rtl": 1.7}
SAFE = 0.94
"""Letters are measured roughly; a little room is left."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words with their language and direction, set in lines of so many mm."""

    lines: tuple[str, ...]
    size: float
    lang: str
    direction: str

    def as_html(self, name: str) -> str:
        """The lines for print: their size is their own. Only print reads this."""
        text = "<br>".join(map(escape, self.lines))
        style = f"font-size:{self.size}mm;line-height:{LEADING[self.direction]}"
        return f'<p class="{name}" lang="{self.lang}" dir="{self.direction}" style="{style}">{text}</p>'


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. `second` is the name as the exhibitor itself writes it, where that is another."""

    code: str
    code_size: float
    name: Line
    second: Line | None
    hue: int
    letter: str
    zone: str
    hall: str
    exhibitor: str

    def as_html(self) -> str:
        """Code and names for print."""
        head = f'<h1 class="number" dir="ltr" style="font-size:{self.code_size}mm">{escape(self.code)}</h1>'
        return head + self.name.as_html("name") + (self.second.as_html("second") if self.second else "")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a sign: its stands' label, names, own languages in order; zone and hall in the house's."""

    code: str
    label: str
    name: Mapping[str, str]
    own: tuple[str, ...]
    hue: int
    letter: str
    zone: str
    hall: str


def size_of(kind: str, paper: str) -> tuple[int, int]:
    """Width and height of the sheet in mm."""
    width, height = PAPERS[paper]
    return (height, width) if kind == FASCIA else (width, height)


def sign_of(holder: Holder, kind: str, paper: str, language: str) -> Sign:
    """The sign in the house's language and the exhibitor's."""
    width, height = (side - 2 * MARGIN for side in size_of(kind, paper))
    if kind == FASCIA:
        code_room, names = (width, height * 0.3), height * 0.52
    else:
        code_room, names = (width, height * 0.24), height * 0.5
    first = language_of(holder.name, language)
    other = next(
        (
            code
            for code in (*holder.own, "en")
            if holder.name.get(code) and holder.name[code] != pick(holder.name, language)
        ),
        None,
    )
    share = 0.6 if other else 1.0
    return Sign(
        code=holder.label,
        code_size=round(min(code_room[1], SAFE * code_room[0] / max(em_width(holder.label), 0.1)), 1),
        name=line(pick(holder.name, language), first, width, names * share),
        second=line(holder.name[other], other, width, names * (1 - share)) if other else None,
        hue=(holder.hue - 1) % 8 + 1,
        letter=holder.letter,
        zone=holder.zone,
        hall=holder.hall,
        exhibitor=holder.code,
    )


def line(text: str, lang: str, width: float, height: float) -> Line:
    """Words as large as their place (mm) allows, in as many lines as that takes."""
    turn = "rtl" if is_rtl(text) else direction(lang) if not text else "ltr"
    tall = LEADING[turn] / LEADING["ltr"]
    size, lines = fitted(text, int(SAFE * width * 10), int(height / tall * 10), 40, int(height * 10))
    if not lines:
        size, lines = 40, (text,)
    return Line(lines, round(size / 10, 1), lang, turn)
