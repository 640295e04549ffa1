"""Tables for meetings whose slots are set: fixed ones first, then so that people change tables seldom."""

from collections import Counter

import numpy as np

from .problem import Meeting, PairCode, Problem

EXACT_UP_TO = 400
"""Of so many meetings in a slot, the best distribution is looked for; of more, a good one."""

STAYS, BEFORE = 2, 3
"""What it is worth that a person stays where it sat last, and that a meeting keeps its previous table."""


def give_tables(
    problem: Problem, slots: dict[PairCode, int], people: dict[PairCode, tuple[str, str]] | None = None
) -> tuple[Meeting, ...]:
    """Every meeting with its table, sorted by slot and table; the slots leave room for it.

    Locked meetings stay at the table they had. Slot by slot, the others go where they were in the previous
    agenda if they can, and where the two people sat last; a supplier counts a little more than a buyer,
    being the one with papers and samples.
    """
    seating = _Seating(problem, people or {})
    by_slot: dict[int, list[PairCode]] = {}
    for pair, slot in sorted(slots.items()):
        by_slot.setdefault(slot, []).append(pair)
    meetings = [m for slot in sorted(by_slot) for m in seating.at(slot, by_slot[slot])]
    return tuple(sorted(meetings, key=lambda m: (m[2], m[3], m[0], m[1])))


class _Seating:
    """Who sat where last, as slots go by."""

    def __init__(self, problem: Problem, people: dict[PairCode, tuple[str, str]]) -> None:
        self.problem, self.people = problem, people
        self.fixed = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
        owned = set(self.fixed.values())
        self.shared = [t for t in range(problem.tables) if t not in owned or not problem.table(t).exclusive]
        self.before = {(m[0], m[1]): m[3] for m in problem.previous}
        locks = {(b, s, slot) for b, s, slot in problem.locks}
        self.kept = {(m[0], m[1], m[2]): m[3] for m in problem.previous if (m[0], m[1], m[2]) in locks}
        self.last: dict[str, int] = {}

    def at(self, slot: int, pairs: list[PairCode]) -> list[Meeting]:
        seats = Counter({t: self.problem.table(t).seats for t in self.shared if self._open(t, slot)})
        found, waiting = [], []
        for pair in pairs:
            own = self.kept.get((*pair, slot), self.fixed.get(pair[1], self.fixed.get(pair[0])))
            if own is None:
                waiting.append(pair)
            else:
                seats[own] -= 1
                found.append((pair, own))
        exact = len(waiting) <= EXACT_UP_TO
        found += self._best(waiting, seats) if exact else self._good(waiting, seats)
        for pair, table in found:
            for who in self._two(pair):
                self.last[who] = table
        return [(*pair, slot, table) for pair, table in found]

    def _two(self, pair: PairCode) -> tuple[str, str]:
        return self.people.get(pair, pair)

    def _open(self, table: int, slot: int) -> bool:
        return slot not in self.problem.table(table).closed

    def _best(self, waiting: list[PairCode], seats: Counter) -> list[tuple[PairCode, int]]:
        """The distribution worth most. Of equal ones the lower tables, so that the same comes out always."""
        from scipy.optimize import linear_sum_assignment  # heavy, and for solves only

        places = [t for t in sorted(seats) for _ in range(seats[t])]
        if not waiting:
            return []
        column = {t: i for i, t in reversed(list(enumerate(places)))}
        worth = np.tile(np.linspace(0.5, 0.0, len(places)), (len(waiting), 1))
        for row, pair in enumerate(waiting):
            for table, value in self._wishes(pair):
                if table in column:
                    first = column[table]
                    worth[row, first : first + seats[table]] += value
        rows, columns = linear_sum_assignment(worth, maximize=True)
        return [(waiting[row], places[col]) for row, col in zip(rows, columns, strict=True)]

    def _wishes(self, pair: PairCode) -> list[tuple[int, float]]:
        buyer, supplier = (self.last.get(who, -1) for who in self._two(pair))
        return [(self.before.get(pair, -1), BEFORE), (supplier, STAYS), (buyer, STAYS - 0.5)]

    def _good(self, waiting: list[PairCode], seats: Counter) -> list[tuple[PairCode, int]]:
        """One wish after the other, whoever comes first; the rest where there is room."""
        found: list[tuple[PairCode, int]] = []
        for wish in range(3):
            still = []
            for pair in waiting:
                table = self._wishes(pair)[wish][0]
                if seats[table] > 0:
                    seats[table] -= 1
                    found.append((pair, table))
                else:
                    still.append(pair)
            waiting = still
        rest = iter([t for t in sorted(seats) for _ in range(max(0, seats[t]))])
        return found + [(pair, next(rest)) for pair in waiting]
