"""A way in words: where it turns, at which stand, and on which hand the goal lies at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from expo.plan.walking.ground import Point
from expo.plan.walking.site import Floor, Leg, Route, Site
from expo.venue.drawing.outline import Box
from expo.words import Sentence, say

STRAIGHT, SHARP = 25, 60
"""Degrees: less is straight on; more is a turn and not only a bend."""
LANDMARK = 250
"""How far from a corner (cm) a stand may be to be named there."""
SHORT = 150
"""A piece of way (cm) between two turns that nobody would call one."""
PACE = 60
"""Metres a minute: slower than a street's 80, as halls are full."""


@dataclass(frozen=True, slots=True)
class Step:
    """A turn (degrees, right is positive), the stand it is at ('' for none) and the way after it (cm)."""

    angle: float
    at: str
    far: float


def minutes(length: float) -> int:
    """Minutes for a way of so many cm, at least 1."""
    return max(1, round(length / 100 / PACE))


def metres(length: float) -> int:
    """Whole metres, at least 1."""
    return max(1, round(length / 100))


def directions(site: Site, route: Route, goal: str, names: Mapping[str, str]) -> list[Sentence]:
    """The whole way in sentences. `goal` is what the way leads to, `names` are the halls' names by code."""
    said: list[Sentence] = []
    for number, leg in enumerate(route.legs):
        if not leg.hall:
            into = route.legs[number + 1].hall
            said.append(
                say(
                    "Leave by entrance %(out)s, walk %(metres)s m outside and enter %(hall)s by %(into)s.",
                    out=leg.from_door,
                    metres=metres(leg.path.length),
                    hall=names.get(into, into),
                    into=leg.to_door,
                )
            )
            continue
        floor = site.floors[leg.hall]
        first, *turns = steps_of(floor, leg.path.points)
        start = _start(leg, first) if number == 0 else _onward(leg, first)
        said += [start, *map(_turn, turns)]
    last = route.legs[-1]
    return [*said, _arrival(site.floors[last.hall], last, goal)]


def _start(leg: Leg, first: Step) -> Sentence:
    if leg.from_door:
        return say(
            "Start at entrance %(door)s and go %(metres)s m.", door=leg.from_door, metres=metres(first.far)
        )
    return say("Start at stand %(stand)s and go %(metres)s m.", stand=first.at, metres=metres(first.far))


def _onward(leg: Leg, first: Step) -> Sentence:
    return say("From entrance %(door)s go on for %(metres)s m.", door=leg.from_door, metres=metres(first.far))


def _turn(step: Step) -> Sentence:
    go, at = metres(step.far), step.at
    if abs(step.angle) >= SHARP:
        if step.angle < 0:
            if at:
                return say("Turn left at %(stand)s and go %(metres)s m.", stand=at, metres=go)
            return say("Turn left and go %(metres)s m.", metres=go)
        if at:
            return say("Turn right at %(stand)s and go %(metres)s m.", stand=at, metres=go)
        return say("Turn right and go %(metres)s m.", metres=go)
    if step.angle < 0:
        if at:
            return say("Keep left at %(stand)s and go %(metres)s m.", stand=at, metres=go)
        return say("Keep left and go %(metres)s m.", metres=go)
    if at:
        return say("Keep right at %(stand)s and go %(metres)s m.", stand=at, metres=go)
    return say("Keep right and go %(metres)s m.", metres=go)


def _arrival(floor: Floor, leg: Leg, goal: str) -> Sentence:
    if leg.to_door:
        return say("Entrance %(door)s is ahead of you.", door=leg.to_door)
    *before, end = leg.path.points
    box = _nearest(floor, end)
    if not before or box is None:
        return say("%(stand)s is in front of you.", stand=goal)
    x, y, width, depth = floor.stands[box].box
    angle = _angle(before[-1], end, (x + width / 2, y + depth / 2))
    if abs(angle) < 45:
        return say("%(stand)s is in front of you.", stand=goal)
    if angle < 0:
        return say("%(stand)s is on your left.", stand=goal)
    return say("%(stand)s is on your right.", stand=goal)


def steps_of(floor: Floor, points: Sequence[Point]) -> list[Step]:
    """The way's pieces: the first as it starts (angle 0, the stand it starts at), then one for each turn."""
    kept = _turning(points)
    found = [Step(0.0, _nearest(floor, kept[0]) or "", _far(kept[0], kept[1]) if len(kept) > 1 else 0.0)]
    for before, at, after in zip(kept, kept[1:], kept[2:], strict=False):
        found.append(Step(_angle(before, at, after), _nearest(floor, at) or "", _far(at, after)))
    return found


def _turning(points: Sequence[Point]) -> list[Point]:
    """Start, end and those corners where somebody would say that the way turns."""
    kept = [points[0]]
    for i, at in enumerate(points[1:-1], 1):
        is_short = _far(kept[-1], at) < SHORT and len(kept) > 1
        if not is_short and abs(_angle(kept[-1], at, points[i + 1])) >= STRAIGHT:
            kept.append(at)
    return [*kept, points[-1]] if len(points) > 1 else kept


def _nearest(floor: Floor, point: Point) -> str | None:
    """The stand beside a point."""
    best = min(((_gap(stand.box, point), code) for code, stand in floor.stands.items()), default=None)
    return best[1] if best and best[0] <= LANDMARK else None


def _gap(box: Box, point: Point) -> float:
    x, y, width, depth = box
    return hypot(max(x - point[0], 0, point[0] - x - width), max(y - point[1], 0, point[1] - y - depth))


def _far(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _angle(before: Point, at: Point, after: Point) -> float:
    """How far one turns at a point, degrees; to the right (clockwise on the plan) is positive."""
    ax, ay, bx, by = at[0] - before[0], at[1] - before[1], after[0] - at[0], after[1] - at[1]
    return degrees(atan2(ax * by - ay * bx, ax * bx + ay * by))
