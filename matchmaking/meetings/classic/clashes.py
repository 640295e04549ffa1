"""Why there can be no schedule: what shows without a search, and the rules that a search can do without."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .domains import domains
from .problem import Meeting, Problem


def clash(problem: Problem, allowed: list[set[int]]) -> str | None:
    """A rule that cannot be kept whatever is done, in one sentence; None where none shows at once."""
    return (
        _crowded(problem)
        or _stuck(problem, allowed)
        or _circle(problem, allowed)
        or _fixed_together(problem)
        or _overfull(problem, allowed)
    )


def relaxations(problem: Problem) -> dict[str, Problem]:
    """The problem without one of its rules, by the rule's key; rules that bind nothing left out."""
    free = {
        "max_break_difference": replace(problem, max_break_difference=None),
        "precedences": replace(problem, precedences=((),) * len(problem.meetings)),
        "fixed": replace(problem, fixed=(0,) * len(problem.meetings)),
        "half": replace(problem, meetings=tuple(Meeting(m.a, m.b) for m in problem.meetings)),
        "unavailable": replace(problem, unavailable=(frozenset(),) * problem.participants),
        "tables": replace(problem, tables=max(1, len(problem.meetings))),
    }
    return {rule: one for rule, one in free.items() if one != problem}


def _crowded(problem: Problem) -> str | None:
    meetings, places = len(problem.meetings), problem.tables * problem.slots
    if meetings > places:
        return f"{meetings} meetings do not fit in {problem.slots} slots with {problem.tables} tables"
    for who, numbers in sorted(problem.meetings_of.items()):
        here = problem.slots - len(problem.unavailable[who - 1])
        if len(numbers) > here:
            return f"participant {who} has {len(numbers)} meetings and is available in {here} slots"
    return None


def _stuck(problem: Problem, allowed: list[set[int]]) -> str | None:
    unordered = replace(problem, precedences=((),) * len(problem.meetings))
    for number, slots in enumerate(domains(unordered), 1):
        if not slots:
            meeting, fixed = problem.meetings[number - 1], problem.fixed[number - 1]
            where = f"in its fixed slot {fixed}" if fixed else f"({meeting.half})" if meeting.half else ""
            return (
                f"meeting {number} of participants {meeting.a} and {meeting.b} has no slot {where}".rstrip()
                + " in which both are available"
            )
    return None


def _circle(problem: Problem, allowed: list[set[int]]) -> str | None:
    for number, slots in enumerate(allowed, 1):
        if not slots:
            return f"the precedences leave no slot for meeting {number}"
    return None


def _fixed_together(problem: Problem) -> str | None:
    held = Counter(slot for slot in problem.fixed if slot)
    for slot, meetings in sorted(held.items()):
        if meetings > problem.tables:
            return f"{meetings} meetings are fixed to slot {slot}, which has {problem.tables} tables"
    first: dict[tuple[int, int], int] = {}
    for number, (meeting, slot) in enumerate(zip(problem.meetings, problem.fixed, strict=True), 1):
        for who in (meeting.a, meeting.b):
            other = first.setdefault((who, slot), number)
            if slot and other != number:
                return f"meetings {other} and {number} of participant {who} are both fixed to slot {slot}"
    return None


def _overfull(problem: Problem, allowed: list[set[int]]) -> str | None:
    """Somebody whose meetings cannot all have a slot of their own."""
    for who, numbers in sorted(problem.meetings_of.items()):
        taken: dict[int, int] = {}
        for number in numbers:
            if not _seat(number, allowed, taken, set()):
                return f"the {len(numbers)} meetings of participant {who} cannot all have a slot of their own"
    return None


def _seat(number: int, allowed: list[set[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give a meeting a slot, moving others of the same participant on; the augmenting path of a matching."""
    for slot in sorted(allowed[number - 1] - tried):
        tried.add(slot)
        if slot not in taken or _seat(taken[slot], allowed, taken, tried):
            taken[slot] = number
            return True
    return False
