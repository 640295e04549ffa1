"""The floor plan as SVG, the same for the screen, the file and the paper."""

from collections.abc import Iterable

from expo.venue.drawing.booths import booths
from expo.venue.drawing.lettering import em_width
from expo.venue.drawing.marks import BAND, columns, entrance, foot, legend, legend_depth, sign
from expo.venue.drawing.paint import HUES, INK, Look, Words, escape, path
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.shell import built, floor

FONTS = (
    "'Noto Sans', 'House Sans', 'House Han', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
    "'House Naskh', 'Noto Naskh Arabic', sans-serif"
)
MARGIN, FOOT, NAME_SIZE = 420, 480, 700


def hall_svg(hall: HallPlan, words: Words, look: Look | None = None) -> str:
    """One hall with everything in it."""
    look = look or Look()
    below = FOOT + (legend_depth(hall.zones) if look.legend else 0)
    box = (-MARGIN, -MARGIN, hall.width + 2 * MARGIN, hall.depth + 2 * MARGIN + below)
    parts = [_hall(hall, look), foot(0, hall.depth + MARGIN, hall.width, words)]
    if look.legend:
        parts.append(legend(hall.zones, 0, hall.depth + MARGIN + FOOT))
    return framed(f"plan-{hall.code}", box, words, parts, bool(look.link))


def site_svg(halls: Iterable[HallPlan], words: Words, look: Look | None = None) -> str:
    """All halls where they stand; with `names` off just their shapes and colours, each hall named large."""
    halls, look = list(halls), look or Look()
    west = min((hall.at[0] for hall in halls), default=0)
    north = min((hall.at[1] for hall in halls), default=0)
    east = max((hall.at[0] + hall.width for hall in halls), default=0)
    south = max((hall.at[1] + hall.depth for hall in halls), default=0)
    zones = list({zone.code: zone for hall in halls for zone in hall.zones}.values())
    below = 2 * FOOT + (legend_depth(zones) if look.legend else 0)
    top = MARGIN + NAME_SIZE
    box = (west - MARGIN, north - top, east - west + 2 * MARGIN, south - north + MARGIN + top + below)
    parts = [_on_site(hall, look) for hall in halls]
    parts.append(foot(west, south + MARGIN, east - west, words))
    if look.legend:
        parts.append(legend(zones, west, south + MARGIN + 2 * FOOT))
    return framed("plan-site", box, words, parts, bool(look.link or look.hall_link))


def framed(
    name: str, box: tuple[int, int, int, int], words: Words, parts: Iterable[str], has_links: bool = False
) -> str:
    """A drawing of its own with a title and a description; `box` is what it shows, cm."""
    name = escape(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[0]} {box[1]} {box[2]} {box[3]}" '
        f'role="{"group" if has_links else "img"}" aria-labelledby="{name}-title {name}-desc" '
        f'text-anchor="middle" font-family="{FONTS}" fill="{INK}">'
        f'<title id="{name}-title">{escape(words.title)}</title>'
        f'<desc id="{name}-desc">{escape(words.description)}</desc>{"".join(parts)}</svg>'
    )


def box_of(drawing: str) -> tuple[float, float, float, float]:
    """What a drawing of ours shows: left, top, width and height in cm."""
    left, top, width, height = map(float, drawing.split('viewBox="', 1)[1].split('"', 1)[0].split())
    return left, top, width, height


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
    parts = [floor(hall)]
    parts += [
        f'<g class="hue-{hues[zone] + 1}"><path class="zone-band" fill="{HUES[hues[zone]]}"'
        f' stroke="{HUES[hues[zone]]}" stroke-width="{BAND}" stroke-linejoin="round" d="{d}"/></g>'
        for zone, d in _bands(hall).items()
    ]
    parts += booths(hall, hues, look)
    parts.append(columns(hall) + built(hall))
    if look.names:
        parts += [sign(island.corner, hues[island.zone], letters[island.zone]) for island in hall.islands]
    parts += [entrance(hall, *door, named=look.names) for door in hall.entrances]
    return "".join(parts)


def _bands(hall: HallPlan) -> dict[str, str]:
    """Zone → the outlines of its islands in one path."""
    found: dict[str, list[str]] = {}
    for island in hall.islands:
        found.setdefault(island.zone, []).extend(map(path, island.loops))
    return {zone: "".join(paths) for zone, paths in found.items()}
