"""From any door or stand to any other: within a hall, or out of one and into the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot

import numpy as np

from expo.plan.walking.ground import CLEARANCE, Ground, Point, at_door
from expo.plan.walking.roads import Path, Reached, Roads
from expo.venue.drawing.outline import Box

SAME_DOOR = 300
"""Doors of two halls no farther apart than this (cm) open into each other."""
SIDES = ((1, 0.5, 0.0, 0, -1), (2, 1.0, 0.5, 1, 0), (4, 0.5, 1.0, 0, 1), (8, 0.0, 0.5, -1, 0))
"""Bit of the side (N, E, S, W), the middle of it in the box, and the way out of it."""
ALONG = (0.0, 0.35, -0.35)
"""Where on a side to stand: in its middle, or beside a column that is in the way there."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A stand as a walker meets it: its box in the hall and its open sides (N=1, E=2, S=4, W=8 summed)."""

    code: str
    box: Box
    open_sides: int = 0


@dataclass(frozen=True)
class Floor:
    """A hall with its stands; `at` is its corner on the site."""

    code: str
    ground: Ground
    at: Point
    stands: Mapping[str, Stand]

    @cached_property
    def roads(self) -> Roads:
        """The net of its aisles, made when first walked."""
        return Roads(self.ground)

    @cached_property
    def doors(self) -> dict[str, Point]:
        """Where one stands just inside each door that has room behind it."""
        inside = {name: at_door(self.ground, (x, y)) for name, x, y in self.ground.doors}
        return {name: at for name, at in inside.items() if at and self.roads.standing(np.array([at]))[0]}

    def fronts(self, codes: Sequence[str]) -> list[Point]:
        """Where one may stand in front of some stands: at open sides if any of them can be reached at all."""
        stands = [self.stands[code] for code in codes if code in self.stands]
        return self._fronts(stands, only_open=True) or self._fronts(stands, only_open=False)

    def _fronts(self, stands: Sequence[Stand], *, only_open: bool) -> list[Point]:
        found: list[Point] = []
        for stand in stands:
            x, y, width, depth = stand.box
            for bit, across, down, east, south in SIDES:
                if only_open and stand.open_sides and not stand.open_sides & bit:
                    continue
                tries = np.array(
                    [
                        (
                            x + width * (across + shift * abs(south)) + east * CLEARANCE,
                            y + depth * (down + shift * abs(east)) + south * CLEARANCE,
                        )
                        for shift in ALONG
                    ]
                )
                good = np.flatnonzero(self.roads.standing(tries))
                if len(good):
                    found.append((float(tries[good[0], 0]), float(tries[good[0], 1])))
        return found


@dataclass(frozen=True, slots=True)
class Spot:
    """A place one may ask for: stands in a hall, or doors of it (all of them if none is named)."""

    hall: str
    stands: tuple[str, ...] = ()
    door: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a way: in a hall, or between halls (hall ""), then in the site's measures."""

    hall: str
    path: Path
    from_door: str = ""
    to_door: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A whole way."""

    legs: tuple[Leg, ...]

    @property
    def length(self) -> float:
        """cm."""
        return sum(leg.path.length for leg in self.legs)


@dataclass(frozen=True)
class Site:
    """All halls. `is_true` tells whether they lie on the site as they are drawn there."""

    floors: Mapping[str, Floor]
    is_true: bool = True
    _between: dict[tuple[str, str, str, str], Path | None] = field(default_factory=dict)

    @cached_property
    def roads(self) -> Roads:
        """The net of ways outside the halls."""
        moved = [_moved(floor) for floor in self.floors.values()]
        walls = tuple(edge for hall in moved for edge in hall.edges)
        return Roads(Ground(0, 0, walls=walls), moved, open_ground=True)

    def route(self, start: Spot, goal: Spot) -> Route | None:
        """The shortest way; None where none leads there."""
        floors = self.floors.get(start.hall), self.floors.get(goal.hall)
        if floors[0] is None or floors[1] is None:
            return None
        here, there = floors
        ahead = here.roads.reach(_points(here, start))
        if here is there:
            path = ahead.path_to(_points(there, goal))
            if path:
                return Route((_leg(here, path, start, goal),))
        back = there.roads.reach(_points(there, goal))
        return self._through(here, ahead, there, back, start, goal) if self.is_true else None

    def _through(
        self, here: Floor, ahead: Reached, there: Floor, back: Reached, start: Spot, goal: Spot
    ) -> Route | None:
        """Out by one door and in by another, those that make the whole way shortest."""
        outs = {name: ahead.path_to([at]) for name, at in here.doors.items()}
        ins = {name: back.path_to([at]) for name, at in there.doors.items()}
        best: tuple[float, Route] | None = None
        for out, first in outs.items():
            for into, last in ins.items():
                if first is None or last is None or (here is there and out == into):
                    continue
                between = self.between(here, out, there, into)
                if between is None:
                    continue
                whole = first.length + between.length + last.length
                if best is None or whole < best[0]:
                    home = Path(last.points[::-1], last.length)
                    best = (
                        whole,
                        Route(
                            (
                                Leg(here.code, first, start.door, out),
                                Leg("", between, out, into),
                                Leg(there.code, home, into, goal.door),
                            )
                        ),
                    )
        return best[1] if best else None

    def between(self, here: Floor, out: str, there: Floor, into: str) -> Path | None:
        """The way outside from a door of one hall to a door of another, in the site's measures."""
        key = (here.code, out, there.code, into)
        if key not in self._between:
            self._between[key] = self._outside(here, out, there, into)
        return self._between[key]

    def _outside(self, here: Floor, out: str, there: Floor, into: str) -> Path | None:
        ends = [_moved_point(floor, floor.doors[name]) for floor, name in ((here, out), (there, into))]
        far = hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])
        if here is not there and far <= SAME_DOOR + 2 * CLEARANCE:
            return Path(tuple(ends), far)
        doors = [_outer(floor, name) for floor, name in ((here, out), (there, into))]
        if doors[0] is None or doors[1] is None or not self.roads.standing(np.array(doors, float)).all():
            return None
        path = self.roads.reach([doors[0]]).path_to([doors[1]])
        if path is None:
            return None
        steps = 2 * 2 * CLEARANCE  # through both walls, from the room on one side to that on the other
        return Path((ends[0], *path.points, ends[1]), path.length + steps)


def _points(floor: Floor, spot: Spot) -> list[Point]:
    if spot.stands:
        return floor.fronts(spot.stands)
    return [at for name, at in floor.doors.items() if spot.door in ("", name)]


def _leg(floor: Floor, path: Path, start: Spot, goal: Spot) -> Leg:
    """The leg with the doors it begins and ends at."""
    names = {at: name for name, at in floor.doors.items()}
    return Leg(
        floor.code,
        path,
        "" if start.stands else names.get(path.points[0], ""),
        "" if goal.stands else names.get(path.points[-1], ""),
    )


def _outer(floor: Floor, name: str) -> Point | None:
    drawn = next((x, y) for door, x, y in floor.ground.doors if door == name)
    at = at_door(floor.ground, drawn, outside=True)
    return _moved_point(floor, at) if at else None


def _moved_point(floor: Floor, at: Point) -> Point:
    return at[0] + floor.at[0], at[1] + floor.at[1]


def _moved(floor: Floor) -> Ground:
    """The hall's outline where it stands on the site."""
    around = tuple((int(x + floor.at[0]), int(y + floor.at[1])) for x, y in floor.ground.corners)
    return Ground(0, 0, outline=around)
