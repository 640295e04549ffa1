"""A problem as arrays: parties become nodes, requests become edges, table rules become seat groups."""

from dataclasses import dataclass

import numpy as np

from .problem import LockError, Pair, Problem, points

NEVER = -1


@dataclass(frozen=True)
class Encoded:
    """Arrays over nodes (buyers first), edges (candidate pairs, locked ones included) and seat groups.

    Group 0 is every table that is nobody's own; each fixed table is a further group with one seat. `allowed`
    is edges × slots; `home` the slot an edge had in the previous agenda or -1; `reason` why an edge can never
    be held, or "" if it can.
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
    group_table: tuple[int, ...]
    reason: tuple[str, ...]

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
    free = _free_slots(parties, problem.slots)
    group, seats, group_table, torn = _seat_groups(problem, parties, left, right)
    reason = _reasons(problem, pairs, left, right, free, torn, seats, group)
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
        locked=np.array([p.code in locked_slot for p in pairs], bool),
        home=np.array([home_of.get(p.code, NEVER) for p in pairs], np.int32),
        group=group,
        allowed=_allowed(problem, pairs, left, right, free, reason, locked_slot),
        free=free,
        most=np.array([p.max_meetings for p in parties], np.int32),
        least=np.array([p.min_meetings for p in parties], np.int32),
        seats=seats,
        group_table=group_table,
        reason=reason,
    )
    _refuse_clashes(encoded)
    return encoded


def _candidates(problem: Problem) -> tuple[Pair, ...]:
    """The requests, and the locked meetings nobody requested, worth nothing."""
    known = {p.code for p in problem.pairs}
    return problem.pairs + tuple(Pair(b, s, 0.0) for b, s, _ in problem.locks if (b, s) not in known)


def _free_slots(parties, slots: int) -> np.ndarray:
    free = np.ones((len(parties), slots), bool)
    for i, p in enumerate(parties):
        free[i, [t for t in p.unavailable if 0 <= t < slots]] = False
    return free


def _seat_groups(problem: Problem, parties, left, right):
    """Each edge's seat group, seats per group, each group's table (-1: any), and which edges are torn."""
    fixed = sorted({p.fixed_table for p in parties if p.fixed_table is not None})
    number = {table: g + 1 for g, table in enumerate(fixed)}
    own = np.array([number.get(p.fixed_table, 0) for p in parties], np.int32)
    if not len(left):
        left = right = np.zeros(0, np.int32)
    group = np.maximum(own[left], own[right]).astype(np.int32)
    torn = (own[left] > 0) & (own[right] > 0) & (own[left] != own[right])
    seats = np.array([problem.tables - len(fixed)] + [1] * len(fixed), np.int32)
    return group, seats, (-1, *fixed), torn


def _halves(problem: Problem) -> dict[str | None, np.ndarray]:
    morning = np.array([problem.is_morning(t) for t in range(problem.slots)], bool)
    return {None: np.ones(problem.slots, bool), "am": morning, "pm": ~morning}


def _reasons(problem, pairs, left, right, free, torn, seats, group) -> tuple[str, ...]:
    halves = _halves(problem)
    out = []
    for e, pair in enumerate(pairs):
        shared = free[left[e]] & free[right[e]]
        if pair.code in problem.forbidden:
            out.append("forbidden")
        elif torn[e]:
            out.append("two_fixed_tables")
        elif seats[group[e]] == 0:
            out.append("no_table")
        elif not shared.any():
            out.append("never_free_together")
        elif not (shared & halves[pair.half]).any():
            out.append(f"never_free_together_{pair.half}")
        else:
            out.append("")
    return tuple(out)


def _allowed(problem, pairs, left, right, free, reason, locked_slot) -> np.ndarray:
    halves = _halves(problem)
    allowed = free[left] & free[right] if len(pairs) else np.zeros((0, problem.slots), bool)
    for e, pair in enumerate(pairs):
        if reason[e]:
            allowed[e] = False
            continue
        if pair.half:
            allowed[e] &= halves[pair.half]
        slot = locked_slot.get(pair.code)
        if slot is not None:
            at_slot = np.zeros(problem.slots, bool)
            at_slot[slot : slot + 1] = slot >= 0
            allowed[e] &= at_slot
    return allowed


def _refuse_clashes(encoded: Encoded) -> None:
    """A lock that is impossible by itself, or two locks that want one person or table at one slot."""
    clashes, taken, edge_of = [], set(), encoded.edge_of
    held = np.zeros(len(encoded.codes), int)
    for b, s, slot in encoded.problem.locks:
        e = edge_of[(b, s)]
        if encoded.reason[e] or not encoded.allowed[e].any():
            clashes.append((encoded.reason[e] or "slot_not_free", b, s))
            continue
        ends = [encoded.left[e], encoded.right[e]]
        held[ends] += 1
        wanted = [("party", x, slot) for x in ends] + [("table", encoded.group[e], slot)] * int(
            encoded.group[e] > 0
        )
        if (held[ends] > encoded.most[ends]).any():
            clashes.append(("over_maximum", b, s))
        elif slot is not None and any(w in taken for w in wanted):
            clashes.append(("slot_taken_by_another_lock", b, s))
        if slot is not None:
            taken.update(wanted)
    if clashes:
        raise LockError(tuple(clashes))
