"""The agenda checked and scored again from the problem alone, sharing nothing with the solver."""

from collections import Counter
from dataclasses import dataclass

from .problem import POINT, Agenda, Meeting, Problem, points


@dataclass(frozen=True)
class Violation:
    """One broken rule: its code, and the party, pair, slot or table it is about."""

    code: str
    about: tuple


@dataclass(frozen=True)
class Worth:
    """What an agenda is worth. `objective` is score less change and shortfall prices."""

    musts: int
    score: float
    objective: float
    shortfall: int
    changes: int
    breaks: int
    most_breaks: int


def violations(problem: Problem, agenda: Agenda) -> list[Violation]:
    """Every hard rule that the agenda breaks; empty for a sound one."""
    return [
        *_people(problem, agenda),
        *_tables(problem, agenda),
        *_pairs(problem, agenda),
        *_locks(problem, agenda),
    ]


def _people(problem: Problem, agenda: Agenda) -> list[Violation]:
    parties = {p.code: p for p in problem.parties}
    at_once = Counter((who, m[2]) for m in agenda.meetings for who in m[:2])
    found = [Violation("two_at_once", where) for where, n in at_once.items() if n > 1]
    for who, slot in at_once:
        if who not in parties:
            found.append(Violation("unknown_party", (who,)))
        elif slot in parties[who].unavailable:
            found.append(Violation("not_available", (who, slot)))
    held = Counter(who for m in agenda.meetings for who in m[:2])
    return found + [
        Violation("over_maximum", (p.code, held[p.code], p.max_meetings))
        for p in problem.parties
        if held[p.code] > p.max_meetings
    ]


def _tables(problem: Problem, agenda: Agenda) -> list[Violation]:
    own = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
    at_once = Counter((m[3], m[2]) for m in agenda.meetings)
    found = [Violation("table_taken_twice", where) for where, n in at_once.items() if n > 1]
    for buyer, supplier, slot, table in agenda.meetings:
        if not 0 <= table < problem.tables:
            found.append(Violation("no_such_table", (table, slot)))
        fixed = {own[who] for who in (buyer, supplier) if who in own}
        if fixed and fixed != {table}:
            found.append(Violation("not_at_the_fixed_table", (buyer, supplier, table)))
        if not fixed and table in own.values():
            found.append(Violation("at_somebody_elses_table", (buyer, supplier, table)))
    return found


def _pairs(problem: Problem, agenda: Agenda) -> list[Violation]:
    requests = {(p.buyer, p.supplier): p for p in problem.pairs}
    locked = {(b, s) for b, s, _ in problem.locks}
    held = Counter(m[:2] for m in agenda.meetings)
    found = [Violation("held_twice", pair) for pair, n in held.items() if n > 1]
    slot_of = {m[:2]: m[2] for m in agenda.meetings}
    for pair, slot in slot_of.items():
        if not 0 <= slot < problem.slots:
            found.append(Violation("no_such_slot", (*pair, slot)))
        if pair in problem.forbidden:
            found.append(Violation("forbidden", pair))
        if pair not in requests and pair not in locked:
            found.append(Violation("not_requested", pair))
        half = requests[pair].half if pair in requests else None
        if half and half != ("am" if problem.is_morning(slot) else "pm"):
            found.append(Violation("wrong_half", (*pair, slot)))
    return found + [
        Violation("out_of_order", (first, second))
        for first, second in problem.precedences
        if first in slot_of and second in slot_of and slot_of[first] >= slot_of[second]
    ]


def _locks(problem: Problem, agenda: Agenda) -> list[Violation]:
    slot_of = {m[:2]: m[2] for m in agenda.meetings}
    return [
        Violation("lock_not_kept", (b, s, slot))
        for b, s, slot in problem.locks
        if (b, s) not in slot_of or (slot is not None and slot_of[(b, s)] != slot)
    ]


def score_of(problem: Problem, agenda: Agenda) -> Worth:
    """What the agenda's meetings are worth, recomputed from the problem."""
    held = {m[:2]: m[2] for m in agenda.meetings}
    met = Counter(who for pair in held for who in pair)
    score = sum(points(p.score) for p in problem.pairs if (p.buyer, p.supplier) in held)
    shortfall = sum(max(0, p.min_meetings - met[p.code]) for p in problem.parties)
    changes = sum(held.get((m[0], m[1])) != m[2] for m in problem.previous)
    prices = points(problem.change_price) * changes + points(problem.shortfall_price) * shortfall
    breaks = breaks_by_party(problem, agenda.meetings)
    return Worth(
        musts=sum(p.must for p in problem.pairs if (p.buyer, p.supplier) in held),
        score=score / POINT,
        objective=(score - prices) / POINT,
        shortfall=shortfall,
        changes=changes,
        breaks=sum(breaks.values()),
        most_breaks=max(breaks.values(), default=0),
    )


def breaks_by_party(problem: Problem, meetings: tuple[Meeting, ...]) -> dict[str, int]:
    """Idle groups between consecutive meetings of each party on one day (nights are no breaks)."""
    busy: dict[str, set[int]] = {p.code: set() for p in problem.parties}
    for buyer, supplier, slot, _ in meetings:
        busy[buyer].add(slot)
        busy[supplier].add(slot)
    return {who: _breaks(sorted(slots), problem.day_length) for who, slots in busy.items()}


def _breaks(slots: list[int], day: int) -> int:
    following = zip(slots, slots[1:], strict=False)
    return sum(later - earlier > 1 and later // day == earlier // day for earlier, later in following)
