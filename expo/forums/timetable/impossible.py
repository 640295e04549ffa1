"""Says before solving why no timetable can satisfy everything, as codes and figures."""

from collections.abc import Iterator
from itertools import combinations

from expo.forums.timetable.board import wish_of
from expo.forums.timetable.problem import Problem, Span, Talk
from expo.forums.timetable.shortage import Reason, longest_of, people_short, rooms_short, time_for, usable
from expo.forums.timetable.spans import common, stretches


def why_impossible(problem: Problem) -> list[Reason]:
    """Everything certain to leave a talk without a place; an empty list promises nothing.

    Codes: no_length, unknown_room, room_not_allowed, no_room_equipped, longer_than_any_stretch,
    people_never_together, never_at_fixed_start, no_room_free_long_enough (one talk each);
    pinned_room_twice, pinned_person_twice, pinned_beside_alone, pinned_order (two pinned talks);
    order_cycle; order_leaves_no_time (a talk and its forerunners, which end too late);
    person_minutes_short, room_minutes_short (with `short`, `needed`, `there` in minutes).
    """
    reasons = [reason for talk in problem.talks for reason in _of_talk(problem, talk)]
    hopeless = {code for reason in reasons for code in reason.talks}
    reasons += _between_pinned(problem)
    reasons += _cycles(problem)
    disordered = {code for reason in reasons if "order" in reason.code for code in reason.talks}
    sound = [talk for talk in problem.talks if talk.code not in hopeless]
    return [
        *reasons,
        *_too_late(problem, [talk for talk in sound if talk.code not in disordered]),
        *people_short(problem, sound),
        *rooms_short(problem, sound),
    ]


def crowded(problem: Problem) -> list[Reason]:
    """Talks wanted by more people than any room they may use can seat: allowed, but worth knowing."""
    out = []
    for talk in problem.talks:
        seats = max((room.capacity for room in problem.rooms if usable(problem, talk, room)), default=None)
        if seats is not None and talk.demand > seats:
            out.append(Reason("too_few_seats", (talk.code,), {"demand": talk.demand, "seats": seats}))
    return out


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
    rooms = [one for one in problem.rooms if usable(problem, talk, one)]
    if not rooms:
        yield no(
            "no_room_equipped",
            equipment=tuple(sorted(talk.equipment)),
            booths=talk.booths,
            layout=talk.layout,
            seats=talk.seats,
        )
        return
    longest = longest_of(stretches(problem, talk.days))
    if longest < talk.minutes:
        yield no("longer_than_any_stretch", minutes=talk.minutes, longest=longest)
        return
    clear = time_for(problem, talk)
    if longest_of(clear) < talk.minutes:
        yield no("people_never_together", minutes=talk.minutes, longest=longest_of(clear), people=talk.people)
        return
    if start is not None:
        time = (start, start + talk.minutes)
        if not any(a <= time[0] and time[1] <= b for a, b in clear):
            yield no("never_at_fixed_start", start=start, minutes=talk.minutes)
            return
        clear = [time]
    longest = max(longest_of(common(clear, one.available) if one.available else clear) for one in rooms)
    if longest < talk.minutes:
        codes = tuple(one.code for one in rooms)
        yield no("no_room_free_long_enough", minutes=talk.minutes, longest=longest, rooms=codes)


def _between_pinned(problem: Problem) -> Iterator[Reason]:
    """Pairs of talks whose fixed times cannot both hold."""
    rooms = {room.code: room for room in problem.rooms}
    pinned = [(talk, *wish_of(problem, talk)) for talk in problem.talks]
    at = sorted(((t, s, r) for t, s, r in pinned if s is not None), key=lambda one: one[1])
    for (one, start, room), (two, then, there) in combinations(at, 2):
        gap = then - start - one.minutes
        both = (one.code, two.code)
        shared = rooms.get(room) if room is not None and room == there else None
        if shared and gap < (needed := problem.turnover(shared, one, two)):
            yield Reason("pinned_room_twice", both, {"room": room, "gap": gap, "needed": needed})
        known = room in rooms and there in rooms
        needed = problem.travel(rooms[room].building, rooms[there].building) if known else 0
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


def _too_late(problem: Problem, talks: list[Talk]) -> Iterator[Reason]:
    """Talks whose forerunners, each as early as it can be, end when it is too late to start."""
    open_time = {talk.code: _starts(problem, talk) for talk in talks}
    minutes = {talk.code: talk.minutes for talk in talks}
    earliest = {code: spans[0][0] for code, spans in open_time.items() if spans}
    said: set[str] = set()
    for _ in talks:
        before = dict(earliest)
        for talk in talks:
            firsts = [code for code in talk.after if code in earliest]
            ready = max((earliest[code] + minutes[code] for code in firsts), default=None)
            if ready is None or talk.code not in earliest or ready <= earliest[talk.code]:
                continue
            later = [max(ready, start) for start, last in open_time[talk.code] if last >= ready]
            if later:
                earliest[talk.code] = min(later)
            elif talk.code not in said:
                said.add(talk.code)
                last = max(last for _, last in open_time[talk.code])
                yield Reason("order_leaves_no_time", (talk.code, *firsts), {"ready": ready, "latest": last})
                del earliest[talk.code]
        if earliest == before:
            return


def _starts(problem: Problem, talk: Talk) -> list[Span]:
    """First and last minute the talk may start, for each span of time that is long enough."""
    start, _ = wish_of(problem, talk)
    if start is not None:
        return [(start, start)]
    return [(a, b - talk.minutes) for a, b in time_for(problem, talk) if b - a >= talk.minutes]
