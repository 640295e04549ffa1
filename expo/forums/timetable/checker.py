"""Re-checks a timetable from the problem alone, without any of the solver's bookkeeping."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk, Timetable


@dataclass(frozen=True)
class Violation:
    """One broken hard rule: which, on which talk, against which other (talk, room, person or ""), in words.

    Between two talks, `person` is who would have to be at both, `gap` the minutes between them (negative
    where they overlap) and `needed` the minutes there should be.
    """

    rule: str
    talk: str
    other: str
    detail: str
    person: str = ""
    gap: int | None = None
    needed: int | None = None


class _Known(NamedTuple):
    """The problem by its codes."""

    talks: Mapping[str, Talk]
    rooms: Mapping[str, Room]
    free: Mapping[str, tuple[Span, ...]]
    """when people are there, of those who are not always there"""


def violations(problem: Problem, timetable: Timetable) -> list[Violation]:
    """Every hard rule the timetable breaks; an empty list means it can be held as it stands."""
    known = _known(problem)
    found = [
        Violation("unknown", code, place[0], "no such talk or room")
        for code, place in timetable.places.items()
        if code not in known.talks or place[0] not in known.rooms
    ]
    held = _held(known, timetable.places)
    found += [
        Violation("unplaced", code, "", "has no place")
        for code in known.talks
        if code not in timetable.places
    ]
    for code in held:
        found += _of_one(problem, known, code, held[code])
        found += _order(known, held, code)
    for one, two in _pairs(known, held):
        found += _of_two(problem, known, one, two, held[one], held[two])
    return found


def violations_of(problem: Problem, places: Mapping[str, Place], code: str) -> list[Violation]:
    """The hard rules that one talk breaks where it is, alone or against any other: for editing by hand.

    The same as those of `violations` that name the talk, found in time that grows with the talks only.
    """
    known = _known(problem)
    if code not in known.talks or (code in places and places[code][0] not in known.rooms):
        return [Violation("unknown", code, places[code][0] if code in places else "", "no such talk or room")]
    if code not in places:
        return [Violation("unplaced", code, "", "has no place")]
    talk, at = known.talks[code], places[code]
    people, end = set(talk.people), at[1] + talk.minutes
    found = _of_one(problem, known, code, at) + _order(known, {code: at}, code)
    for other, then in places.items():
        if other == code or other not in known.talks or then[0] not in known.rooms:
            continue
        beside = known.talks[other]
        if code in beside.after:
            found += _order(known, {code: at, other: then}, other)
        if other in talk.after:
            found += _order(known, {code: at, other: then}, code)
        overlap = at[1] < then[1] + beside.minutes and then[1] < end
        if (
            then[0] == at[0]
            or (overlap and (talk.alone or beside.alone))
            or people.intersection(beside.people)
        ):
            one, two = (code, other) if (at[1], code) <= (then[1], other) else (other, code)
            found += _of_two(problem, known, one, two, places[one], places[two])
    return found


def _known(problem: Problem) -> _Known:
    return _Known(
        {talk.code: talk for talk in problem.talks},
        {room.code: room for room in problem.rooms},
        {who.code: who.available for who in problem.speakers if who.available},
    )


def _held(known: _Known, places: Mapping[str, Place]) -> dict[str, Place]:
    return {code: at for code, at in places.items() if code in known.talks and at[0] in known.rooms}


def _pairs(known: _Known, held: Mapping[str, Place]) -> list[tuple[str, str]]:
    """Any two talks that share a room or a person, and those beside one that stands alone; earlier first."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, place in held.items():
        together["room", place[0]].append(code)
        for person in set(known.talks[code].people):
            together["person", person].append(code)
    found = {pair for codes in together.values() for pair in combinations(sorted(codes), 2)}
    lonely = [code for code in held if known.talks[code].alone]
    found |= {(min(one, two), max(one, two)) for one in lonely for two in held if one != two}
    ordered = ((one, two) if held[one][1] <= held[two][1] else (two, one) for one, two in found)
    return sorted(ordered, key=lambda pair: (held[pair[0]][1], pair))


