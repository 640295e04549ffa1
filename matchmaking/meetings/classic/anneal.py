"""Kempe-chain annealing: from one sound schedule to others with fewer breaks, every rule kept on the way."""

from __future__ import annotations

import numpy as np
from numba import njit

from .problem import Meeting, Problem

HOT, COLD = 0.6, 0.12
IDLE = 0.2
"""What an idle slot inside a break costs beside the break itself: closing it little by little pays."""
FOCUS = 0.5
"""Of the moves so many start at somebody who has a break, while there is anybody."""
NEAR = 0.5
"""Of the moves so many go to an idle slot within or just outside somebody's day: others mostly tear it."""
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
        whose = [(who - 1, n - 1) for who, numbers in problem.meetings_of.items() for n in numbers]
        self._rows = _rows(problem.participants, whose)
        self._tables = min(problem.tables, len(meetings))
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
                self._rows,
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
def _pick(movable, rows, bad, count, who):
    """A meeting to move, and which of its two participants the move is for."""
    if count and np.random.random() < FOCUS:
        person = bad[np.random.randint(count)]
        size = 0
        while size < rows.shape[1] and rows[person, size] >= 0:
            size += 1
        return rows[person, np.random.randint(size)], person
    meeting = movable[np.random.randint(len(movable))]
    return meeting, who[meeting, np.random.randint(2)]


@njit(cache=True)
def _target(at, person):
    """The slot to move to; any of the idle ones near somebody's day is as likely as any other."""
    slots = at.shape[1]
    anywhere = np.random.randint(slots)
    if np.random.random() >= NEAR:
        return anywhere
    first, last = 0, slots - 1
    while at[person, first] < 0:
        first += 1
    while at[person, last] < 0:
        last -= 1
    found, idle = anywhere, 0
    for slot in range(max(0, first - 1), min(slots, last + 2)):
        if at[person, slot] < 0:
            idle += 1
            if np.random.randint(idle) == 0:
                found = slot
    return found


@njit(cache=True)
def _mark(person, cost, bad, place, count):
    """Put somebody on the list of those whose day costs something, or take them off; how many there are."""
    if cost > 0 and place[person] < 0:
        place[person], bad[count] = count, person
        return count + 1
    if cost == 0 and place[person] >= 0:
        moved = bad[count - 1]
        bad[place[person]], place[moved] = moved, place[person]
        place[person] = -1
        return count - 1
    return count


@njit(cache=True)
def _anneal(start, who, may, later, earlier, movable, rows, tables, limit, rounds, seed):
    np.random.seed(seed)
    meetings, slots = may.shape
    people = len(rows)
    slot_of, best = start.copy(), start.copy()
    at = np.full((people, slots), -1, np.int32)
    held = np.zeros(slots, np.int32)
    for meeting in range(meetings):
        held[slot_of[meeting]] += 1
        at[who[meeting, 0], slot_of[meeting]] = meeting
        at[who[meeting, 1], slot_of[meeting]] = meeting
    day, bad, place, broken = np.zeros(people), np.zeros(people, np.int32), np.full(people, -1, np.int32), 0
    for person in range(people):
        day[person] = _cost(at, person, limit)
        broken = _mark(person, day[person], bad, place, broken)
    cost = least = day.sum()
    chain, seen, ends = np.zeros(meetings, np.int32), np.zeros(meetings, np.int64), np.zeros(4, np.int32)
    new = np.zeros(4)
    cooling = (COLD / HOT) ** (1.0 / max(1, rounds))
    heat = HOT
    for mark in range(1, rounds + 1):
        heat *= cooling
        first, person = _pick(movable, rows, bad, broken, who)
        here, to = slot_of[first], _target(at, person)
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
        _flip(chain, length, here, to, slot_of, at, who)
        worse = 0.0
        for i in range(count):
            new[i] = _cost(at, ends[i], limit)
            worse += new[i] - day[ends[i]]
        if (worse <= 0 or np.random.random() < np.exp(-worse / heat)) and _in_order(
            chain, length, slot_of, later, earlier
        ):
            held[to] += gain
            held[here] -= gain
            cost += worse
            for i in range(count):
                day[ends[i]] = new[i]
                broken = _mark(ends[i], new[i], bad, place, broken)
            if cost < least - 1e-6:
                least = cost
                best[:] = slot_of
                if broken == 0:
                    break
        else:
            _flip(chain, length, here, to, slot_of, at, who)
    return best
