"""How good any allocation could possibly be, and what each unit is worth to those who compete for it.

Proof that the bound holds. Give each free unit u a price c[u] >= 0. Take any allocation that obeys the
rules. Its points are the sum over placed parties of worth(a, b), plus the pairs that stand side by side, plus
what is fixed (locks, the debt of former places). Every unit is used at most once, so the prices of the used
units add up to at most the sum of all c. Hence

    points <= sum(c) + sum over parties of max(0, max over blocks b it may have of worth(a, b) - price(b))
              + all pairs + fixed

because each party's own term is at least what it gets here, 0 if unplaced. Rivals only forbid, and a pair
that does not stand together brings less, so leaving the rivals out and counting every possible pair keeps the
sum above. This holds for any prices: they are found by subgradient steps, and the best sum met is the bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit

from expo.allocation.placing import FREE, State, beside, is_free, opening, serve, suits, worth
from expo.allocation.prepare import NOWHERE, Prepared, prepare
from expo.allocation.problem import Problem

STEPS = 1000
LEAST_STEPS, MOST_LOOKS = 60, 4 * 10**9
HOPED_SHARE, PATIENCE, INERTIA = 0.003, 20, 0.9


@dataclass(frozen=True, slots=True)
class Bound:
    """value: points no allocation can exceed. unit_prices: code → points the unit is worth at the margin."""

    value: int
    unit_prices: dict[str, float]


def upper_bound(problem: Problem, *, steps: int = STEPS) -> Bound:
    """The bound of a problem; more steps make it tighter, never wrong."""
    prepared = prepare(problem)
    state = opening(prepared, 0)
    start = serve(
        prepared.crowd, prepared.blocks, state, prepared.queue, np.zeros(len(prepared.blocks.area)), 0.0
    )
    value, prices = bound_of(prepared, int(start), steps)
    return Bound(
        value, {unit.code: round(float(prices[u]), 1) for u, unit in enumerate(prepared.floor.units)}
    )


def bound_of(
    prepared: Prepared, reached: int, steps: int = STEPS, cancelled: Callable[[], bool] | None = None
) -> tuple[int, np.ndarray]:
    """The bound and the price of every unit; reached is any known number of points (before debt).

    On the largest fairs fewer steps are made, so that no more than MOST_LOOKS blocks are weighed in all.
    """
    crowd, blocks = prepared.crowd, prepared.blocks
    state = opening(prepared, 0)
    fixed = _fixed(crowd, blocks, state)
    lists = _lists(prepared, state)
    steps = min(steps, max(LEAST_STEPS, MOST_LOOKS // max(len(lists[-1]), 1)))
    prices = np.zeros(len(prepared.floor.units))
    best, best_prices = math.inf, prices.copy()
    drift = np.zeros_like(prices)
    hope, patience = 0.0, 0
    for step in range(steps):
        total, used = _relaxed(crowd, blocks, prices, *lists)
        total += prices.sum() + fixed
        hope = hope if step else HOPED_SHARE * total
        if total < best - 0.05 * hope:
            hope, patience = hope * 1.25, 0
        else:
            patience += 1
        if total < best:
            best, best_prices = total, prices.copy()
        if patience >= PATIENCE:
            hope, patience = hope * 0.8, 0
        over = (used - 1.0) * (state.owner == FREE)
        over[(over < 0) & (prices <= 0)] = 0.0
        drift = INERTIA * drift + over
        length = float((drift * drift).sum())
        if best <= reached or length == 0.0 or (cancelled and cancelled()):
            break
        prices = np.maximum(0.0, prices + (total - best + hope) / length * drift)
    if math.isinf(best):
        best = _relaxed(crowd, blocks, prices, *lists)[0] + fixed
    return math.floor(best + 1e-9 * max(1.0, abs(best)) + 1e-6) - prepared.debt, best_prices


def blocks_for(prepared: Prepared, party: int) -> np.ndarray:
    """Blocks a party might have if only locks stood on the floor."""
    state = opening(prepared, 0)
    return _candidates(prepared.crowd, prepared.blocks, state, np.array([party], np.int64))[1]


def _lists(prepared: Prepared, state: State) -> tuple[np.ndarray, ...]:
    """Parties that ask for the same share one list of blocks, with the worth of each to each party."""
    crowd = prepared.crowd
    names: dict[tuple, int] = {}
    models, parties, which = [], [], []
    for a in range(len(prepared.codes)):
        if crowd.fixed[a] or crowd.need[a] <= 0:
            continue
        regions = tuple(crowd.regions[crowd.region_first[a] : crowd.region_first[a + 1]])
        must = tuple(crowd.must[crowd.must_first[a] : crowd.must_first[a + 1]])
        asked = (crowd.need[a], crowd.limit[a], crowd.shape[a], crowd.raw[a], crowd.power[a], regions, must)
        if asked not in names:
            names[asked] = len(models)
            models.append(a)
        parties.append(a)
        which.append(names[asked])
    first, found = _candidates(crowd, prepared.blocks, state, np.array(models, np.int64))
    parties, which = np.array(parties, np.int64), np.array(which, np.int64)
    value_first = np.concatenate([[0], np.cumsum(np.diff(first)[which])]).astype(np.int64)
    values = _values(crowd, prepared.blocks, parties, which, first, found, value_first)
    return parties, which, first, found, value_first, values


@njit(cache=True, nogil=True)
def _candidates(crowd, blocks, state, models):
    first = np.zeros(len(models) + 1, np.int64)
    found = np.empty(4096, np.int32)
    count = 0
    for i in range(len(models)):
        a = models[i]
        for j in range(crowd.region_first[a], crowd.region_first[a + 1]):
            r = crowd.regions[j]
            start = state.region_first[r]
            end = state.region_first[r + 1]
            for b in range(blocks.first[start], blocks.first[end]):
                if not suits(crowd, blocks, a, b) or not is_free(blocks, state, b):
                    continue
                if count == len(found):
                    grown = np.empty(2 * count, np.int32)
                    grown[:count] = found
                    found = grown
                found[count] = b
                count += 1
        first[i + 1] = count
    return first, found[:count].copy()


@njit(cache=True, nogil=True)
def _values(crowd, blocks, parties, which, first, found, value_first):
    values = np.empty(value_first[-1], np.int32)
    for i in range(len(parties)):
        for k in range(first[which[i]], first[which[i] + 1]):
            values[value_first[i] + k - first[which[i]]] = worth(crowd, blocks, parties[i], found[k])
    return values


@njit(cache=True, nogil=True)
def _relaxed(crowd, blocks, prices, parties, which, first, found, value_first, values):
    """Everybody takes the block of most worth after prices, clashes allowed: points, use of units."""
    cost = np.zeros(len(blocks.area))
    for b in range(len(cost)):
        for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
            cost[b] += prices[blocks.units[k]]
    used = np.zeros(len(prices))
    total = 0.0
    for i in range(len(parties)):
        best, chosen = 0.0, -1
        for k in range(first[which[i]], first[which[i] + 1]):
            b = found[k]
            score = values[value_first[i] + k - first[which[i]]] - cost[b]
            if score > best:
                best, chosen = score, b
        total += best
        if chosen >= 0:
            for k in range(blocks.unit_first[chosen], blocks.unit_first[chosen + 1]):
                used[blocks.units[k]] += 1.0
    return total, used


@njit(cache=True, nogil=True)
def _fixed(crowd, blocks, state):
    """Points already certain: the locked parties, and every pair that could still come to stand together."""
    total = 0
    for a in range(len(state.block)):
        b = state.block[a]
        if b != NOWHERE:
            total += worth(crowd, blocks, a, b)
        for k in range(crowd.pair_first[a], crowd.pair_first[a + 1]):
            other = crowd.pair_other[k]
            there = state.block[other]
            hopeless = (crowd.need[a] <= 0 and b == NOWHERE) or (crowd.need[other] <= 0 and there == NOWHERE)
            if other > a or hopeless:
                continue
            if b == NOWHERE or there == NOWHERE or beside(blocks, state, b, other):
                total += crowd.pair_amount[k]
    return total
