"""The floor plan as values: halls to scale with their walls, entrances, columns, zones and booths.

All lengths are whole centimetres in the hall's own plan; x runs east, y south.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from expo.venue.drawing.outline import Box, Point, merged, outlines, rectangle, ring, shape, together
from expo.venue.pillars import pillars

SITE_GAP_CM = 2000
SITE_WIDTH_CM = 30_000


class Place(NamedTuple):
    """A stand as it goes into the plan."""

    code: str
    hall: str
    zone: str
    x: int
    y: int
    width: int
    depth: int

    @property
    def box(self) -> Box:
        return (self.x, self.y, self.width, self.depth)


@dataclass(frozen=True, slots=True)
class ZoneSign:
    """A zone with its hue (1 to 8), its letter and its name in the reader's language."""

    code: str
    name: str
    hue: int
    letter: str


class Occupant(NamedTuple):
    """Who stands there."""

    code: str
    name: str


class Booth(NamedTuple):
    """Stands of one exhibitor that touch, as one piece; or one free stand (occupant None).

    `label` is the best place for its letters; `angles` are the lines round it where it is not just that box.
    """

    stands: tuple[str, ...]
    zone: str
    occupant: Occupant | None
    label: Box
    area_cm2: int
    angles: tuple[tuple[Point, ...], ...] = ()

    @property
    def loops(self) -> tuple[tuple[Point, ...], ...]:
        """The closed lines round it."""
        return self.angles or (ring(self.label),)


@dataclass(frozen=True, slots=True)
class Island:
    """Stands of one zone that touch; the zone's colour runs round them, its letter stands at the corner."""

    zone: str
    loops: tuple[tuple[Point, ...], ...]
    corner: Point


@dataclass(frozen=True, slots=True)
class HallPlan:
    """One hall. `at` is its place on the site; entrances are (name, x, y), columns (x, y, width, depth).

    `outline` are the corners of the floor (none: the rectangle), `walls` inside are (x1, y1, x2, y2),
    `aisles` (name, x, y, width, depth), `utilities` (kind, x, y, name); `pillars` are the parts of columns
    that stand in stands.
    """

    code: str
    name: str
    width: int
    depth: int
    at: Point
    entrances: tuple[tuple[str, int, int], ...]
    columns: tuple[Box, ...]
    islands: tuple[Island, ...]
    booths: tuple[Booth, ...]
    zones: tuple[ZoneSign, ...]
    outline: tuple[Point, ...] = ()
    walls: tuple[tuple[int, int, int, int], ...] = ()
    aisles: tuple[tuple[str, int, int, int, int], ...] = ()
    utilities: tuple[tuple[str, int, int, str], ...] = ()
    pillars: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class HallShape:
    """A hall before its stands are put in; fields as in HallPlan."""

    code: str
    name: str
    width: int
    depth: int
    at: Point
    entrances: tuple[tuple[str, int, int], ...] = ()
    columns: tuple[Box, ...] = ()
    outline: tuple[Point, ...] = ()
    walls: tuple[tuple[int, int, int, int], ...] = ()
    aisles: tuple[tuple[str, int, int, int, int], ...] = ()
    utilities: tuple[tuple[str, int, int, str], ...] = ()


def plan_of(
    halls: Sequence[HallShape],
    zones: Iterable[ZoneSign],
    places: Iterable[Place],
    occupants: Mapping[str, Occupant],
) -> tuple[HallPlan, ...]:
    """The plan of the halls; occupants by stand code. Halls that overlap on the site are set side by side."""
    signs = {zone.code: zone for zone in zones}
    inside: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        inside[place.hall].append(place)
    return tuple(
        _hall(hall, at, inside[hall.code], signs, occupants)
        for hall, at in zip(halls, _site(halls), strict=True)
    )


def _hall(
    hall: HallShape,
    at: Point,
    places: list[Place],
    signs: Mapping[str, ZoneSign],
    occupants: Mapping[str, Occupant],
) -> HallPlan:
    booths, floors = _booths(places, occupants)
    inside = pillars(hall.columns, {place.code: place.box for place in places} if hall.columns else {})
    return HallPlan(
        hall.code, hall.name, hall.width, hall.depth, at, hall.entrances, hall.columns,
        islands=_islands(floors),
        booths=booths,
        zones=tuple(sign for code, sign in signs.items() if code in floors),
        outline=hall.outline, walls=hall.walls, aisles=hall.aisles, utilities=hall.utilities,
        pillars=tuple(box for boxes in inside.values() for box in boxes),
    )  # fmt: skip


def _islands(floors: Mapping[str, list[Box]]) -> tuple[Island, ...]:
    found = []
    for zone, boxes in floors.items():
        blocks = merged(boxes)
        for group in together(blocks):
            own = [blocks[i] for i in group]
            corner = min((box[:2] for box in own), key=lambda point: (point[1], point[0]))
            found.append(Island(zone, tuple(map(tuple, outlines(own))), corner))
    return tuple(found)


def _booths(
    places: list[Place], occupants: Mapping[str, Occupant]
) -> tuple[tuple[Booth, ...], dict[str, list[Box]]]:
    """By the code of the first stand, as the places come; and the floor that each zone covers."""
    found: list[tuple[int, Booth]] = []
    floors: dict[str, list[Box]] = {}
    owned: dict[tuple[str, str], list[int]] = {}
    for i, (code, _hall, zone, x, y, width, depth) in enumerate(places):
        owner = occupants.get(code)
        if owner is None:
            box = (x, y, width, depth)
            found.append((i, Booth((code,), zone, None, box, width * depth)))
            floors.setdefault(zone, []).append(box)
        else:
            owned.setdefault((owner[0], zone), []).append(i)
    for (_, zone), own in owned.items():
        owner = occupants[places[own[0]][0]]
        boxes = [places[i][3:] for i in own]
        if whole := rectangle(boxes):
            stands = tuple([places[i][0] for i in own])
            found.append((own[0], Booth(stands, zone, owner, whole, whole[2] * whole[3])))
            floors.setdefault(zone, []).append(whole)
            continue
        for group in together(boxes):
            part = [boxes[i] for i in group]
            stands = tuple([places[own[i]][0] for i in group])
            label, angles = shape(part)
            area = sum([width * depth for _x, _y, width, depth in part])
            found.append((own[group[0]], Booth(stands, zone, owner, label, area, angles)))
        floors.setdefault(zone, []).extend(boxes)
    found.sort(key=itemgetter(0))
    return tuple([booth for _, booth in found]), floors


def _site(halls: Sequence[HallShape]) -> list[Point]:
    """Where the halls stand: as drawn, or in rows when the drawing lays one over another."""
    boxes = [(*hall.at, hall.width, hall.depth) for hall in halls]
    if lie_apart(boxes):
        return [hall.at for hall in halls]
    found, x, y, deepest = [], 0, 0, 0
    for hall in halls:
        if x and x + hall.width > SITE_WIDTH_CM:
            x, y, deepest = 0, y + deepest + SITE_GAP_CM, 0
        found.append((x, y))
        x, deepest = x + hall.width + SITE_GAP_CM, max(deepest, hall.depth)
    return found


def lie_apart(boxes: Sequence[Box]) -> bool:
    """Whether no two boxes share any floor."""
    return not any(_overlap(one, other) for i, one in enumerate(boxes) for other in boxes[:i])


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
