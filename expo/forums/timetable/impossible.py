"""Says before solving why no timetable can satisfy everything, as codes and figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from expo.forums.timetable.board import fits, wish_of
from expo.forums.timetable.problem import Problem, Room, Span, Talk
from expo.forums.timetable.spans import common, stretches, without


@dataclass(frozen=True)
class Reason:
    """One thing that cannot be: a code, the talks concerned and the figures a sentence needs."""

    code: str
    talks: tuple[str, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)


def why_impossible(problem: Problem) -> list[Reason]:
    """Everything certain to leave a talk without a place; an empty list promises nothing.

    Codes: no_length, unknown_room, room_not_allowed, no_room_equipped, longer_than_any_stretch,
    people_never_together, never_at_fixed_start, no_room_free_long_enough (one talk each);
    pinned_room_twice, pinned_person_twice, pinned_beside_alone, pinned_order (two pinned talks);
    order_cycle; person_minutes_short, room_minutes_short (with `short`, `needed`, `there` in minutes).
    """
    reasons = [reason for talk in problem.talks for reason in _of_talk(problem, talk)]
    hopeless = {code for reason in reasons for code in reason.talks}
    reasons += _between_pinned(problem)
    reasons += _cycles(problem)
    sound = [talk for talk in problem.talks if talk.code not in hopeless]
    return [*reasons, *_people_short(problem, sound), *_rooms_short(problem, sound)]


def crowded(problem: Problem) -> list[Reason]:
    """Talks wanted by more people than any room they may use can seat: allowed, but worth knowing."""
    out = []
    for talk in problem.talks:
        seats = max((room.capacity for room in problem.rooms if _usable(problem, talk, room)), default=None)
        if seats is not None and talk.demand > seats:
            out.append(Reason("too_few_seats", (talk.code,), {"demand": talk.demand, "seats": seats}))
    return out


def _usable(problem: Problem, talk: Talk, room: Room) -> bool:
    return fits(talk, room) and wish_of(problem, talk)[1] in (None, room.code)


def _time_for(problem: Problem, talk: Talk) -> list[Span]:
    """Programme time in which all of the talk's people are there."""
    free = {who.code: who.available for who in problem.speakers if who.available}
    clear = stretches(problem, talk.days)
    for who in talk.people:
        clear = common(clear, free[who]) if who in free else clear
    return clear


def _longest(spans: list[Span]) -> int:
    return max((end - start for start, end in spans), default=0)


def _of_talk(problem: Problem, talk: Talk) -> Iterator[Reason]:
    """At most one reason for one talk: the first that settles it."""
    start, room = wish_of(problem, talk)

    def no(code: str, **figures: object) -> Reason:
        return Reason(code, (talk.code,), figures)

    if talk.minutes <= 0:
        yield no("no_length", minutes=talk.minutes)
        return
    if room is not None and room not in {one.code for one in problem.rooms}:
        yield no("unknown_room", room=room)
        return
    if room is not None and talk.rooms and room not in talk.rooms:
        yield no("room_not_allowed", room=room, allowed=talk.rooms)
        return
    rooms = [one for one in problem.rooms if _usable(problem, talk, one)]
    if not rooms:
        yield no("no_room_equipped", equipment=tuple(sorted(talk.equipment)), booths=talk.booths)
        return
    longest = _longest(stretches(problem, talk.days))
    if longest < talk.minutes:
        yield no("longer_than_any_stretch", minutes=talk.minutes, longest=longest)
        return
    clear = _time_for(problem, talk)
    if _longest(clear) < talk.minutes:
        yield no("people_never_together", minutes=talk.minutes, longest=_longest(clear), people=talk.people)
        return
    if start is not None:
        time = (start, start + talk.minutes)
        if not any(a <= time[0] and time[1] <= b for a, b in clear):
            yield no("never_at_fixed_start", start=start, minutes=talk.minutes)
            return
        clear = [time]
    longest = max(_longest(common(clear, one.available) if one.available else clear) for one in rooms)
    if longest < talk.minutes:
        codes = tuple(one.code for one in rooms)
        yield no("no_room_free_long_enough", minutes=talk.minutes, longest=longest, rooms=codes)


def _between_pinned(problem: Problem) -> Iterator[Reason]:
    """Pairs of talks whose fixed times cannot both hold."""
    buildings = {room.code: room.building for room in problem.rooms}
    pinned = [(talk, *wish_of(problem, talk)) for talk in problem.talks]
    at = sorted(((t, s, r) for t, s, r in pinned if s is not None), key=lambda one: one[1])
    for (one, start, room), (two, then, there) in combinations(at, 2):
        gap = then - start - one.minutes
        both = (one.code, two.code)
        if room is not None and room == there and gap < problem.setup_min:
            yield Reason("pinned_room_twice", both, {"room": room, "gap": gap, "needed": problem.setup_min})
        known = room in buildings and there in buildings
        needed = problem.travel(buildings[room], buildings[there]) if known else 0
        if gap < needed:
            for who in sorted(set(one.people) & set(two.people)):
                yield Reason("pinned_person_twice", both, {"person": who, "gap": gap, "needed": needed})
        if gap < 0 and (one.alone or two.alone):
            yield Reason("pinned_beside_alone", both, {"gap": gap})
        if one.code in two.after and gap < 0:
            yield Reason("pinned_order", both, {"gap": gap})
        if two.code in one.after and then + two.minutes > start:
            yield Reason("pinned_order", both[::-1], {"gap": start - then - two.minutes})


