"""The agenda checked and scored again from the problem alone, sharing nothing with the solver."""

from collections import Counter
from collections.abc import Iterable
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
    idle: int
    table_moves: int


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
    found, at_once = [], Counter()
    for m in agenda.meetings:
        for party, who in zip(m[:2], sitting(agenda, m), strict=True):
            at_once[who, m[2]] += 1
            if party not in parties:
                found.append(Violation("unknown_party", (party,)))
                continue
            away = {party: frozenset[int]()} | {one.code: one.unavailable for one in parties[party].people}
            if parties[party].people:
                away.pop(party)
            if who not in away:
                found.append(Violation("unknown_person", (party, who)))
            elif m[2] in parties[party].unavailable | away[who]:
                found.append(Violation("not_available", (who, m[2])))
    found += [Violation("two_at_once", where) for where, n in at_once.items() if n > 1]
    held = Counter(who for m in agenda.meetings for who in m[:2])
    return found + [
        Violation("over_maximum", (p.code, held[p.code], p.max_meetings))
        for p in problem.parties
        if held[p.code] > p.max_meetings
    ]


def sitting(agenda: Agenda, meeting: Meeting) -> tuple[str, str]:
    """The two people of a meeting: the parties themselves where nobody is named."""
    return agenda.people.get((meeting[0], meeting[1]), (meeting[0], meeting[1]))


def _tables(problem: Problem, agenda: Agenda) -> list[Violation]:
    own = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
    found, at_once = [], Counter((m[3], m[2]) for m in agenda.meetings)
    for (table, slot), n in at_once.items():
        if not 0 <= table < problem.tables:
            found.append(Violation("no_such_table", (table, slot)))
        elif slot in problem.table(table).closed:
            found.append(Violation("table_closed", (table, slot)))
        elif n > problem.table(table).seats:
            found.append(Violation("table_taken_twice", (table, slot)))
    kept = {table for table in own.values() if problem.table(table).exclusive}
    for buyer, supplier, _slot, table in agenda.meetings:
        fixed = {own[who] for who in (buyer, supplier) if who in own}
        if fixed and fixed != {table}:
            found.append(Violation("not_at_the_fixed_table", (buyer, supplier, table)))
        if not fixed and table in kept:
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
    moved = [
        Violation("lock_not_kept", (b, s, slot))
        for b, s, slot in problem.locks
        if (b, s) not in slot_of or (slot is not None and slot_of[(b, s)] != slot)
    ]
    return moved + [
        Violation("others_sit_there", pair)
        for pair, wanted in problem.sitting
        if pair in slot_of and agenda.people.get(pair, pair) != wanted
    ]


def score_of(problem: Problem, agenda: Agenda) -> Worth:
    """What the agenda's meetings are worth, recomputed from the problem."""
    held = {m[:2]: m[2] for m in agenda.meetings}
    met = Counter(who for pair in held for who in pair)
    score = sum(points(p.score) for p in problem.pairs if (p.buyer, p.supplier) in held)
    shortfall = sum(max(0, p.min_meetings - met[p.code]) for p in problem.parties)
    changes = sum(held.get((m[0], m[1])) != m[2] for m in problem.previous)
    prices = points(problem.change_price) * changes + points(problem.shortfall_price) * shortfall
    busy = busy_by_person(agenda)
    breaks = {who: _breaks(sorted(places), problem.day_length) for who, places in busy.items()}
    return Worth(
        musts=sum(p.must for p in problem.pairs if (p.buyer, p.supplier) in held),
        score=score / POINT,
        objective=(score - prices) / POINT,
        shortfall=shortfall,
        changes=changes,
        breaks=sum(breaks.values()),
        most_breaks=max(breaks.values(), default=0),
        idle=sum(idle_slots(places, problem.day_length) for places in busy.values()),
        table_moves=sum(_moves(places, problem.day_length) for places in busy.values()),
    )


def busy_by_person(agenda: Agenda) -> dict[str, dict[int, int]]:
    """Each person's slots with the table sat at."""
    busy: dict[str, dict[int, int]] = {}
    for meeting in agenda.meetings:
        for who in sitting(agenda, meeting):
            busy.setdefault(who, {})[meeting[2]] = meeting[3]
    return busy


def breaks_by_party(problem: Problem, meetings: tuple[Meeting, ...]) -> dict[str, int]:
    """Idle groups between consecutive meetings of each party on one day (nights are no breaks)."""
    busy: dict[str, set[int]] = {p.code: set() for p in problem.parties}
    for buyer, supplier, slot, _ in meetings:
        busy[buyer].add(slot)
        busy[supplier].add(slot)
    return {who: _breaks(sorted(slots), problem.day_length) for who, slots in busy.items()}


def idle_slots(slots: Iterable[int], day: int) -> int:
    """Slots without a meeting between somebody's first and last one of each day."""
    ordered = sorted(slots)
    following = zip(ordered, ordered[1:], strict=False)
    return sum(later - earlier - 1 for earlier, later in following if later // day == earlier // day)


def _moves(places: dict[int, int], day: int) -> int:
    """How often somebody goes to another table between two meetings of one day."""
    ordered = sorted(places)
    following = zip(ordered, ordered[1:], strict=False)
    return sum(places[a] != places[b] for a, b in following if a // day == b // day)


def _breaks(slots: list[int], day: int) -> int:
    following = zip(slots, slots[1:], strict=False)
    return sum(later - earlier > 1 and later // day == earlier // day for earlier, later in following)
