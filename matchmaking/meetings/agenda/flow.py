"""Which meetings to hold: a minimum-cost flow over everybody's maximum and the tables, blind to slots."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from .encoding import Encoded
from .problem import ScoreError, points

SAFE = 1 << 60


@dataclass(frozen=True)
class Weights:
    """Whole-number value of every decision, so that better on paper is better for the solver.

    An edge is worth `edge`, being where it was in the previous agenda `stay` on top; each of the first
    `least` meetings of a party adds `minimum`. One must-meet outweighs everything else together.
    """

    edge: np.ndarray
    stay: int
    minimum: int
    must: int
    unit: int


@dataclass(frozen=True)
class Choice:
    """Edges worth holding, and the value of that choice split into must-meets and the rest, in units."""

    chosen: np.ndarray
    musts: int
    rest: int


def weigh(encoded: Encoded) -> Weights:
    problem = encoded.problem
    missable = int(encoded.least.sum())
    unit = missable + 1
    stay = points(problem.change_price) * unit
    minimum = points(problem.shortfall_price) * unit + (1 if missable else 0)
    plain = encoded.worth * unit
    must = 1 + _everything(encoded, plain, stay, minimum)
    if not encoded.must.any():
        must = 1 + int(plain.max(initial=0))  # nothing to outweigh
    if max(must, 2 * (int(plain.max(initial=0)) + stay + minimum)) * (len(encoded.codes) + 3) * 4 > SAFE:
        raise ScoreError("the scores are too large to be summed exactly; divide them all by a thousand")
    return Weights(plain + np.where(encoded.must, must, 0), stay, minimum, must, unit)


def _everything(encoded: Encoded, plain: np.ndarray, stay: int, minimum: int) -> int:
    """More than all meetings can be worth together without the must-meets: every buyer's dearest ones."""
    best = np.zeros(len(encoded.codes), np.int64)
    np.maximum.at(best, encoded.left, plain)
    room = np.minimum(encoded.most, encoded.free.sum(1)).astype(np.int64)
    meetings = (best[: encoded.buyers] * room[: encoded.buyers]).sum()
    return int(meetings + stay * (encoded.home >= 0).sum() + minimum * encoded.least.sum())


def choose(encoded: Encoded, weights: Weights) -> Choice:
    """The best set of edges under each party's maximum and free slots and the seats of every group.

    The flow is integral, so this is optimal for the problem without slots; every agenda is one of its
    solutions, which makes its value an upper bound for all of them.
    """
    chosen, total = _best(encoded, weights, weights.edge)
    musts = int(encoded.must[chosen].sum())
    return Choice(chosen, musts, total - musts * weights.must)


def best_value(encoded: Encoded, weights: Weights, must_price: int) -> int:
    """The flow's optimum if a must-meet were only worth `must_price` units on top of its score."""
    plain = weights.edge - np.where(encoded.must, weights.must - must_price, 0)
    return _best(encoded, weights, plain)[1]


def _best(encoded: Encoded, weights: Weights, edge: np.ndarray) -> tuple[np.ndarray, int]:
    """The edges that the flow holds when they are worth `edge`, and the value of holding them."""
    edges = _open_edges(encoded)
    held = np.flatnonzero(encoded.locked)
    room = _room(encoded)
    np.subtract.at(room, encoded.left[held], 1)
    np.subtract.at(room, encoded.right[held], 1)
    degree = np.zeros(len(room), np.int64)
    np.add.at(degree, encoded.left[held], 1)
    np.add.at(degree, encoded.right[held], 1)
    urgent = np.clip(np.minimum(encoded.least - degree, room), 0, None)
    value = edge + np.where(encoded.home >= 0, weights.stay, 0)
    chosen = np.concatenate([held, edges[_flow(encoded, weights, edges, value, room, urgent)]])
    degree[:] = 0
    np.add.at(degree, encoded.left[chosen], 1)
    np.add.at(degree, encoded.right[chosen], 1)
    total = int(value[chosen].sum()) + weights.minimum * int(np.minimum(degree, encoded.least).sum())
    return np.sort(chosen), total


def _open_edges(encoded: Encoded) -> np.ndarray:
    return np.flatnonzero(encoded.allowed.any(1) & ~encoded.locked)


def _room(encoded: Encoded) -> np.ndarray:
    """Meetings a party can have at most: its maximum, or its people's slots in which it could be met."""
    usable = np.zeros(encoded.free.shape, bool)
    for ends in (encoded.left, encoded.right):
        np.logical_or.at(usable, ends, encoded.allowed)
    return np.minimum(encoded.most, np.where(usable, encoded.free, 0).sum(1)).astype(np.int64)


def _flow(encoded, weights, edges, value, room, urgent) -> np.ndarray:
    """Source → buyers → suppliers → seat groups → sink, with a free way past all of them."""
    n, nb = len(encoded.codes), encoded.buyers
    source, sink, idle = n, n + 1, n + 2
    buyers, suppliers = np.arange(nb), np.arange(nb, n)
    exit_of, extra = _exits(encoded, edges, sink, idle)
    tails = [encoded.left[edges], np.repeat(source, nb), np.repeat(source, nb)]
    heads = [encoded.right[edges], buyers, buyers]
    caps = [np.ones(len(edges)), urgent[:nb], (room - urgent)[:nb]]
    costs = [-value[edges], np.full(nb, -weights.minimum), np.zeros(nb)]
    for cap, cost in ((urgent[nb:], -weights.minimum), ((room - urgent)[nb:], 0)):
        tails.append(suppliers)
        heads.append(exit_of)
        caps.append(cap)
        costs.append(np.full(n - nb, cost))
    supply = int(room[:nb].clip(0).sum())
    for tail, head, cap in (*extra, (source, sink, supply)):
        tails.append(np.array([tail]))
        heads.append(np.array([head]))
        caps.append(np.array([cap]))
        costs.append(np.array([0]))
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(caps).clip(0).astype(np.int64),
        np.concatenate(costs).astype(np.int64),
    )
    solver.set_node_supply(source, supply)
    solver.set_node_supply(sink, -supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow of meetings ended with status {status}")
    return np.asarray(solver.flows(np.asarray(arcs)[: len(edges)])) > 0


def _exits(encoded: Encoded, edges: np.ndarray, sink: int, first: int):
    """Where each supplier's meetings leave to, and the capacity of those exits.

    Tables are exact while only suppliers have fixed ones. Where buyers have them too, only the number of
    all seats is kept, which leaves the bound valid and a little looser; slots sort the rest out. A fixed
    table that others may use leaves by its own seats and then by those of everybody.
    """
    nb = encoded.buyers
    seats = encoded.seats.astype(np.int64).sum(1)
    locked = np.bincount(encoded.group[encoded.locked], minlength=len(seats))
    inner = encoded.part_of >= 0
    own = np.zeros(len(encoded.codes), np.int64)
    own[encoded.right] = encoded.group
    mixed = (encoded.group != own[encoded.right]).any() or _buyer_tables(encoded)
    if mixed:
        total = int(seats[~inner].sum()) - int(encoded.locked.sum())
        return np.full(len(encoded.codes) - nb, first), [(first, sink, total)]
    caps = seats - locked
    caps[0] -= locked[inner].sum()
    exits = [(first + g, first if inner[g] else sink, int(cap)) for g, cap in enumerate(caps)]
    return first + own[nb:], exits


def _buyer_tables(encoded: Encoded) -> bool:
    return any(p.fixed_table is not None for p in encoded.problem.parties if p.side == "buyer")
