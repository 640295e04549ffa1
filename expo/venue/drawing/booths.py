"""The booths of a drawn plan: their shape, their codes and the names of who stands there."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from expo.venue.drawing.lettering import em_width, fitted, is_rtl
from expo.venue.drawing.paint import (
    CARD,
    FOUND,
    HELD,
    HUE_SOFTS,
    HUES,
    INK,
    QUIET,
    Look,
    escape,
    path,
    text_at,
)
from expo.venue.drawing.plan import Booth, HallPlan

CODE_SIZE, SMALLEST, LARGEST, PAD = 84, 34, 190, 12


def booths(hall: HallPlan, hues: Mapping[str, int], look: Look) -> list[str]:
    """Booths by zone and by given or free, so that each group names its colours once."""
    groups: dict[tuple[str, bool], list[str]] = {}
    draw, line = (_booth, 10) if look.names else (_shape, 24)
    for booth in hall.booths:
        groups.setdefault((booth.zone, booth.occupant is not None), []).append(draw(booth, look))
    parts = []
    for (zone, given), drawn in groups.items():
        hue = hues[zone]
        fill, stroke = (HUE_SOFTS[hue] if given else CARD), HUES[hue]
        if not look.names and given:
            fill, stroke = HUES[hue], CARD
        parts.append(
            f'<g class="hue-{hue + 1}" fill="{fill}" stroke="{stroke}" stroke-width="{line}">'
            f"{''.join(drawn)}</g>"
        )
    return parts


def found_over(hall: HallPlan, look: Look) -> str:
    """The booths that were looked for, drawn once more over the others, so that one drawing serves all."""
    booths = [booth for booth in hall.booths if not look.found.isdisjoint(booth.stands)]
    if not booths:
        return ""
    x, y = (0, 0) if look.names else hall.at
    drawn = "".join(
        f'<g class="found">{_inside(booth, stands_label(booth.stands), look)}</g>' for booth in booths
    )
    return (
        f'<g class="found-marks" aria-hidden="true" pointer-events="none" transform="translate({x} {y})"'
        f' stroke="{INK}" stroke-width="{14 if look.names else 60}">{drawn}</g>'
    )


def _shape(booth: Booth, look: Look) -> str:
    return f'<path class="stand {"full" if booth.occupant else _open(booth, look)}" d="{_outline(booth)}"/>'


def _open(booth: Booth, look: Look) -> str:
    """How a stand is drawn that nobody is named for."""
    if look.held and not look.held.isdisjoint(booth.stands):
        return "held"
    return "free" if look.is_told else "unsaid"


def _outline(booth: Booth) -> str:
    return path(booth.loops[0]) if len(booth.loops) == 1 else "".join(map(path, booth.loops))


def _booth(booth: Booth, look: Look) -> str:
    stands = booth.stands
    inside = _inside(booth, stands_label(stands), look)
    first = escape(stands[0])
    every = first if len(stands) == 1 else escape(" ".join(stands))
    name = f'id="stand-{first}" data-stands="{every}"'
    who = booth.occupant
    if who and look.link:
        frame = ' target="_blank"' if look.outward else ""
        return f'<a {name}{frame} href="{escape(look.link(who.code))}">{inside}</a>'
    return f"<g {name}>{inside}</g>"


def _inside(booth: Booth, code: str, look: Look) -> str:
    is_found = bool(look.found) and not look.found.isdisjoint(booth.stands)
    who = booth.occupant
    kind = "given" if who else _open(booth, look)
    colour = f' fill="{FOUND}"' if is_found else f' fill="{HELD}"' if kind == "held" else ""
    mark = f'<path class="stand {kind}{" found" if is_found else ""}"{colour} d="{_outline(booth)}"/>'
    if not look.names:
        return mark
    said = f"<title>{escape(f'{code} · {who.name}')}</title>" if who else ""
    return f"{said}{mark}{_letters(booth, code)}"


def _letters(booth: Booth, code: str) -> str:
    """The code and, below it, the name: both as large as the booth's widest rectangle allows."""
    x, y, width, depth = booth.label
    room = width - 2 * PAD
    size = min(CODE_SIZE if width <= 600 else CODE_SIZE + width // 60, int(room / em_width(code)), depth // 2)
    middle = x + width // 2
    if booth.occupant is None:
        at = y + depth // 2 + size // 3
        return text_at("stand-code free-code", middle, at, size, code, fill=QUIET)
    head = text_at("stand-code", middle, y + PAD + int(size * 0.86), size, code)
    left = depth - PAD - int(size * 1.1) - PAD
    largest = min(LARGEST, 48 + min(width, depth) // 6)
    font, lines = fitted(booth.occupant.name, room, left, SMALLEST, largest)
    if not lines:
        return head
    step = int(font * 1.12)
    top = y + PAD + int(size * 1.1) + (left - step * len(lines)) // 2 + int(font * 0.86)
    turn = ' direction="rtl"' if is_rtl(booth.occupant.name) else ""
    spans = "".join(
        f'<tspan x="{middle}"{_down(step) if i else ""}>{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return (
        f'{head}<text class="stand-name" stroke="none" fill="{INK}" y="{top}" font-size="{font}"'
        f' font-weight="500"{turn}>{spans}</text>'
    )


def _down(step: int) -> str:
    return f' dy="{step}"'


def stands_label(stands: Iterable[str]) -> str:
    """Several stand codes as short as is clear: "A-01–04" for all from 1 to 4, "A-01·03" for two of them."""
    return _label(tuple(stands))


@lru_cache(maxsize=32_768)
def _label(stands: tuple[str, ...]) -> str:
    codes = sorted(stands)
    if len(codes) == 1:
        return codes[0]
    head = codes[0].rpartition("-")[0]
    tails = [code.rpartition("-")[2] for code in codes]
    if not head or any(code.rpartition("-")[0] != head for code in codes):
        return f"{codes[0]} … {codes[-1]}"
    if all(tail.isdigit() for tail in tails) and int(tails[-1]) - int(tails[0]) == len(tails) - 1:
        return f"{head}-{tails[0]}–{tails[-1]}"
    return f"{head}-{'·'.join(tails)}" if len(tails) <= 3 else f"{head}-{tails[0]}…{tails[-1]}"
