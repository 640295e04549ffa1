"""A hall whose stands are coloured by a figure: from light to dark, so that it also tells in grey."""

from collections.abc import Mapping

from expo.venue.drawing.lettering import em_width
from expo.venue.drawing.marks import columns, entrance, foot
from expo.venue.drawing.outline import Box
from expo.venue.drawing.paint import CARD, INK, Words, escape
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.shell import built, floor
from expo.venue.drawing.svg import FOOT, MARGIN, framed

HEAT = (CARD, "#fdeec4", "#f7c35f", "#e08a2c", "#a8481c", "#5c1a14")
HEAT_INKS = (INK, INK, INK, INK, "#ffffff", "#ffffff")
"""Class 0 (nothing) to 5; light falls evenly, hue stays on one side for every kind of eyes."""


def heat_svg(
    hall: HallPlan, boxes: Mapping[str, Box], heat: Mapping[str, tuple[int, str]], words: Words
) -> str:
    """`heat`: stand code → its class (0 to 5) and the figure to be written into it."""
    size = (-MARGIN, -MARGIN, hall.width + 2 * MARGIN, hall.depth + 2 * MARGIN + FOOT)
    groups: dict[int, list[str]] = {}
    for code, box in boxes.items():
        level, figure = heat.get(code, (0, ""))
        groups.setdefault(level, []).append(_stand(code, box, figure, HEAT_INKS[level]))
    parts = [
        floor(hall),
        *(
            f'<g class="heat heat-{level}" fill="{HEAT[level]}" stroke="{INK}" stroke-width="8">'
            f"{''.join(drawn)}</g>"
            for level, drawn in sorted(groups.items())
        ),
        columns(hall) + built(hall),
        *(entrance(hall, *door, named=True) for door in hall.entrances),
        foot(0, hall.depth + MARGIN, hall.width, words),
    ]
    return framed(f"heat-{hall.code}", size, words, parts)


def _stand(code: str, box: Box, figure: str, ink: str) -> str:
    x, y, width, depth = box
    size = min(84, int((width - 24) / em_width(code)), depth // 3)
    middle = x + width // 2
    letters = f'stroke="none" fill="{ink}" x="{middle}"'
    return (
        f'<g id="stand-{escape(code)}" data-stands="{escape(code)}">'
        f'<path d="M{x} {y}h{width}v{depth}h-{width}z"/>'
        f'<text class="heat-code" {letters} y="{y + 12 + size}" font-size="{size}">{escape(code)}</text>'
        f'<text class="heat-figure" {letters} y="{y + depth // 2 + size}" font-size="{size}"'
        f' font-weight="800">{escape(figure)}</text></g>'
    )