def _of_one(problem: Problem, known: _Known, code: str, place: Place) -> list[Violation]:
    """The rules that concern a talk, its room and its people, whatever else is on."""
    talk, room, start = known.talks[code], known.rooms[place[0]], place[1]
    time = (start, start + talk.minutes)
    day = next((day for day in problem.days if day.start <= time[0] and time[1] <= day.end), None)
    broken: list[tuple[str, str, str]] = []
    if day is None:
        broken.append(("day", "", f"{time} lies in no programme day"))
    else:
        broken += [
            ("break", "", f"{time} crosses {rest}")
            for rest in day.breaks
            if rest[0] < rest[1] and _meet(time, rest)
        ]
        if talk.days and day.index not in talk.days:
            broken.append(("day", "", f"day {day.index} is not one of {talk.days}"))
    broken += _not_in_room(talk, room, time)
    if talk.minutes <= 0:
        broken.append(("length", "", f"{talk.minutes} minutes"))
    broken += _not_as_fixed(problem, talk, (room.code, start))
    for person in talk.people:
        if person in known.free and not _inside(time, known.free[person]):
            broken.append(("person_away", person, f"not available during {time}"))
    return [Violation(rule, talk.code, other, detail) for rule, other, detail in broken]


def _not_in_room(talk: Talk, room: Room, time: Span) -> list[tuple[str, str, str]]:
    broken = []
    if room.available and not _inside(time, room.available):
        broken.append(("room_away", room.code, f"the room is not available during {time}"))
    if talk.rooms and room.code not in talk.rooms:
        broken.append(("room_choice", room.code, "not one of the rooms allowed"))
    if missing := talk.equipment - room.equipment:
        broken.append(("equipment", room.code, ", ".join(sorted(missing))))
    if talk.booths > room.booths:
        broken.append(("booths", room.code, f"needs {talk.booths}, has {room.booths}"))
    if talk.layout and room.layouts and talk.layout not in room.layouts:
        broken.append(("layout", room.code, f"is never furnished as {talk.layout}"))
    elif (there := room.layouts[talk.layout] if talk.layout and room.layouts else room.capacity) < talk.seats:
        broken.append(("seats", room.code, f"needs {talk.seats}, has {there}"))
    return broken


def _not_as_fixed(problem: Problem, talk: Talk, place: Place) -> list[tuple[str, str, str]]:
    lock = problem.locks.get(talk.code)
    if lock is not None:
        return [] if tuple(lock) == place else [("lock", lock[0], f"locked at {lock}, held at {place}")]
    broken = []
    if talk.fixed_start is not None and talk.fixed_start != place[1]:
        broken.append(("fixed_start", "", f"fixed at {talk.fixed_start}, held at {place[1]}"))
    if talk.fixed_room is not None and talk.fixed_room != place[0]:
        broken.append(("fixed_room", talk.fixed_room, f"held in {place[0]}"))
    return broken


def _order(known: _Known, held: Mapping[str, Place], code: str) -> list[Violation]:
    return [
        Violation("order", code, first, "starts before the other has ended")
        for first in dict.fromkeys(known.talks[code].after)
        if first in held and held[first][1] + known.talks[first].minutes > held[code][1]
    ]


def _of_two(problem: Problem, known: _Known, a: str, b: str, at: Place, then: Place) -> list[Violation]:
    """The rules between two talks, of which the first does not start later."""
    one, two, room = known.talks[a], known.talks[b], known.rooms[at[0]]
    gap = then[1] - (at[1] + one.minutes)
    found = []

    def broken(rule: str, detail: str, needed: int, person: str = "") -> None:
        found.append(Violation(rule, one.code, two.code, detail, person, gap, needed))

    if at[0] == then[0]:
        needed = problem.turnover(room, one, two)
        if gap < needed:
            rule = "room_twice" if gap < 0 else "turnover"
            broken(rule, f"{gap} minutes between them in {at[0]}, {needed} needed", needed)
    if gap < 0 and (one.alone or two.alone):
        broken("alone", "nothing may run beside it", 0)
    needed = problem.travel(room.building, known.rooms[then[0]].building)
    if gap < needed:
        for person in sorted(set(one.people) & set(two.people)):
            rule = "person_twice" if gap < 0 else "travel"
            broken(rule, f"{person}: {gap} minutes, {needed} needed", needed, person)
    return found


