"""Re-checks a timetable from the problem alone, without any of the solver's bookkeeping."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk, Timetable


@dataclass(frozen=True)
class Violation:
    """One broken hard rule: which, on which talk, against which other (talk, person or ""), in words."""

    rule: str
    talk: str
    other: str
    detail: str


def violations(problem: Problem, timetable: Timetable) -> list[Violation]:
    """Every hard rule the timetable breaks; an empty list means it can be held as it stands."""
    talks = {talk.code: talk for talk in problem.talks}
    rooms = {room.code: room for room in problem.rooms}
    found = [
        Violation("unknown", code, place[0], "no such talk or room")
        for code, place in timetable.places.items()
        if code not in talks or place[0] not in rooms
    ]
    held = {code: place for code, place in timetable.places.items() if code in talks and place[0] in rooms}
    found += [
        Violation("unplaced", code, "", "has no place") for code in talks if code not in timetable.places
    ]
    for code, place in held.items():
        found += _of_one(problem, talks[code], rooms[place[0]], place[1])
        found += _order(talks, held, code)
    for one, two in combinations(sorted(held, key=lambda code: held[code][1]), 2):
        found += _of_two(problem, talks[one], talks[two], held[one], held[two], rooms)
    return found


def _of_one(problem: Problem, talk: Talk, room: Room, start: int) -> list[Violation]:
    """The rules that concern a talk, its room and its people, whatever else is on."""
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
    if room.available and not _inside(time, room.available):
        broken.append(("room_away", room.code, f"the room is not available during {time}"))
    if talk.rooms and room.code not in talk.rooms:
        broken.append(("room_choice", room.code, "not one of the rooms allowed"))
    if missing := talk.equipment - room.equipment:
        broken.append(("equipment", room.code, ", ".join(sorted(missing))))
    if talk.booths > room.booths:
        broken.append(("booths", room.code, f"needs {talk.booths}, has {room.booths}"))
    if talk.minutes <= 0:
        broken.append(("length", "", f"{talk.minutes} minutes"))
    broken += _not_as_fixed(problem, talk, (room.code, start))
    spans = {speaker.code: speaker.available for speaker in problem.speakers}
    for person in talk.people:
        if spans.get(person) and not _inside(time, spans[person]):
            broken.append(("person_away", person, f"not available during {time}"))
    return [Violation(rule, talk.code, other, detail) for rule, other, detail in broken]


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


def _order(talks: Mapping[str, Talk], held: Mapping[str, Place], code: str) -> list[Violation]:
    return [
        Violation("order", code, first, "starts before the other has ended")
        for first in dict.fromkeys(talks[code].after)
        if first in held and held[first][1] + talks[first].minutes > held[code][1]
    ]


def _of_two(
    problem: Problem, one: Talk, two: Talk, at: Place, then: Place, rooms: Mapping[str, Room]
) -> list[Violation]:
    """The rules between two talks, of which `one` does not start later."""
    gap = then[1] - (at[1] + one.minutes)
    found = []
    if at[0] == then[0] and gap < problem.setup_min:
        found.append(Violation("room_twice", one.code, two.code, f"{gap} minutes between them in {at[0]}"))
    if gap < 0 and (one.alone or two.alone):
        found.append(Violation("alone", one.code, two.code, "nothing may run beside it"))
    needed = problem.travel(rooms[at[0]].building, rooms[then[0]].building)
    if gap < needed:
        found += [
            Violation("person_twice", one.code, two.code, f"{person}: {gap} minutes, {needed} needed")
            for person in sorted(set(one.people) & set(two.people))
        ]
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
    seats = {room.code: room.capacity for room in problem.rooms}
    return sum(
        max(0, talk.demand - seats[places[talk.code][0]]) for talk in problem.talks if talk.code in places
    )


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
