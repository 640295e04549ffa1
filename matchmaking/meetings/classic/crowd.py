"""A bound from counting: everybody's day apart from whom they meet, the same for all of one kind at once.

Forgetting who meets whom leaves days with a number of meetings each, an even number of busy people in every
slot and never more than twice the tables. People with as many meetings and the same slots are one kind: their
days are a flow through (slot, meetings held so far, state), so that which of them has the break need not be
tried. Where tables are scarce and most people meet all day long this shows what clauses count for hours.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from .problem import Problem

WAITING, BUSY, IDLE = range(3)
"""The states of a day after a slot: not begun, in a meeting, after one."""
SLACK = 1e-6
"""What the solver's bound may be off by."""


@dataclass(frozen=True)
class _Day:
    """What the days of one kind of people have in common."""

    meetings: int
    usable: frozenset[int]
    taken: frozenset[int]
    by_noon: int
    """So many meetings at least are held in the morning, …"""
    at_noon: int
    """… and so many at most."""


def counted_bound(problem: Problem, allowed: list[set[int]], seconds: float) -> int:
    """Fewest breaks of days that are counted and not matched, as far as shown within so many seconds."""
    flow = _Flow(problem, Counter(_day(problem, allowed, who) for who in problem.meetings_of))
    found = milp(
        np.array(flow.costs),
        integrality=np.ones(len(flow.costs)),
        bounds=Bounds(0, np.array(flow.most)),
        constraints=flow.balances(),
        options={"time_limit": seconds},
    )
    bound = found.mip_dual_bound
    return 0 if bound is None or not math.isfinite(bound) else max(0, math.ceil(bound - SLACK))


def _day(problem: Problem, allowed: list[set[int]], who: int) -> _Day:
    numbers = problem.meetings_of[who]
    slots = [allowed[number - 1] for number in numbers]
    noon = problem.morning_slots
    return _Day(
        len(numbers),
        frozenset().union(*slots),
        frozenset(next(iter(some)) for some in slots if len(some) == 1),
        sum(max(some) <= noon for some in slots),
        sum(min(some) <= noon for some in slots),
    )


class _Flow:
    """The days of all kinds as one flow: its arcs, what they cost, and what must balance."""

    def __init__(self, problem: Problem, kinds: Counter[_Day]) -> None:
        self.costs: list[float] = []
        self.most: list[float] = []
        self._entries: list[tuple[int, int, float]] = []
        self._totals: list[float] = []
        self._noon = problem.morning_slots
        # Of every slot: people busy in it are twice the meetings held in it.
        self._people = [self._row(0) for _ in range(problem.slots)]
        for row in self._people:
            self._arc(0, problem.tables, {row: -2})
        for kind, people in kinds.items():
            self._days(kind, people, problem.slots)

    def balances(self) -> LinearConstraint:
        rows, columns, values = zip(*self._entries, strict=True)
        shape = (len(self._totals), len(self.costs))
        return LinearConstraint(
            coo_array((values, (rows, columns)), shape=shape).tocsr(), self._totals, self._totals
        )

    def _row(self, total: float) -> int:
        self._totals.append(total)
        return len(self._totals) - 1

    def _arc(self, cost: float, most: float, rows: dict[int, float]) -> None:
        self._entries += [(row, len(self.costs), value) for row, value in rows.items()]
        self.costs.append(cost)
        self.most.append(most)

    def _days(self, kind: _Day, people: int, slots: int) -> None:
        """All days of one kind: nodes (meetings held, state) after each slot, arcs from slot to slot."""
        here = {(0, WAITING): self._row(-people)}
        for slot in range(1, slots + 1):
            after: dict[tuple[int, int], int] = {}
            for (held, state), row in here.items():
                for node, cost in self._steps(kind, slot, held, state):
                    if node not in after:
                        after[node] = self._row(0)
                    rows = {row: -1, after[node]: 1}
                    if node[1] == BUSY:
                        rows[self._people[slot - 1]] = 1
                    self._arc(cost, people, rows)
            here = after
        last = self._row(people)
        for (held, _), row in here.items():
            if held == kind.meetings:
                self._arc(0, people, {row: -1, last: 1})

    def _steps(self, kind: _Day, slot: int, held: int, state: int) -> list[tuple[tuple[int, int], int]]:
        """What a day may do in a slot, as (the node after it, what it costs)."""
        steps = []
        if slot in kind.usable and held < kind.meetings:
            steps.append(((held + 1, BUSY), int(state == IDLE)))
        if slot not in kind.taken:
            steps.append(((held, WAITING if state == WAITING else IDLE), 0))
        if slot == self._noon:
            steps = [step for step in steps if kind.by_noon <= step[0][0] <= kind.at_noon]
        return steps
