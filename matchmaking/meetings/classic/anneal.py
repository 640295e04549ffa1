"""Kempe-chain annealing: from one sound schedule to others with fewer breaks, every rule kept on the way."""

from __future__ import annotations

import numpy as np
from numba import njit

from .problem import Meeting, Problem

HOT, COLD = 0.6, 0.12
IDLE = 0.03
"""What an idle slot inside a break costs beside the break itself: closing it little by little pays."""
UNFAIR = 4.0
"""What a break beyond `max_break_difference` costs besides; such a schedule is left again."""


class Search:
    """A schedule on its way to fewer breaks. The same start, seed and rounds give the same schedules."""

    def __init__(self, problem: Problem, allowed: list[set[int]], slots: list[int], seed: int) -> None:
        meetings = problem.meetings
        self.best = list(slots)
        self._who = np.array([[m.a - 1, m.b - 1] for m in meetings], dtype=np.int32)
        self._may = np.zeros((len(meetings), problem.slots), dtype=np.bool_)
        for number, some in enumerate(allowed):
            self._may[number, [slot - 1 for slot in some]] = True
        self._later = _rows(len(meetings), [(first - 1, second - 1) for first, second in problem.order])
        self._earlier = _rows(len(meetings), [(second - 1, first - 1) for first, second in problem.order])
        self._movable = np.flatnonzero(self._may.sum(axis=1) > 1).astype(np.int32)
        self._people, self._tables = problem.participants, min(problem.tables, len(meetings))
        limit = problem.max_break_difference
        self._limit = len(meetings) if limit is None else limit
        self._seed = seed

    def run(self, rounds: int) -> list[int]:
        """The best schedule met in so many moves from the best so far, cooling once."""
        if len(self._movable):
            start = np.array(self.best, dtype=np.int32) - 1
            self._seed += 1
            found = _anneal(
                start,
                self._who,
                self._may,
                self._later,
                self._earlier,
                self._movable,
                self._people,
                self._tables,
                self._limit,
                rounds,
                self._seed,
            )
            self.best = [int(slot) + 1 for slot in found]
        return self.best


def warm_up() -> None:
    """Compile, or take from the cache, what the annealing runs."""
    free = frozenset[int]()
    pair = Problem(2, 1, 2, 2, (Meeting(1, 2),), (free, free), (0,), ((),))
    Search(pair, [{1, 2}], [1], seed=1).run(1)


def _rows(size: int, pairs: list[tuple[int, int]]) -> np.ndarray:
    """Of each meeting those paired with it, filled up with -1."""
    rows: list[list[int]] = [[] for _ in range(size)]
    for key, value in pairs:
        rows[key].append(value)
    width = max(map(len, rows), default=0)
    table = np.full((size, max(1, width)), -1, dtype=np.int32)
    for key, values in enumerate(rows):
        table[key, : len(values)] = values
    return table


@njit(cache=True)
def _cost(at: np.ndarray, person: int, limit: int) -> float:
    """What the idle groups of one participant cost."""
    breaks, idle, last = 0, 0, -1
    for slot in range(at.shape[1]):
        if at[person, slot] >= 0:
            if last >= 0 and slot - last > 1:
                breaks += 1
                idle += slot - last - 1
            last = slot
    return breaks + IDLE * idle + UNFAIR * max(0, breaks - limit)


@njit(cache=True)
def _chain(first, to, slot_of, at, who, may, chain, seen, mark):
    """The meetings that change places between two slots when `first` moves to `to`; 0 when one may not."""
    here = slot_of[first]
    chain[0] = first
    seen[first] = mark
    length, looked = 1, 0
    while looked < length:
        meeting = chain[looked]
        looked += 1
        other = to if slot_of[meeting] == here else here
        if not may[meeting, other]:
            return 0
        for side in range(2):
            displaced = at[who[meeting, side], other]
            if displaced >= 0 and seen[displaced] != mark:
                seen[displaced] = mark
                chain[length] = displaced
                length += 1
    return length


@njit(cache=True)
def _flip(chain, length, here, to, slot_of, at, who):
    for i in range(length):
        for side in range(2):
            at[who[chain[i], side], slot_of[chain[i]]] = -1
    for i in range(length):
        meeting = chain[i]
        slot_of[meeting] = to if slot_of[meeting] == here else here
        for side in range(2):
            at[who[meeting, side], slot_of[meeting]] = meeting


@njit(cache=True)
def _in_order(chain, length, slot_of, later, earlier):
    for i in range(length):
        meeting = chain[i]
        for other in later[meeting]:
            if other >= 0 and slot_of[other] <= slot_of[meeting]:
                return False
        for other in earlier[meeting]:
            if other >= 0 and slot_of[other] >= slot_of[meeting]:
                return False
    return True


@njit(cache=True)
def _ends(chain, length, here, to, at, who, ends):
    """The participants who are busy in only one of the two slots: nobody else's day changes. At most two."""
    count = 0
    for i in range(length):
        for side in range(2):
            person = who[chain[i], side]
            if at[person, here] < 0 or at[person, to] < 0:
                ends[count] = person
                count += 1
    return count


@njit(cache=True)
def _anneal(start, who, may, later, earlier, movable, people, tables, limit, rounds, seed):
    np.random.seed(seed)
    meetings, slots = may.shape
    slot_of, best = start.copy(), start.copy()
    at = np.full((people, slots), -1, np.int32)
    held = np.zeros(slots, np.int32)
    for meeting in range(meetings):
        held[slot_of[meeting]] += 1
        at[who[meeting, 0], slot_of[meeting]] = meeting
        at[who[meeting, 1], slot_of[meeting]] = meeting
    cost = 0.0
    for person in range(people):
        cost += _cost(at, person, limit)
    least = cost
    chain, seen, ends = np.zeros(meetings, np.int32), np.zeros(meetings, np.int64), np.zeros(4, np.int32)
    cooling = (COLD / HOT) ** (1.0 / max(1, rounds))
    heat = HOT
    for mark in range(1, rounds + 1):
        heat *= cooling
        first = movable[np.random.randint(len(movable))]
        here, to = slot_of[first], np.random.randint(slots)
        if to == here or not may[first, to]:
            continue
        length = _chain(first, to, slot_of, at, who, may, chain, seen, mark)
        if length == 0:
            continue
        gain = 0
        for i in range(length):
            gain += 1 if slot_of[chain[i]] == here else -1
        if held[to] + gain > tables or held[here] - gain > tables:
            continue
        count = _ends(chain, length, here, to, at, who, ends)
        before = 0.0
        for i in range(count):
            before += _cost(at, ends[i], limit)
        _flip(chain, length, here, to, slot_of, at, who)
        after = 0.0
        for i in range(count):
            after += _cost(at, ends[i], limit)
        worse = after - before
        if _in_order(chain, length, slot_of, later, earlier) and (
            worse <= 0 or np.random.random() < np.exp(-worse / heat)
        ):
            held[to] += gain
            held[here] -= gain
            cost += worse
            if cost < least - 1e-6:
                least = cost
                best[:] = slot_of
        else:
            _flip(chain, length, here, to, slot_of, at, who)
    return best