def _cycles(problem: Problem) -> list[Reason]:
    """Rings of talks each of which is to follow the one before; one ring per knot."""
    after = {talk.code: list(dict.fromkeys(talk.after)) for talk in problem.talks}
    settled: set[str] = set()
    found = []
    for first in after:
        path: list[str] = []
        trail = [(first, iter(after[first]))] if first not in settled else []
        while trail:
            code, rest = trail[-1]
            if code not in path:
                path.append(code)
            follower = next((other for other in rest if other in after and other not in settled), None)
            if follower in path:
                found.append(Reason("order_cycle", tuple(path[path.index(follower) :]), {}))
            elif follower is not None:
                trail.append((follower, iter(after[follower])))
            else:
                settled.add(code)
                path.pop()
                trail.pop()
    return found


def _people_short(problem: Problem, talks: list[Talk]) -> Iterator[Reason]:
    """People with more minutes of talks than minutes in which they are there."""
    free = {who.code: who.available for who in problem.speakers if who.available}
    theirs: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        for who in dict.fromkeys(talk.people):
            theirs[who].append(talk)
    open_time = stretches(problem)
    for who, wanted in theirs.items():
        there = sum(b - a for a, b in (common(open_time, free[who]) if who in free else open_time))
        needed = sum(talk.minutes for talk in wanted)
        if needed > there:
            figures = {"person": who, "needed": needed, "there": there, "short": needed - there}
            yield Reason("person_minutes_short", tuple(talk.code for talk in wanted), figures)


def _rooms_short(problem: Problem, talks: list[Talk]) -> Iterator[Reason]:
    """Talks that can only be in certain rooms at certain times, and together need more than there is.

    Every talk has its rooms and its stretches of programme time (a Friday afternoon); for each such
    pair that occurs, the talks confined to it are weighed against the minutes in it. Set-up counts once
    per talk and once more per stretch, so the shortage is real whatever the order.
    """
    blocks = stretches(problem)
    busy = [
        (start, start + talk.minutes)
        for talk in talks
        if talk.alone and (start := wish_of(problem, talk)[0]) is not None
    ]
    confined: dict[tuple[frozenset[str], frozenset[int]], list[Talk]] = defaultdict(list)
    for talk in talks:
        start, _ = wish_of(problem, talk)
        if talk.alone and start is not None:
            continue
        rooms = frozenset(room.code for room in problem.rooms if _usable(problem, talk, room))
        when = common(
            _time_for(problem, talk), [(start, start + talk.minutes)] if start is not None else blocks
        )
        confined[rooms, frozenset(_held_in(blocks, when, talk.minutes))].append(talk)
    seen: set[tuple[str, ...]] = set()
    for rooms, numbers in sorted(_bounds(list(confined)), key=lambda key: (len(key[0]), len(key[1]))):
        inside = [t for (r, b), some in confined.items() if r <= rooms and b <= numbers for t in some]
        needed = sum(talk.minutes + problem.setup_min for talk in inside)
        there = 0
        for room in problem.rooms:
            if room.code in rooms:
                time = without([blocks[k] for k in numbers], busy)
                spans = common(time, room.available) if room.available else time
                there += sum(end - start + problem.setup_min for start, end in spans)
        codes = tuple(talk.code for talk in inside)
        if needed > there and codes not in seen:
            seen.add(codes)
            figures = {
                "rooms": tuple(room.code for room in problem.rooms if room.code in rooms),
                "spans": tuple(blocks[k] for k in sorted(numbers)),
                "days": tuple(day.index for day in problem.days if any(_on(blocks[k], day) for k in numbers)),
                "needed": needed,
                "there": there,
                "short": needed - there,
            }
            yield Reason("room_minutes_short", codes, figures)


def _bounds(keys: list[tuple[frozenset[str], frozenset[int]]]):
    """Pairs of rooms and stretches worth weighing: those that occur, crossed where that stays few."""
    rooms, numbers = {key[0] for key in keys}, {key[1] for key in keys}
    return {(r, b) for r in rooms for b in numbers} if len(rooms) * len(numbers) <= MANY else set(keys)


MANY = 4000


def _held_in(blocks: list[Span], when: list[Span], minutes: int) -> list[int]:
    return [k for k, block in enumerate(blocks) if _longest(common(when, [block])) >= minutes]


def _on(block: Span, day) -> bool:
    return day.start <= block[0] < day.end
