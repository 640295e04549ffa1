"""A problem as arrays: parties become nodes, requests become edges, table rules become seat groups."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .problem import LockError, Pair, Person, Problem, points

NEVER = -1


@dataclass(frozen=True)
class Encoded:
    """Arrays over parties (buyers first), people, edges (candidate pairs, locked ones included), seat groups.

    Group 0 are the seats for everybody; each fixed table is a further group, part of group 0 unless it is
    exclusive; `seats` is groups × slots. `free` is parties × slots: how many of its people are there,
    `present` people × slots whether. `folk` are each party's people from `folk_from` on, `sits` who must sit
    in an edge for either party, or -1. `allowed` is edges × slots; `home` the slot an edge had in the
    previous agenda or -1; `reason` why an edge can never be held, or "" if it can.
    """

    problem: Problem
    codes: tuple[str, ...]
    buyers: int
    pairs: tuple[Pair, ...]
    left: np.ndarray
    right: np.ndarray
    worth: np.ndarray
    must: np.ndarray
    locked: np.ndarray
    home: np.ndarray
    group: np.ndarray
    allowed: np.ndarray
    free: np.ndarray
    most: np.ndarray
    least: np.ndarray
    seats: np.ndarray
    part_of: np.ndarray
    reason: tuple[str, ...]
    people: tuple[str, ...]
    folk_from: np.ndarray
    folk: np.ndarray
    present: np.ndarray
    sits: np.ndarray

    @property
    def edge_of(self) -> dict[tuple[str, str], int]:
        return {pair.code: e for e, pair in enumerate(self.pairs)}


def encode(problem: Problem) -> Encoded:
    """Raises LockError when a lock can never be held."""
    parties = [p for side in ("buyer", "supplier") for p in problem.parties if p.side == side]
    node = {p.code: i for i, p in enumerate(parties)}
    pairs = _candidates(problem)
    left = np.array([node[p.buyer] for p in pairs], np.int32)
    right = np.array([node[p.supplier] for p in pairs], np.int32)
    people, folk_from, folk, present = _people(parties, problem.slots)
    free = np.add.reduceat(present[folk].astype(np.int32), folk_from[:-1]) if parties else present
    group, seats, part_of, torn = _seat_groups(problem, parties, left, right)
    reason = _reasons(problem, pairs, left, right, free > 0, torn, seats, group)
    locked_slot = {(b, s): slot for b, s, slot in problem.locks}
    home_of = {(m[0], m[1]): m[2] for m in problem.previous}
    encoded = Encoded(
        problem=problem,
        codes=tuple(p.code for p in parties),
        buyers=sum(p.side == "buyer" for p in parties),
        pairs=pairs,
        left=left,
        right=right,
        worth=np.array([points(p.score) for p in pairs], np.int64),
        must=np.array([p.must for p in pairs], bool),
        locked=_those(pairs, locked_slot, False, bool),
        home=_those(pairs, home_of, NEVER, np.int32),
        group=group,
        allowed=_allowed(problem, pairs, left, right, free > 0, reason, locked_slot, seats, group),
        free=free,
        most=np.array([p.max_meetings for p in parties], np.int32),
        least=np.array([p.min_meetings for p in parties], np.int32),
        seats=seats,
        part_of=part_of,
        reason=reason,
        people=people,
        folk_from=folk_from,
        folk=folk,
        present=present,
        sits=_sitting(problem, pairs, people),
    )
    _refuse_clashes(encoded)
    return encoded


def _those(pairs: tuple[Pair, ...], known: dict, otherwise: int, kind: type) -> np.ndarray:
    """Each pair's value in `known`: for a flag that it is there, for a number that number."""
    if not known:
        return np.full(len(pairs), otherwise, kind)
    if kind is bool:
        return np.array([pair.code in known for pair in pairs], bool)
    return np.array([known.get(pair.code, otherwise) for pair in pairs], kind)


def _candidates(problem: Problem) -> tuple[Pair, ...]:
    """The requests, and the locked meetings nobody requested, worth nothing."""
    known = {p.code for p in problem.pairs}
    return problem.pairs + tuple(Pair(b, s, 0.0) for b, s, _ in problem.locks if (b, s) not in known)


def _people(parties, slots: int):
    """Codes of all people, each party's people as (from, numbers), and who is there when."""
    number: dict[str, int] = {}
    folk_from, folk, away = [0], [], []
    for p in parties:
        for one in p.people or (Person(p.code),):
            index = number.setdefault(one.code, len(number))
            if index == len(away):
                away.append(set())
            away[index] |= p.unavailable | one.unavailable
            folk.append(index)
        folk_from.append(len(folk))
    present = np.ones((len(number), slots), bool)
    for index, several in enumerate(away):
        if several:
            present[index, [t for t in several if 0 <= t < slots]] = False
    return tuple(number), np.array(folk_from, np.int64), np.array(folk, np.int32), present


