"""After somebody withdraws: keep everybody where they are but the few whose move is worth it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numba import njit

from expo.allocation.allocate import answer, block_cost, searched
from expo.allocation.crowd import KEEP
from expo.allocation.objective import objective_of
from expo.allocation.placing import State, is_free, keeps_distance, opening, points, serve, suits, take
from expo.allocation.prepare import NOWHERE, Prepared, prepare
from expo.allocation.problem import Allocation, Problem

ROUNDS = 1_500
LEAST_PRICE, DEARER, TRIES = 100, 4, 5
COOL = 0.01


@dataclass(frozen=True, slots=True)
class Repaired:
    """problem is what was asked in the end, nobody withdrawn in it and former places known, and its answer.

    moved are those who had a place and have another now, placed those who had none, lost those who had one
    that no longer exists and found no other. stands_moved counts the stands that somebody moved to.
    """

    problem: Problem
    allocation: Allocation
    moved: tuple[str, ...]
    placed: tuple[str, ...]
    lost: tuple[str, ...]
    stands_moved: int


def repair(
    problem: Problem,
    previous: Mapping[str, tuple[str, ...]],
    *,
    withdrawn: Collection[str] = (),
    prices: Mapping[str, float] | None = None,
    most_moved: int = 3,
    seed: int = 1,
    rounds: int = ROUNDS,
) -> Repaired:
    """The former places with the gaps used: first by those without a place, then by moves that pay.

    No more than most_moved stands change hands among those who had a place, those aside whose former place no
    longer suits them. A move must bring more than the problem's change_price and no less than LEAST_PRICE;
    where too many would move, it is made dearer until few enough do. prices (code → points, as in
    `Allocation.unit_prices`) help the search. The same arguments give the same answer; there is no bound, as
    nobody waits for one here: the bound of the problem without `previous` holds for its points all the same.
    """
    gone = set(withdrawn)
    before = {code: tuple(units) for code, units in previous.items() if units and code not in gone}
    staying = replace(
        problem,
        applicants=tuple(a for a in problem.applicants if a.code not in gone),
        locks={code: units for code, units in problem.locks.items() if code not in gone},
        previous=before,
    )
    prepared = prepare(replace(staying, change_price=1.0))
    price = max(problem.change_price, LEAST_PRICE)
    best = _told(staying, before, prepared, seed, _without_moves(_at(prepared, price), seed))
    for _ in range(TRIES if rounds > 0 else 0):
        dear = _at(prepared, price)
        found = _told(staying, before, dear, seed, _with_moves(dear, prices or {}, seed, rounds))
        if found.stands_moved <= most_moved:
            return max(best, found, key=lambda one: one.allocation.objective)
        price *= DEARER
    return best


def _at(prepared: Prepared, price: float) -> Prepared:
    """The same with another price for every former place that is not kept."""
    terms = prepared.crowd.terms.copy()
    returning = prepared.debt // max(int(terms[KEEP]), 1)
    terms[KEEP] = round(price)
    return replace(prepared, crowd=prepared.crowd._replace(terms=terms), debt=int(terms[KEEP]) * returning)


def _without_moves(prepared: Prepared, seed: int) -> np.ndarray:
    """Everybody in their former block if it still suits them, the others served in turn."""
    return _seated(prepared, seed).block


def _seated(prepared: Prepared, seed: int) -> State:
    state = opening(prepared, seed)
    _take_back(prepared.crowd, prepared.blocks, state)
    serve(prepared.crowd, prepared.blocks, state, prepared.queue, np.zeros(len(prepared.blocks.area)), 0.0)
    return state


def _with_moves(prepared: Prepared, prices: Mapping[str, float], seed: int, rounds: int) -> np.ndarray:
    state = _seated(prepared, seed)
    cost = block_cost(prepared, np.array([prices.get(unit.code, 0.0) for unit in prepared.floor.units]))
    current = int(points(prepared.crowd, prepared.blocks, state))
    return searched(prepared, state, current, cost, None, rounds, heat_share=COOL)[0]


def _told(
    staying: Problem,
    before: Mapping[str, tuple[str, ...]],
    prepared: Prepared,
    seed: int,
    block_of: np.ndarray,
) -> Repaired:
    """The answer in codes, and who moved; a move that the floor or the rules forced does not count."""
    none = np.zeros(len(prepared.floor.units))
    found = answer(prepared, block_of, [(0, 0)], None, none, seed=seed, rounds=0)
    after = {code: set(units) for code, units in found.placements.items()}
    moved = tuple(code for code in after if code in before and after[code] != set(before[code]))
    at_will = [c for c in moved if prepared.crowd.previous[prepared.number[c]] != NOWHERE]
    stands = sum(max(len(after[code] - set(before[code])), 1) for code in at_will)
    points_now = objective_of(staying, found.placements)
    return Repaired(
        problem=staying,
        allocation=replace(found, objective=points_now, curve=((0, points_now),), unit_prices={}),
        moved=moved,
        placed=tuple(code for code in after if code not in before),
        lost=tuple(a.code for a in staying.applicants if a.code in before and a.code not in after),
        stands_moved=stands,
    )


@njit(cache=True, nogil=True)
def _take_back(crowd, blocks, state):
    for a in range(len(state.block)):
        b = crowd.previous[a]
        if b == NOWHERE or state.block[a] != NOWHERE or not suits(crowd, blocks, a, b):
            continue
        if is_free(blocks, state, b) and keeps_distance(crowd, blocks, state, a, b):
            take(crowd, blocks, state, a, b)
