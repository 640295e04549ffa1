"""Tables for meetings whose slots are set: fixed ones first, then so that people change tables seldom."""

from dataclasses import dataclass

import numpy as np

from . import shifting
from .problem import Meeting, PairCode, Problem

EFFORT, MOST, LEAST = 250, 2_000_000, 4_000
"""Exchanges tried for each meeting; in all at most, and at least."""

HOT, COLD = 0.25, 0.04
"""Temperatures of the exchanges; somebody's change of table weighs 1."""


def give_tables(
    problem: Problem,
    slots: dict[PairCode, int],
    people: dict[PairCode, tuple[str, str]] | None = None,
    *,
    quickly: bool = False,
) -> tuple[Meeting, ...]:
    """Every meeting with its table, sorted by slot and table; the slots leave room for it.

    A locked meeting stays at the table it had, unless that is closed by now or somebody else's. The others
    go where their people change tables least often in all, and keep the table of the previous agenda where
    that costs less than it spares. Done `quickly`, they stay at the first table found.
    """
    if not slots:
        return ()
    room = _room(problem)
    pairs = sorted(slots)
    slot = np.array([slots[pair] for pair in pairs], np.int64)
    folk = _numbers(pairs, people or {})
    near = _neighbours(folk, slot, problem.day_length)
    pinned, told = _wishes(problem, pairs, slots, room)
    seat = np.full(len(pairs), -1, np.int64)
    at = np.full((len(room.table_of), problem.slots), -1, np.int64)
    order = np.lexsort((np.arange(len(pairs)), slot))
    rules = (slot, pinned, told, near, room.seats_from, room.table_of, room.common, room.closed, seat, at)
    if not shifting.sit_down(order, *rules):
        raise ValueError("the slots leave no room for every meeting")
    if not quickly:
        _shift(rules, len(pairs))
    found = zip(pairs, slot.tolist(), room.table_of[seat].tolist(), strict=True)
    meetings = [(*pair, t, table) for pair, t, table in found]
    return tuple(sorted(meetings, key=lambda m: (m[2], m[3], m[0], m[1])))


def _shift(rules: tuple, meetings: int) -> None:
    """The seats reached from the first ones, if people change tables less often on them."""
    near, told, table_of, (seat, at) = rules[3], rules[2], rules[5], rules[-2:]
    before, first = _cost(seat, table_of, near, told), (seat.copy(), at.copy())
    state = np.array([0x9E3779B97F4A7C15], np.uint64)
    rounds = max(LEAST, min(MOST, EFFORT * meetings))
    shifting.shift(*rules, rounds, HOT, COLD, state)
    if _cost(seat, table_of, near, told) > before:
        seat[:], at[:] = first


def _cost(seat: np.ndarray, table_of: np.ndarray, near: np.ndarray, told: np.ndarray) -> int:
    table = table_of[seat]
    moves = (near[:, 2:] >= 0) & (table[near[:, 2:]] != table[:, None])
    leaving = (told >= 0) & (told != table)
    return int((moves * (shifting.MOVE + 1, shifting.MOVE)).sum() + shifting.KEEP * leaving.sum())


@dataclass(frozen=True)
class _Room:
    """Every seat's table in `table_of`, each table's seats from `seats_from` on; `common` are for everybody.

    `closed` is tables × slots, `own` the exclusive tables' numbers.
    """

    table_of: np.ndarray
    seats_from: np.ndarray
    common: np.ndarray
    closed: np.ndarray
    own: frozenset[int]


def _room(problem: Problem) -> _Room:
    tables = [problem.table(number) for number in range(problem.tables)]
    fixed = {p.fixed_table for p in problem.parties if p.fixed_table is not None}
    own = frozenset(number for number in fixed if tables[number].exclusive)
    seats = np.array([one.seats for one in tables], np.int64)
    table_of = np.repeat(np.arange(len(tables)), seats)
    shared = np.array([number not in own for number in range(len(tables))], bool)
    closed = np.zeros((len(tables), problem.slots), bool)
    for number, one in enumerate(tables):
        closed[number, [t for t in one.closed if 0 <= t < problem.slots]] = True
    return _Room(table_of, np.concatenate([[0], np.cumsum(seats)]), shared[table_of], closed, own)


def _numbers(pairs: list[PairCode], people: dict[PairCode, tuple[str, str]]) -> np.ndarray:
    """Meetings × 2: a number for each person who sits there."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(who, len(known)) for who in people.get(pair, pair)] for pair in pairs]
    return np.array(rows, np.int64)


def _neighbours(folk: np.ndarray, slot: np.ndarray, day: int) -> np.ndarray:
    """Meetings × 4: the one before of the right and of the left person on that day, then the ones after."""
    count = len(slot)
    who, when = folk.T.ravel(), np.tile(slot, 2)
    meeting, side = np.tile(np.arange(count), 2), np.repeat((1, 0), count)
    order = np.lexsort((when, who))
    one, other = order[:-1], order[1:]
    follows = (who[one] == who[other]) & (when[one] // day == when[other] // day)
    one, other = one[follows], other[follows]
    near = np.full((count, 4), -1, np.int64)
    near[meeting[other], side[other]] = meeting[one]
    near[meeting[one], 2 + side[one]] = meeting[other]
    return near


def _wishes(
    problem: Problem, pairs: list[PairCode], slots: dict[PairCode, int], room: _Room
) -> tuple[np.ndarray, np.ndarray]:
    """The table each meeting is held at for certain, and the one it was told, -1 without."""
    fixed = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
    locked = {(b, s) for b, s, _slot in problem.locks}
    pinned, told = np.full(len(pairs), -1, np.int64), np.full(len(pairs), -1, np.int64)
    row = {pair: i for i, pair in enumerate(pairs)}
    for buyer, supplier, slot, table in problem.previous:
        pair = (buyer, supplier)
        if pair in row and table not in room.own and 0 <= table < problem.tables:
            told[row[pair]] = table
            if pair in locked and slots[pair] == slot:
                pinned[row[pair]] = table
    if fixed:
        for i, (buyer, supplier) in enumerate(pairs):
            pinned[i] = fixed.get(supplier, fixed.get(buyer, pinned[i]))
    return pinned, told
