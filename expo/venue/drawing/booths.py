"""The booths of a drawn plan: their shape, their codes and the names of who stands there."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from expo.venue.drawing.lettering import em_width, fitted, is_rtl
from expo.venue.drawing.outline import Box
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
    if booth.angles:
        return "".join(map(path, booth.angles))
    x, y, width, depth = booth.label
    return f"M{x} {y}H{x + width}V{y + depth}H{x}z"


def _booth(booth: Booth, look: Look) -> str:
    stands, _zone, who, _label, _area, _angles = booth
    first = escape(stands[0])
    inside = _inside(booth, stands_label(stands), look)
    if who is None:
        return f'<g id="stand-{first}" data-stands="{first}">{inside}</g>'
    every = first if len(stands) == 1 else escape(" ".join(stands))
    if look.link:
        frame = ' target="_blank"' if look.outward else ""
        link = escape(look.link(who[0]))
        return f'<a id="stand-{first}" data-stands="{every}"{frame} href="{link}">{inside}</a>'
    return f'<g id="stand-{first}" data-stands="{every}">{inside}</g>'


def _inside(booth: Booth, code: str, look: Look) -> str:
    stands, _zone, who, label, _area, angles = booth
    kind = "given" if who else _open(booth, look)
    fill = f' fill="{HELD}"' if kind == "held" else ""
    if look.found and not look.found.isdisjoint(stands):
        kind, fill = f"{kind} found", f' fill="{FOUND}"'
    if angles:
        line = _outline(booth)
    else:
        x, y, width, depth = label
        line = f"M{x} {y}H{x + width}V{y + depth}H{x}z"
    mark = f'<path class="stand {kind}"{fill} d="{line}"/>'
    if not look.names:
        return mark
    if who is None:
        return mark + _free_letters(label, code)
    return f"<title>{escape(f'{code} · {who[1]}')}</title>{mark}{_letters(label, code, who[1])}"


def _code_size(code: str, width: int, depth: int) -> int:
    size = CODE_SIZE if width <= 600 else CODE_SIZE + width // 60
    widest = int((width - 2 * PAD) / em_width(code))
    if widest < size:
        size = widest
    return size if size <= depth // 2 else depth // 2


def _free_letters(label: Box, code: str) -> str:
    x, y, width, depth = label
    size = _code_size(code, width, depth)
    at = y + depth // 2 + size // 3
    return text_at("stand-code free-code", x + width // 2, at, size, code, fill=QUIET)


def _letters(label: Box, code: str, name: str) -> str:
    """The code and, below it, the name: both as large as the booth's widest rectangle allows."""
    x, y, width, depth = label
    size = _code_size(code, width, depth)
    middle = x + width // 2
    head = text_at("stand-code", middle, y + PAD + int(size * 0.86), size, code)
    left = depth - PAD - int(size * 1.1) - PAD
    largest = min(LARGEST, 48 + min(width, depth) // 6)
    font, lines = fitted(name, width - 2 * PAD, left, SMALLEST, largest)
    if not lines:
        return head
    step = int(font * 1.12)
    top = y + PAD + int(size * 1.1) + (left - step * len(lines)) // 2 + int(font * 0.86)
    turn = ' direction="rtl"' if is_rtl(name) else ""
    spans = f'</tspan><tspan x="{middle}" dy="{step}">'.join(map(escape, lines))
    return (
        f'{head}<text class="stand-name" stroke="none" fill="{INK}" y="{top}" font-size="{font}"'
        f' font-weight="500"{turn}><tspan x="{middle}">{spans}</tspan></text>'
    )


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
