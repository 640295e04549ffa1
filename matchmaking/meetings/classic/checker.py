"""A schedule of the classical form checked and counted from the problem alone, apart from the solver."""

from __future__ import annotations

from collections import Counter

from .problem import Problem


def violations(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    """Every rule that the schedule (a slot for each meeting) breaks, in words; empty for a sound one."""
    if len(slots) != len(problem.meetings):
        return [f"{len(slots)} slots are given for {len(problem.meetings)} meetings"]
    outside = [
        f"meeting {number} is in slot {slot}, which does not exist"
        for number, slot in enumerate(slots, 1)
        if not 1 <= slot <= problem.slots
    ]
    if outside:
        return outside
    return [
        *_people(problem, slots),
        *_tables(problem, slots),
        *_wishes(problem, slots),
        *_order(problem, slots),
        *_fairness(problem, slots),
    ]


def breaks_by_participant(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[int]:
    """Of each participant the groups of idle slots between two consecutive meetings."""
    busy: list[set[int]] = [set() for _ in range(problem.participants + 1)]
    for meeting, slot in zip(problem.meetings, slots, strict=True):
        busy[meeting.a].add(slot)
        busy[meeting.b].add(slot)
    return [sum(slot + 1 not in days for slot in days if slot != max(days)) for days in busy[1:]]


def _people(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    at_once = Counter(
        (who, slot) for m, slot in zip(problem.meetings, slots, strict=True) for who in (m.a, m.b)
    )
    found = [
        f"participant {who} has {n} meetings in slot {slot}" for (who, slot), n in at_once.items() if n > 1
    ]
    return found + [
        f"participant {who} is not available in slot {slot}"
        for who, slot in at_once
        if slot in problem.unavailable[who - 1]
    ]


def _tables(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    return [
        f"slot {slot} holds {n} meetings at {problem.tables} tables"
        for slot, n in Counter(slots).items()
        if n > problem.tables
    ]


def _wishes(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    found = []
    for number, (meeting, slot) in enumerate(zip(problem.meetings, slots, strict=True), 1):
        if problem.fixed[number - 1] not in (0, slot):
            found.append(f"meeting {number} is in slot {slot}, not in its own")
        half = "am" if slot <= problem.morning_slots else "pm"
        if meeting.half not in (None, half):
            found.append(f"meeting {number} is in slot {slot}, which is {half}")
    return found


def _order(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    return [
        f"meeting {earlier} does not come before meeting {later}"
        for later, before in enumerate(problem.precedences, 1)
        for earlier in before
        if slots[earlier - 1] >= slots[later - 1]
    ]


def _fairness(problem: Problem, slots: list[int] | tuple[int, ...]) -> list[str]:
    if problem.max_break_difference is None:
        return []
    breaks = breaks_by_participant(problem, slots)
    spread = max(breaks) - min(breaks)
    most = problem.max_break_difference
    return [f"breaks differ by {spread}, more than {most}"] if spread > most else []
