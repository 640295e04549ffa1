"""First come, first fit: what a patient person with a spreadsheet would get, for comparison."""

from collections import defaultdict

from expo.forums.timetable.board import fits
from expo.forums.timetable.checker import soft_parts
from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk, Timetable
from expo.forums.timetable.spans import common, merged, stretches


def first_fit(problem: Problem) -> Timetable:
    """Pinned talks first, then by demand, each to its earliest start and smallest room that will do."""
    held = _Held(problem)
    rooms = sorted(problem.rooms, key=lambda room: (room.capacity, room.code))
    free = {who.code: list(who.available) for who in problem.speakers if who.available}
    for talk in _in_order(problem):
        elsewhere = held.elsewhere(talk)
        for room, start in _options(problem, talk, rooms, free):
            if held.is_busy(talk, room, start) or any(
                held.collides(talk, room, start, one) for one in (*held.in_room[room.code], *elsewhere)
            ):
                continue
            held.put(talk, room, start)
            break
    places = held.places
    unplaced = tuple(talk.code for talk in problem.talks if talk.code not in places)
    parts = soft_parts(problem, places)
    return Timetable(places, unplaced, len(unplaced), sum(parts.values()), parts)


def _in_order(problem: Problem) -> list[Talk]:
    """Pinned talks, then those with nothing beside them, then by demand; never before what they follow."""
    pinned = {talk.code for talk in problem.talks if talk.fixed_start is not None} | set(problem.locks)
    waiting = sorted(
        problem.talks, key=lambda talk: (talk.code not in pinned, not talk.alone, -talk.demand, talk.code)
    )
    known, done, out = {talk.code for talk in waiting}, set(), []
    while waiting:
        ready = (talk for talk in waiting if all(code in done or code not in known for code in talk.after))
        talk = next(ready, waiting[0])
        waiting.remove(talk)
        done.add(talk.code)
        out.append(talk)
    return out


def _options(problem: Problem, talk: Talk, rooms: list[Room], free: dict[str, list[Span]]):
    """(room, start) pairs the talk alone allows: by start, then rooms with seats enough, smallest first."""
    start_wish, room_wish = talk.fixed_start, talk.fixed_room
    if talk.code in problem.locks:
        room_wish, start_wish = problem.locks[talk.code]
    if talk.minutes <= 0 or talk.code in talk.after:
        return
    clear = stretches(problem, talk.days)
    for who in talk.people:
        clear = common(clear, free[who]) if who in free else clear
    fit = [
        room
        for room in sorted(rooms, key=lambda room: (room.seats(talk.layout) or 0) < talk.demand)
        if fits(talk, room) and room_wish in (None, room.code)
    ]
    there = {room.code: merged(room.available) for room in fit}
    for start in [start_wish] if start_wish is not None else _grid(problem):
        time = (start, start + talk.minutes)
        if not any(a <= time[0] and time[1] <= b for a, b in clear):
            continue
        for room in fit:
            if not room.available or any(a <= time[0] and time[1] <= b for a, b in there[room.code]):
                yield room, start


def _grid(problem: Problem) -> list[int]:
    return sorted(
        start for day in problem.days for start in range(day.start, day.end, max(1, problem.step_min))
    )


class _Held:
    """The talks placed so far, by what they could collide over, so that none looks through all of them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.buildings = {room.code: room.building for room in problem.rooms}
        self.followers: dict[str, list[str]] = defaultdict(list)
        for talk in problem.talks:
            for code in talk.after:
                self.followers[code].append(talk.code)
        self.places: dict[str, Place] = {}
        self.talks: dict[str, Talk] = {}
        self.in_room: dict[str, list[Talk]] = defaultdict(list)
        self.of_person: dict[str, list[Talk]] = defaultdict(list)
        self.alone: list[Talk] = []
        self.busy_rooms: dict[str, int] = defaultdict(int)
        self.busy_people: dict[str, int] = defaultdict(int)
        starts = [talk.fixed_start for talk in problem.talks if talk.fixed_start is not None]
        starts += [start for _, start in problem.locks.values()]
        self.first = min([day.start for day in problem.days] + starts, default=0)

    def is_busy(self, talk: Talk, room: Room, start: int) -> bool:
        """Whether the room or somebody needed is taken in a minute of it: a look at bits before any sum."""
        minutes = self._minutes(talk, start)
        return bool(self.busy_rooms[room.code] & minutes) or any(
            self.busy_people[one] & minutes for one in talk.people
        )

    def _minutes(self, talk: Talk, start: int) -> int:
        return ((1 << talk.minutes) - 1) << (start - self.first)

    def put(self, talk: Talk, room: Room, start: int) -> None:
        self.places[talk.code], self.talks[talk.code] = (room.code, start), talk
        self.in_room[room.code].append(talk)
        self.busy_rooms[room.code] |= self._minutes(talk, start)
        for person in set(talk.people):
            self.of_person[person].append(talk)
            self.busy_people[person] |= self._minutes(talk, start)
        if talk.alone:
            self.alone.append(talk)

    def elsewhere(self, talk: Talk) -> list[Talk]:
        """The placed talks that matter to `talk` in whatever room it is."""
        if talk.alone:
            return list(self.talks.values())
        found = {one.code: one for person in talk.people for one in self.of_person[person]}
        found |= {one.code: one for one in self.alone}
        order = (*talk.after, *self.followers[talk.code])
        return list((found | {code: self.talks[code] for code in order if code in self.talks}).values())

    def collides(self, talk: Talk, room: Room, start: int, other: Talk) -> bool:
        there, then = self.places[other.code]
        pair = (other, talk) if then <= start else (talk, other)
        gap = max(then - start - talk.minutes, start - then - other.minutes)
        return (
            (other.code in talk.after and then + other.minutes > start)
            or (talk.code in other.after and start + talk.minutes > then)
            or (there == room.code and gap < self.problem.turnover(room, *pair))
            or (gap < 0 and (talk.alone or other.alone))
            or (
                not set(talk.people).isdisjoint(other.people)
                and gap < self.problem.travel(room.building, self.buildings[there])
            )
        )