def soft_parts(problem: Problem, places: Mapping[str, Place]) -> dict[str, float]:
    """The weighted soft costs of a set of places, each part by itself; their sum is the total."""
    weights = problem.weights
    return {
        "clash": weights.clash * _clashes(problem, places),
        "overflow": weights.overflow * _standing(problem, places),
        "track": weights.track * _strays(problem, places),
        "idle": weights.idle * _waiting(problem, places),
        "changes": problem.change_price * len(changed(problem, places)),
    }


def changed(problem: Problem, places: Mapping[str, Place]) -> list[str]:
    """The talks of the previous timetable that are no longer where they were."""
    known = {talk.code for talk in problem.talks}
    before = problem.previous or {}
    return [
        code
        for code, place in before.items()
        if code in known and (code not in places or tuple(places[code]) != tuple(place))
    ]


def _clashes(problem: Problem, places: Mapping[str, Place]) -> float:
    """Listeners times the share of the shorter talk they miss, over every two talks that overlap."""
    times = [
        (places[talk.code][1], places[talk.code][1] + talk.minutes) if talk.code in places else None
        for talk in problem.talks
    ]
    shares: dict[tuple[int, int], float] = {}
    for a, b in combinations(range(len(times)), 2):
        one, two = times[a], times[b]
        if one and two and _meet(one, two):
            shorter = min(one[1] - one[0], two[1] - two[0])
            shares[a, b] = (min(one[1], two[1]) - max(one[0], two[0])) / shorter
    fans = problem.stars()
    wanted: Counter[tuple[int, int]] = Counter()
    for person in range(len(fans)):
        wanted.update(combinations(sorted({int(talk) for talk in fans.row(person)}), 2))
    return sum(share * wanted[pair] for pair, share in shares.items())


def _standing(problem: Problem, places: Mapping[str, Place]) -> int:
    rooms = {room.code: room for room in problem.rooms}
    held = [(talk, rooms[places[talk.code][0]]) for talk in problem.talks if talk.code in places]
    return sum(max(0, talk.demand - (room.seats(talk.layout) or 0)) for talk, room in held)


def _strays(problem: Problem, places: Mapping[str, Place]) -> int:
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for talk in problem.talks:
        if talk.forum and talk.code in places:
            used[talk.forum][places[talk.code][0]] += 1
    return sum(sum(rooms.values()) - max(rooms.values()) for rooms in used.values())


def _waiting(problem: Problem, places: Mapping[str, Place]) -> int:
    """Minutes from a person's first start to last end of a day, less breaks and the talks themselves."""
    waits = 0
    for day in problem.days:
        agendas: dict[str, list[Span]] = defaultdict(list)
        for talk in problem.talks:
            start = places[talk.code][1] if talk.code in places else None
            if start is not None and day.start <= start < day.end:
                for person in set(talk.people):
                    agendas[person].append((start, start + talk.minutes))
        resting = {minute for rest in day.breaks for minute in range(max(rest[0], day.start), rest[1])}
        for agenda in agendas.values():
            present = range(min(start for start, _ in agenda), max(end for _, end in agenda))
            pauses = len(resting.intersection(present)) if len(agenda) > 1 else 0
            waits += max(0, len(present) - pauses - sum(end - start for start, end in agenda))
    return waits


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _inside(time: Span, spans: tuple[Span, ...]) -> bool:
    """Whether every minute of `time` is covered, also by spans that only touch each other."""
    reached = time[0]
    for start, end in sorted(spans):
        if start <= reached < end:
            reached = end
    return reached >= time[1]
