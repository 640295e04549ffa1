"""People and rooms with less time than the talks that cannot do without them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from expo.forums.timetable.board import fits, wish_of
from expo.forums.timetable.problem import Day, Problem, Room, Span, Talk
from expo.forums.timetable.spans import common, stretches, without

MANY = 4000
"""Pairs of rooms and stretches beyond which only those that occur are weighed."""


@dataclass(frozen=True)
class Reason:
    """One thing that cannot be: a code, the talks concerned and the figures a sentence needs."""

    code: str
    talks: tuple[str, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)


def usable(problem: Problem, talk: Talk, room: Room) -> bool:
    """Whether the talk may be in the room, going by what it needs and where it is pinned."""
    return fits(talk, room) and wish_of(problem, talk)[1] in (None, room.code)


def time_for(problem: Problem, talk: Talk) -> list[Span]:
    """Programme time in which all of the talk's people are there."""
    free = {who.code: who.available for who in problem.speakers if who.available}
    clear = stretches(problem, talk.days)
    for who in talk.people:
        clear = common(clear, free[who]) if who in free else clear
    return clear


def longest_of(spans: list[Span]) -> int:
    """Minutes of the longest span; 0 without any."""
    return max((end - start for start, end in spans), default=0)


def people_short(problem: Problem, talks: list[Talk]) -> Iterator[Reason]:
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


def rooms_short(problem: Problem, talks: list[Talk]) -> Iterator[Reason]:
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
        rooms = frozenset(room.code for room in problem.rooms if usable(problem, talk, room))
        when = common(
            time_for(problem, talk), [(start, start + talk.minutes)] if start is not None else blocks
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


def _held_in(blocks: list[Span], when: list[Span], minutes: int) -> list[int]:
    return [k for k, block in enumerate(blocks) if longest_of(common(when, [block])) >= minutes]


def _on(block: Span, day: Day) -> bool:
    return day.start <= block[0] < day.end