def _sitting(problem: Problem, pairs: tuple[Pair, ...], people: tuple[str, ...]) -> np.ndarray:
    sits = np.full((len(pairs), 2), -1, np.int32)
    if problem.sitting:
        number = {code: i for i, code in enumerate(people)}
        edge_of = {pair.code: e for e, pair in enumerate(pairs)}
        for pair, (one, other) in problem.sitting:
            if pair in edge_of:
                sits[edge_of[pair]] = number[one], number[other]
    return sits


def _seat_groups(problem: Problem, parties, left, right):
    """Each edge's seat group, groups × slots their seats, whose part each is, and which edges are torn."""
    fixed = sorted({p.fixed_table for p in parties if p.fixed_table is not None})
    number = {table: g + 1 for g, table in enumerate(fixed)}
    own = np.array([number.get(p.fixed_table, 0) for p in parties], np.int32)
    if not len(left):
        left = right = np.zeros(0, np.int32)
    group = np.maximum(own[left], own[right]).astype(np.int32)
    torn = (own[left] > 0) & (own[right] > 0) & (own[left] != own[right])
    seats = np.zeros((1 + len(fixed), problem.slots), np.int32)
    part_of = np.full(1 + len(fixed), -1, np.int32)
    for table in range(problem.tables):
        one, g = problem.table(table), number.get(table, 0)
        open_at = [t for t in range(problem.slots) if t not in one.closed]
        seats[g, open_at] += one.seats
        if g and not one.exclusive:
            seats[0, open_at] += one.seats
            part_of[g] = 0
    return group, seats, part_of, torn


def _halves(problem: Problem) -> dict[str | None, np.ndarray]:
    morning = np.array([problem.is_morning(t) for t in range(problem.slots)], bool)
    return {None: np.ones(problem.slots, bool), "am": morning, "pm": ~morning}


def _reasons(problem, pairs, left, right, free, torn, seats, group) -> tuple[str, ...]:
    halves = _halves(problem)
    shared = free[left] & free[right] if len(pairs) else np.zeros((0, problem.slots), bool)
    together = np.asarray(shared.any(1))
    seated = np.asarray(seats.any(1))[group]
    out = [""] * len(pairs)
    halved = np.array([pair.half is not None for pair in pairs], bool)
    for e in np.flatnonzero(halved | torn | ~seated | ~together):
        half = pairs[e].half
        if torn[e]:
            out[e] = "two_fixed_tables"
        elif not seated[e]:
            out[e] = "no_table"
        elif not together[e]:
            out[e] = "never_free_together"
        elif not (shared[e] & halves[half]).any():
            out[e] = f"never_free_together_{half}"
    if problem.forbidden:
        for e, pair in enumerate(pairs):
            if pair.code in problem.forbidden:
                out[e] = "forbidden"
    return tuple(out)


def _allowed(problem, pairs, left, right, free, reason, locked_slot, seats, group) -> np.ndarray:
    halves = _halves(problem)
    allowed = free[left] & free[right] if len(pairs) else np.zeros((0, problem.slots), bool)
    allowed &= seats[group] > 0
    allowed[np.array([bool(why) for why in reason], bool)] = False
    for e, pair in enumerate(pairs):
        if pair.half:
            allowed[e] &= halves[pair.half]
    if locked_slot:
        for e, pair in enumerate(pairs):
            slot = locked_slot.get(pair.code)
            if slot is not None:
                at_slot = np.zeros(problem.slots, bool)
                at_slot[slot : slot + 1] = slot >= 0
                allowed[e] &= at_slot
    return allowed


def _refuse_clashes(encoded: Encoded) -> None:
    """A lock impossible by itself, or locks that want more people or seats at a slot than there are."""
    clashes, edge_of = [], encoded.edge_of
    taken, held = Counter(), np.zeros(len(encoded.codes), int)
    for b, s, slot in encoded.problem.locks:
        e = edge_of[(b, s)]
        if encoded.reason[e] or not encoded.allowed[e].any():
            clashes.append((encoded.reason[e] or "slot_not_free", b, s))
            continue
        ends = [encoded.left[e], encoded.right[e]]
        held[ends] += 1
        if (held[ends] > encoded.most[ends]).any():
            clashes.append(("over_maximum", b, s))
        if slot is None:
            continue
        wanted = [("party", x, encoded.free[x, slot]) for x in ends]
        wanted += [("person", x, 1) for x in encoded.sits[e] if x >= 0]
        wanted += [("seats", g, encoded.seats[g, slot]) for g in _groups(encoded, e)]
        for kind, which, _limit in wanted:
            taken[kind, int(which), slot] += 1
        if any(taken[kind, int(which), slot] > limit for kind, which, limit in wanted):
            clashes.append(("slot_taken_by_another_lock", b, s))
    if clashes:
        raise LockError(tuple(clashes))


def _groups(encoded: Encoded, e: int) -> list[int]:
    """The seat groups in which an edge takes a seat."""
    group = int(encoded.group[e])
    return [group] if encoded.part_of[group] < 0 else [group, int(encoded.part_of[group])]
