"""First come, first fit: what a patient person with a spreadsheet would get, for comparison."""

from expo.forums.timetable.board import fits
from expo.forums.timetable.checker import soft_parts
from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk, Timetable
from expo.forums.timetable.spans import common, merged, stretches


def first_fit(problem: Problem) -> Timetable:
    """Pinned talks first, then by demand, each to its earliest start and smallest room that will do."""
    places: dict[str, Place] = {}
    rooms = sorted(problem.rooms, key=lambda room: (room.capacity, room.code))
    free = {who.code: list(who.available) for who in problem.speakers if who.available}
    for talk in _in_order(problem):
        for room, start in _options(problem, talk, rooms, free):
            if _no_collision(problem, places, talk, room, start):
                places[talk.code] = (room.code, start)
                break
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
    for start in [start_wish] if start_wish is not None else _grid(problem):
        time = (start, start + talk.minutes)
        if not any(a <= time[0] and time[1] <= b for a, b in clear):
            continue
        for room in fit:
            if not room.available or any(a <= time[0] and time[1] <= b for a, b in merged(room.available)):
                yield room, start


def _grid(problem: Problem) -> list[int]:
    return sorted(
        start for day in problem.days for start in range(day.start, day.end, max(1, problem.step_min))
    )


def _no_collision(problem: Problem, places: dict[str, Place], talk: Talk, room: Room, start: int) -> bool:
    buildings = {one.code: one.building for one in problem.rooms}
    for other in problem.talks:
        if other.code not in places:
            continue
        there, then = places[other.code]
        pair = (other, talk) if then <= start else (talk, other)
        turnover = problem.turnover(room, *pair)
        gap = max(then - start - talk.minutes, start - then - other.minutes)
        needed = (
            problem.travel(room.building, buildings[there]) if set(talk.people) & set(other.people) else 0
        )
        wrong_order = (other.code in talk.after and then + other.minutes > start) or (
            talk.code in other.after and start + talk.minutes > then
        )
        shared = bool(set(talk.people) & set(other.people))
        if (
            wrong_order
            or (there == room.code and gap < turnover)
            or (shared and gap < needed)
            or (gap < 0 and (talk.alone or other.alone))
        ):
            return False
    return True
