"""Which slots each meeting may take, and what can be said of a problem before any search."""

from __future__ import annotations

from .problem import Problem


def domains(problem: Problem) -> list[set[int]]:
    """The slots of each meeting (from 0) by its own rules and those of its two participants.

    Precedences narrow it too, each meeting coming later than whatever must come before it. A set may be
    empty; an order that runs in a circle ends with empty sets as well.
    """
    found = [_own(problem, number) for number in range(len(problem.meetings))]
    waiting = True
    while waiting:
        waiting = False
        for earlier, later in problem.order:
            waiting |= _narrow(found[earlier - 1], found[later - 1])
    return found


def fewest_breaks(problem: Problem, allowed: list[set[int]]) -> list[int]:
    """Of each participant the fewest breaks that its own slots allow: a valid bound, summed or not.

    Its slots are those of `allowed` for its meetings; slots of meetings with one choice are taken.
    """
    found = [0] * problem.participants
    for who, numbers in problem.meetings_of.items():
        usable = set().union(*(allowed[number - 1] for number in numbers))
        taken = {next(iter(a)) for number in numbers if len(a := allowed[number - 1]) == 1}
        found[who - 1] = _fewest_groups(problem.slots, len(numbers), usable, taken) - 1
    return found


def _own(problem: Problem, number: int) -> set[int]:
    meeting, fixed = problem.meetings[number], problem.fixed[number]
    slots = {fixed} if fixed else set(range(1, problem.slots + 1))
    if meeting.half == "am":
        slots = {slot for slot in slots if slot <= problem.morning_slots}
    elif meeting.half == "pm":
        slots = {slot for slot in slots if slot > problem.morning_slots}
    return slots - problem.unavailable[meeting.a - 1] - problem.unavailable[meeting.b - 1]


def _narrow(earlier: set[int], later: set[int]) -> bool:
    """Drop what leaves no room for the other of the two; whether anything was dropped."""
    before = len(earlier) + len(later)
    last, first = max(later, default=0), min(earlier, default=0)
    earlier -= {slot for slot in earlier if slot >= last}
    later -= {slot for slot in later if not first or slot <= first}
    return len(earlier) + len(later) < before


def _fewest_groups(slots: int, meetings: int, usable: set[int], taken: set[int]) -> int:
    """The fewest groups of neighbouring slots that hold so many meetings, all `taken` slots among them."""
    many = slots + 1
    idle = [many] * (meetings + 1)  # meetings placed so far → groups, the last slot being idle
    busy = [many] * (meetings + 1)  # … the last slot being busy
    idle[0] = 0
    for slot in range(1, slots + 1):
        rest = (
            [many] * (meetings + 1) if slot in taken else [min(i, b) for i, b in zip(idle, busy, strict=True)]
        )
        work = [many] * (meetings + 1)
        if slot in usable:
            for placed in range(meetings):
                work[placed + 1] = min(idle[placed] + 1, busy[placed])
        idle, busy = rest, work
    return max(1, min(min(idle[meetings], busy[meetings]), many - 1))
