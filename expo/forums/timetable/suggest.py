"""The best places for one talk beside all others as they are, and whom the cheapest would displace."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from expo.forums.timetable.board import fits, wish_of
from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk
from expo.forums.timetable.shortage import time_for
from expo.forums.timetable.spans import merged
from expo.forums.timetable.worth import Worth

MOST_DISPLACED = 3
"""More talks than this nobody wants to move for one."""
TRIED = 60
"""Crowded places looked at more closely, the cheapest first."""


@dataclass(frozen=True)
class Suggestion:
    """A place for a talk. `cost` is what the soft total grows by against where the talk is now.

    `displaced` are the talks in the way (none: the place is free), `then` where each of them could go
    instead; one without an entry would be left without a place.
    """

    place: Place
    cost: float
    displaced: tuple[str, ...] = ()
    then: Mapping[str, Place] | None = None


def suggest(problem: Problem, places: Mapping[str, Place], code: str, count: int = 3) -> list[Suggestion]:
    """Up to `count` other places for a talk, the best first and no two beside each other in one room.

    Free places where there are any, else the cheapest that displace talks not pinned. Empty where rooms,
    people or pins leave the talk nowhere to be. Raises KeyError for a talk that is not of the problem.
    """
    talk = next((talk for talk in problem.talks if talk.code == code), None)
    if talk is None:
        raise KeyError(code)
    rooms = {room.code for room in problem.rooms}
    here = {talk.code for talk in problem.talks} - {code}
    others = {key: place for key, place in places.items() if key in here and place[0] in rooms}
    options = _Options(problem, talk, others)
    worth = Worth(problem, others, talk)
    now = worth.at(places[code]) if code in places and places[code][0] in rooms else 0.0
    free = [place for place in options.free() if place != places.get(code)]
    if free:
        return [Suggestion(place, cost - now) for place, cost in _apart(talk, worth.priced(free), count)]
    return _crowding(problem, options, worth, now, count)


def _crowding(
    problem: Problem, options: "_Options", worth: Worth, now: float, count: int
) -> list[Suggestion]:
    """Places that talks in the way would have to leave: fewest left without one, then the cheapest."""
    blocked = options.crowded()
    priced = sorted(worth.priced(list(blocked)), key=lambda one: (len(blocked[one[0]]), one[1], one[0]))
    found = [
        _displacing(problem, options, place, cost - now, sorted(blocked[place]))
        for place, cost in priced[:TRIED]
    ]
    found.sort(key=lambda s: (len(s.displaced) - len(s.then or {}), len(s.displaced), s.cost, s.place))
    kept = {place for place, _ in _apart(options.talk, [(s.place, s.cost) for s in found], count)}
    return [one for one in found if one.place in kept]


def _displacing(
    problem: Problem, options: "_Options", place: Place, cost: float, blocking: list[str]
) -> Suggestion:
    """The place with new ones for those in its way, found one after the other."""
    left = {code: at for code, at in options.others.items() if code not in blocking}
    left[options.talk.code] = place
    talks = {talk.code: talk for talk in problem.talks}
    then: dict[str, Place] = {}
    for code in blocking:
        worth = Worth(problem, left, talks[code])
        best = min(worth.priced(_Options(problem, talks[code], left).free()), key=_by_cost, default=None)
        if best is not None:
            then[code] = left[code] = best[0]
            cost += best[1] - worth.at(options.others[code])
    return Suggestion(place, cost, tuple(blocking), then)


def _by_cost(one: tuple[Place, float]) -> tuple[float, int, str]:
    return one[1], one[0][1], one[0][0]


def _apart(talk: Talk, priced: list[tuple[Place, float]], count: int) -> list[tuple[Place, float]]:
    """The cheapest, leaving out places that overlap a cheaper one in the same room."""
    chosen: list[tuple[Place, float]] = []
    for place, cost in sorted(priced, key=_by_cost) if priced else []:
        if len(chosen) == count:
            break
        if all(p[0] != place[0] or abs(p[1] - place[1]) >= talk.minutes for p, _ in chosen):
            chosen.append((place, cost))
    return chosen


class _Options:
    """Where a talk may be, going by itself and by everybody else's place."""

    def __init__(self, problem: Problem, talk: Talk, others: Mapping[str, Place]) -> None:
        self.problem, self.talk, self.others = problem, talk, others
        self.talks = {one.code: one for one in problem.talks}
        self.all_rooms = {room.code: room for room in problem.rooms}
        start, pinned = wish_of(problem, talk)
        self.rooms = [r for r in problem.rooms if fits(talk, r) and pinned in (None, r.code)]
        self.starts = self._starts(start)

    def _starts(self, fixed: int | None) -> np.ndarray:
        """Starts that days and people allow: on the grid, snug behind another talk, and the published one."""
        problem, talk = self.problem, self.talk
        if talk.minutes <= 0 or talk.code in talk.after:
            return np.array([], dtype=np.int64)
        clear = time_for(problem, talk)
        if fixed is not None:
            tried = {fixed}
        else:
            step = max(1, problem.step_min)
            tried = {at for day in problem.days for at in range(day.start, day.end, step)}
            for code, (room, start) in self.others.items():
                before = self.talks[code]
                tried.add(start + before.minutes + problem.turnover(self.all_rooms[room], before, talk))
            if problem.previous and talk.code in problem.previous:
                tried.add(problem.previous[talk.code][1])
        return np.array(sorted(at for at in tried if _within(at, talk.minutes, clear)), dtype=np.int64)

    def free(self) -> list[Place]:
        """Places that nothing stands in the way of."""
        anywhere = np.zeros(len(self.starts), dtype=bool)
        for start in self._beside().values():
            anywhere |= start
        found: list[Place] = []
        for room in self.rooms:
            bad = anywhere | ~self._open(room)
            for blocked in self._in_room(room).values():
                bad |= blocked
            found += [(room.code, int(start)) for start in self.starts[~bad]]
        return found

    def crowded(self) -> dict[Place, set[str]]:
        """Places that are taken, with those in the way; never more than a few, none of them pinned."""
        fixed = set(self.problem.locks) | {
            talk.code for talk in self.problem.talks if talk.fixed_start is not None
        }
        everywhere = self._beside()
        found: dict[Place, set[str]] = {}
        for room in self.rooms:
            blocked: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(self.starts), dtype=bool))
            for source in (everywhere, self._in_room(room)):
                for code, mask in source.items():
                    blocked[code] = blocked[code] | mask
            bad = ~self._open(room)
            total = np.zeros(len(self.starts), dtype=np.int64)
            for code, mask in blocked.items():
                bad |= mask & (code in fixed)
                total += mask
            for k in np.flatnonzero(~bad & (total <= MOST_DISPLACED)):
                codes = {code for code, mask in blocked.items() if mask[k]}
                found[room.code, int(self.starts[k])] = codes
        return found

    def _open(self, room: Room) -> np.ndarray:
        """Which starts the room's own hours allow."""
        if not room.available:
            return np.ones(len(self.starts), dtype=bool)
        ok = np.zeros(len(self.starts), dtype=bool)
        for start, end in merged(room.available):
            ok |= (self.starts >= start) & (self.starts + self.talk.minutes <= end)
        return ok

    def _beside(self) -> dict[str, np.ndarray]:
        """Others that forbid a start whatever the room is: to stand alone, and the order."""
        out: dict[str, np.ndarray] = {}
        ends = self.starts + self.talk.minutes
        for code, (_, then) in self.others.items():
            other = self.talks[code]
            over = then + other.minutes
            if self.talk.alone or other.alone:
                out[code] = (self.starts < over) & (ends > then)
            if code in self.talk.after:
                out[code] = out.get(code, False) | (self.starts < over)
            if self.talk.code in other.after:
                out[code] = out.get(code, False) | (ends > then)
        return out

    def _in_room(self, room: Room) -> dict[str, np.ndarray]:
        """Others that forbid a start in this room: it is theirs, or a person cannot be there in time."""
        out: dict[str, np.ndarray] = {}
        people = set(self.talk.people)
        for code, (there, then) in self.others.items():
            other = self.talks[code]
            before = after = -1
            if there == room.code:
                before = self.problem.turnover(room, other, self.talk)
                after = self.problem.turnover(room, self.talk, other)
            if people.intersection(other.people):
                way = self.problem.travel(room.building, self.all_rooms[there].building)
                before, after = max(before, way), max(after, way)
            if before >= 0:
                over = then + other.minutes + before
                out[code] = (self.starts < over) & (self.starts + self.talk.minutes + after > then)
        return out


def _within(start: int, minutes: int, spans: list[Span]) -> bool:
    return any(a <= start and start + minutes <= b for a, b in spans)
