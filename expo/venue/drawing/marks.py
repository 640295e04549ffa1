"""What stands round the booths of a drawn plan: columns, zone signs, entrances, scale and legend."""

from collections.abc import Iterable

from expo.venue.drawing.outline import Point
from expo.venue.drawing.paint import CARD, HUE_INKS, HUES, INK, PAPER, Words, escape
from expo.venue.drawing.plan import HallPlan, ZoneSign
from expo.venue.drawing.shell import nearest_side

SIGN, BAND, LEGEND_LINE, RIM = 170, 90, 330, 14


def columns(hall: HallPlan) -> str:
    """The hall's columns; one that stands in a stand is framed in white, so that nobody overlooks it."""
    d = "".join(f"M{x} {y}h{width}v{depth}h-{width}z" for x, y, width, depth in hall.columns)
    frames = "".join(
        f"M{x - RIM} {y - RIM}h{width + 2 * RIM}v{depth + 2 * RIM}h-{width + 2 * RIM}z"
        for x, y, width, depth in hall.pillars
    )
    rim = (
        f'<path class="pillar" fill="{CARD}" stroke="{INK}" stroke-width="8" d="{frames}"/>' if frames else ""
    )
    return rim + (f'<path class="column" fill="{INK}" d="{d}"/>' if d else "")


def sign(corner: Point, hue: int, letter: str) -> str:
    """The zone's letter on its colour, in the aisle at the island's north-west corner."""
    x, y = corner
    x, y = (x - BAND // 2, y - SIGN - BAND // 2) if y >= SIGN else (x - SIGN - BAND // 2, y)
    return (
        f'<g class="hue-{hue + 1}"><rect class="fill" fill="{HUES[hue]}" x="{x}" y="{y}" width="{SIGN}"'
        f' height="{SIGN}"/><text class="hue-letter" fill="{HUE_INKS[hue]}" x="{x + SIGN // 2}"'
        f' y="{y + SIGN - 42}" font-size="130" font-weight="900">{escape(letter)}</text></g>'
    )


def entrance(hall: HallPlan, name: str, x: int, y: int, *, named: bool) -> str:
    """An arrow through the nearest wall, with a gap in the wall and the entrance's name outside."""
    side, (at_x, at_y) = nearest_side(hall, x, y)
    turn = {"N": 180, "S": 0, "W": 90, "E": 270}[side]
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


def foot(x: int, y: int, width: int, words: Words) -> str:
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


def legend_depth(zones: Iterable[ZoneSign]) -> int:
    return LEGEND_LINE * sum(1 for _ in zones) + 100


def legend(zones: Iterable[ZoneSign], x: int, y: int) -> str:
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
