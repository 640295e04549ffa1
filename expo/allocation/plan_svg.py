"""The floor plan as SVG, the same for the screen, the file and the paper.

Colours stand in attributes, as a file on its own and paper need them; on screen the stylesheet's classes win
over attributes and follow the reader's theme. Nothing uses `style`, which the site's policy forbids.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from markupsafe import escape

from expo.allocation.lettering import em_width, fitted, is_rtl
from expo.allocation.outline import Point
from expo.allocation.plan import Booth, HallPlan, ZoneSign

INK, QUIET, PAPER, CARD, FOUND = "#1c1a16", "#5a5446", "#faf7f0", "#fffdf9", "#f5a700"
HUES = ("#174a8f", "#b83a06", "#008457", "#f3c118", "#78104f", "#58bcf5", "#a3b44a", "#f290a4")
HUE_INKS = ("#ffffff", "#ffffff", "#ffffff", "#1c1a16", "#ffffff", "#1c1a16", "#1c1a16", "#1c1a16")
HUE_SOFTS = ("#dde9f5", "#f9e4d8", "#d9eee5", "#fbf0cd", "#f3dfec", "#e0f0fa", "#eff1d6", "#fce6ec")
FONTS = (
    "'Noto Sans', 'House Sans', 'House Han', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
    "'House Naskh', 'Noto Naskh Arabic', sans-serif"
)
MARGIN, FOOT, SIGN, BAND = 420, 480, 170, 90
CODE_SIZE, SMALLEST, LARGEST, PAD = 84, 34, 190, 12
LEGEND_LINE, NAME_SIZE = 330, 700


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
    """What this drawing is for. Links make addresses of exhibitor and hall codes; `found` are stand codes."""

    link: Callable[[str], str] | None = None
    hall_link: Callable[[str], str] | None = None
    found: Set[str] = field(default_factory=frozenset)
    names: bool = True
    legend: bool = False


def hall_svg(hall: HallPlan, words: Words, look: Look | None = None) -> str:
    """One hall with everything in it."""
    look = look or Look()
    foot = FOOT + (_legend_depth(hall.zones) if look.legend else 0)
    box = (-MARGIN, -MARGIN, hall.width + 2 * MARGIN, hall.depth + 2 * MARGIN + foot)
    parts = [_hall(hall, look), _foot(0, hall.depth + MARGIN, hall.width, words)]
    if look.legend:
        parts.append(_legend(hall.zones, 0, hall.depth + MARGIN + FOOT))
    return _svg(f"plan-{hall.code}", box, words, parts, bool(look.link))


def site_svg(halls: Iterable[HallPlan], words: Words, look: Look | None = None) -> str:
    """All halls where they stand; with `names` off just their shapes and colours, each hall named large."""
    halls, look = list(halls), look or Look()
    west = min((hall.at[0] for hall in halls), default=0)
    north = min((hall.at[1] for hall in halls), default=0)
    east = max((hall.at[0] + hall.width for hall in halls), default=0)
    south = max((hall.at[1] + hall.depth for hall in halls), default=0)
    zones = list({zone.code: zone for hall in halls for zone in hall.zones}.values())
    foot = 2 * FOOT + (_legend_depth(zones) if look.legend else 0)
    top = MARGIN + NAME_SIZE
    box = (west - MARGIN, north - top, east - west + 2 * MARGIN, south - north + MARGIN + top + foot)
    parts = [_on_site(hall, look) for hall in halls]
    parts.append(_foot(west, south + MARGIN, east - west, words))
    if look.legend:
        parts.append(_legend(zones, west, south + MARGIN + 2 * FOOT))
    return _svg("plan-site", box, words, parts, bool(look.link or look.hall_link))


def _svg(
    name: str, box: tuple[int, int, int, int], words: Words, parts: Iterable[str], has_links: bool
) -> str:
    name = escape(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[0]} {box[1]} {box[2]} {box[3]}" '
        f'role="{"group" if has_links else "img"}" aria-labelledby="{name}-title {name}-desc" '
        f'text-anchor="middle" font-family="{FONTS}" fill="{INK}">'
        f'<title id="{name}-title">{escape(words.title)}</title>'
        f'<desc id="{name}-desc">{escape(words.description)}</desc>{"".join(parts)}</svg>'
    )


def _on_site(hall: HallPlan, look: Look) -> str:
    inside = _hall(hall, look)
    size = min(NAME_SIZE, int(hall.width / em_width(hall.name)))
    name = (
        f'<text class="hall-name" x="0" y="{-MARGIN}" font-size="{size}" font-weight="900"'
        f' text-anchor="start">{escape(hall.name)}</text>'
    )
    drawn = f'<g transform="translate({hall.at[0]} {hall.at[1]})">{inside}{name}</g>'
    if look.hall_link:
        return f'<a href="{escape(look.hall_link(hall.code))}" aria-label="{escape(hall.name)}">{drawn}</a>'
    return drawn


def _hall(hall: HallPlan, look: Look) -> str:
    hues = {zone.code: (zone.hue - 1) % 8 for zone in hall.zones}
    letters = {zone.code: zone.letter for zone in hall.zones}
    parts = [
        f'<rect class="hall" width="{hall.width}" height="{hall.depth}" fill="{PAPER}" stroke="{INK}"'
        ' stroke-width="40"/>'
    ]
    parts += [
        f'<g class="hue-{hues[zone] + 1}"><path class="zone-band" fill="{HUES[hues[zone]]}"'
        f' stroke="{HUES[hues[zone]]}" stroke-width="{BAND}" stroke-linejoin="round" d="{d}"/></g>'
        for zone, d in _bands(hall).items()
    ]
    parts += _booths(hall, hues, look)
    parts.append(_columns(hall))
    if look.names:
        parts += [_sign(island.corner, hues[island.zone], letters[island.zone]) for island in hall.islands]
    parts += [_entrance(hall, *entrance, named=look.names) for entrance in hall.entrances]
    return "".join(parts)


def _bands(hall: HallPlan) -> dict[str, str]:
    """Zone → the outlines of its islands in one path."""
    found: dict[str, list[str]] = {}
    for island in hall.islands:
        found.setdefault(island.zone, []).extend(map(_path, island.loops))
    return {zone: "".join(paths) for zone, paths in found.items()}


def _booths(hall: HallPlan, hues: Mapping[str, int], look: Look) -> list[str]:
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


def _path(loop: Iterable[Point]) -> str:
    """A closed line whose sides are upright or level by turns."""
    (x, y), *rest = loop
    d = [f"M{x} {y}"]
    for to_x, to_y in rest:
        d.append(f"V{to_y}" if to_x == x else f"H{to_x}" if to_y == y else f"L{to_x} {to_y}")
        x, y = to_x, to_y
    d.append("z")
    return "".join(d)


def _shape(booth: Booth, _look: Look) -> str:
    kind = "full" if booth.occupant else "free"
    return f'<path class="stand {kind}" d="{"".join(map(_path, booth.loops))}"/>'


def _booth(booth: Booth, look: Look) -> str:
    code = stands_label(booth.stands)
    is_found = not look.found.isdisjoint(booth.stands)
    kind = ("given" if booth.occupant else "free") + (" found" if is_found else "")
    colour = f' fill="{FOUND}"' if is_found else ""
    d = "".join(map(_path, booth.loops))
    who = booth.occupant
    said = f"{code} · {who.name}" if who else code
    inside = (
        f'<title>{escape(said)}</title><path class="stand {kind}"{colour} d="{d}"/>{_letters(booth, code)}'
    )
    stands = escape(" ".join(booth.stands))
    name = f'id="stand-{escape(booth.stands[0])}" data-stands="{stands}"'
    if who and look.link:
        return f'<a {name} href="{escape(look.link(who.code))}">{inside}</a>'
    return f"<g {name}>{inside}</g>"


def _letters(booth: Booth, code: str) -> str:
    """The code and, below it, the name: both as large as the booth's widest rectangle allows."""
    x, y, width, depth = booth.label
    room = width - 2 * PAD
    size = min(CODE_SIZE if width <= 600 else CODE_SIZE + width // 60, int(room / em_width(code)), depth // 2)
    middle = x + width // 2
    if booth.occupant is None:
        at = y + depth // 2 + size // 3
        return _text("stand-code free-code", middle, at, size, code, fill=QUIET)
    head = _text("stand-code", middle, y + PAD + int(size * 0.86), size, code)
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


def _text(name: str, x: int, y: int, size: int, text: str, *, fill: str = INK, weight: int = 800) -> str:
    return (
        f'<text class="{name}" stroke="none" fill="{fill}" x="{x}" y="{y}" font-size="{size}"'
        f' font-weight="{weight}">{escape(text)}</text>'
    )


def stands_label(stands: Iterable[str]) -> str:
    """Several stand codes as short as is clear: "A-01–04" for all from 1 to 4, "A-01·03" for two of them."""
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


def _columns(hall: HallPlan) -> str:
    d = "".join(f"M{x} {y}h{width}v{depth}h-{width}z" for x, y, width, depth in hall.columns)
    return f'<path class="column" fill="{INK}" d="{d}"/>' if d else ""


def _sign(corner: Point, hue: int, letter: str) -> str:
    """The zone's letter on its colour, in the aisle at the island's north-west corner."""
    x, y = corner
    x, y = (x - BAND // 2, y - SIGN - BAND // 2) if y >= SIGN else (x - SIGN - BAND // 2, y)
    return (
        f'<g class="hue-{hue + 1}"><rect class="fill" fill="{HUES[hue]}" x="{x}" y="{y}" width="{SIGN}"'
        f' height="{SIGN}"/><text class="hue-letter" fill="{HUE_INKS[hue]}" x="{x + SIGN // 2}"'
        f' y="{y + SIGN - 42}" font-size="130" font-weight="900">{escape(letter)}</text></g>'
    )


def _entrance(hall: HallPlan, name: str, x: int, y: int, *, named: bool) -> str:
    """An arrow through the nearest wall, with a gap in the wall and the entrance's name outside."""
    walls = {"N": y, "S": hall.depth - y, "W": x, "E": hall.width - x}
    side = min(walls, key=lambda wall: walls[wall])
    turn, at_x, at_y = {
        "N": (180, x, 0), "S": (0, x, hall.depth), "W": (90, 0, y), "E": (270, hall.width, y),
    }[side]  # fmt: skip
    dx, dy = {"N": (0, -300), "S": (0, 390), "W": (-300, 40), "E": (300, 40)}[side]
    drawn = (
        f'<g class="entrance" transform="translate({at_x} {at_y}) rotate({turn})">'
        f'<path class="gap" stroke="{PAPER}" stroke-width="60" d="M-200 0h400"/>'
        f'<path class="arrow" fill="{INK}" d="M0 -150L130 60H50V230H-50V60H-130z"/></g>'
    )
    if not named:
        return drawn
    across = {"W": ' text-anchor="end"', "E": ' text-anchor="start"'}.get(side, "")
    if side in "WE":
        dx, dy = (-60 if side == "W" else 60), -170
    else:
        dx, dy = 340, (-110 if side == "N" else 210)
    return drawn + (
        f'<text class="entrance-name" x="{at_x + dx}" y="{at_y + dy}" font-size="190" font-weight="800"'
        f"{across}>{escape(name)}</text>"
    )


def _foot(x: int, y: int, width: int, words: Words) -> str:
    """A bar of ten metres and an arrow to the north, larger where more is shown."""
    k = 2 if width > 15_000 else 1
    east = x + width - 120 * k
    return (
        f'<g class="plan-foot"><path fill="none" stroke="{INK}" stroke-width="{24 * k}"'
        f' d="M{x} {y + 60}v100h1000v-100M{x + 500} {y + 160}v-50"/>'
        f'<text x="{x + 500}" y="{y + 180 + 190 * k}" font-size="{180 * k}">{escape(words.ten_metres)}</text>'
        f'<path fill="{INK}" d="M{east} {y - 40}l{110 * k} {260 * k}l-{110 * k} -{60 * k}'
        f'l-{110 * k} {60 * k}z"/>'
        f'<text x="{east}" y="{y + 400 * k}" font-size="{190 * k}" font-weight="800">{escape(words.north)}'
        "</text></g>"
    )


def _legend_depth(zones: Iterable[ZoneSign]) -> int:
    return LEGEND_LINE * sum(1 for _ in zones) + 100


def _legend(zones: Iterable[ZoneSign], x: int, y: int) -> str:
    lines = []
    for i, zone in enumerate(zones):
        hue, top = (zone.hue - 1) % 8, y + i * LEGEND_LINE
        lines.append(
            f'<g class="hue-{hue + 1}"><rect class="fill" fill="{HUES[hue]}" x="{x}" y="{top}" width="250"'
            f' height="250"/><text class="hue-letter" fill="{HUE_INKS[hue]}" x="{x + 125}"'
            f' y="{top + 190}" font-size="190" font-weight="900">{escape(zone.letter)}</text></g>'
            f'<text x="{x + 340}" y="{top + 190}" font-size="190"'
            f' text-anchor="start">{escape(zone.name)}</text>'
        )
    return f'<g class="plan-legend">{"".join(lines)}</g>'
