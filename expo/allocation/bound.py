"""How good any allocation could possibly be, and what each unit is worth to those who compete for it.

Proof that the bound holds. Give each free unit u a price c[u] >= 0. Take any allocation that obeys the
rules. Its points are the sum over placed parties of worth(a, b), plus the pairs that stand side by side, plus
what is fixed (locks, the debt of former places). Every unit is used at most once, so the prices of the used
units add up to at most the sum of all c. Hence

    points <= sum(c) + sum over parties of max(0, max over blocks b it may have of worth(a, b) - price(b))
              + all pairs that may come to touch + fixed

because each party's own term is at least what it gets here, 0 if unplaced. Rivals only forbid, and a pair
that does not stand together brings less, so leaving the rivals out and counting pairs in full keeps the sum
above. Left out are only pairs that can never touch: rivals of each other, or two of whom no suitable blocks
lie side by side. Points are whole numbers, so the sum may be rounded down. All this holds for any prices:
they are found by subgradient steps, and the best sum met is the bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit

from expo.allocation.classes import Market, market_of
from expo.allocation.company import certain
from expo.allocation.placing import FREE, State, is_free, opening, serve, suits
from expo.allocation.prepare import Prepared, prepare
from expo.allocation.problem import Problem
from expo.allocation.weighing import weigh

STEPS = 4000
LEAST_STEPS, MOST_LOOKS = 60, 4 * 10**9
HOPED_SHARE, PATIENCE, INERTIA = 0.02, 5, 0.9
SETTLED_SHARE = 2e-6
TELLS = 40
OPENING_SHARES = (0.0, 0.5, 1.0, 1.2, 1.4)

Tell = Callable[[int], None]


class Priced(NamedTuple):
    """The bound in points, the price of each unit, and what each party would gain at these prices."""

    value: int
    prices: np.ndarray
    gain: np.ndarray


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
    value, prices, _ = bound_of(prepared, int(start), steps)
    return Bound(
        value, {unit.code: round(float(prices[u]), 1) for u, unit in enumerate(prepared.floor.units)}
    )


def bound_of(
    prepared: Prepared,
    reached: int,
    steps: int = STEPS,
    cancelled: Callable[[], bool] | None = None,
    tell: Tell | None = None,
) -> Priced:
    """The bound, the prices that prove it and who gains by them; reached is any known number of points.

    On the largest fairs fewer steps are made, so that no more than MOST_LOOKS figures are looked at in all.
    tell hears the bound as it tightens, some forty times.
    """
    state = opening(prepared, 0)
    market = market_of(prepared, state)
    fixed = certain(prepared, state, market)
    looks = len(market.listed) + len(prepared.blocks.units) + 100 * len(market.parties) + 1
    steps = max(1, min(steps, max(LEAST_STEPS, MOST_LOOKS // looks)))
    prices = _opening_prices(prepared, market, state)
    best, best_prices = math.inf, prices.copy()
    drift = np.zeros_like(prices)
    hope, patience = 0.0, 0
    for step in range(steps):
        total, used = _relaxed(prepared, market, prices)
        total += fixed
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
        done = best <= reached or length == 0.0 or hope < SETTLED_SHARE * best
        if done or (cancelled and cancelled()):
            break
        if tell and step % max(1, steps // TELLS) == 0:
            tell(_whole(best) - prepared.debt)
        prices = np.maximum(0.0, prices + (total - best + hope) / length * drift)
    gain = np.zeros(len(prepared.codes))
    gain[market.parties], _ = weigh(
        prepared.crowd,
        prepared.blocks,
        market,
        _costs(prepared.blocks.unit_first, prepared.blocks.units, best_prices),
    )
    return Priced(_whole(best) - prepared.debt, best_prices, gain)


def blocks_for(prepared: Prepared, party: int) -> np.ndarray:
    """Blocks a party might have if only locks stood on the floor."""
    return _candidates(prepared.crowd, prepared.blocks, opening(prepared, 0), party)


def _opening_prices(prepared: Prepared, market: Market, state: State) -> np.ndarray:
    """The same price for every square metre, the best of a few: where demand exceeds space, far from none."""
    floor = prepared.floor
    usual = float(prepared.problem.weights.placed) * floor.area / floor.standard_area * (state.owner == FREE)
    totals = [_relaxed(prepared, market, share * usual)[0] for share in OPENING_SHARES]
    return OPENING_SHARES[int(np.argmin(totals))] * usual


def _whole(points: float) -> int:
    """Rounded down, but never for a rounding error's sake."""
    return math.floor(points + 1e-6 + 1e-10 * abs(points))


def _relaxed(prepared: Prepared, market: Market, prices: np.ndarray) -> tuple[float, np.ndarray]:
    """The sum of all prices and of what everybody gains after prices, clashes allowed; the use of units."""
    blocks = prepared.blocks
    cost = _costs(blocks.unit_first, blocks.units, prices)
    gain, chosen = weigh(prepared.crowd, blocks, market, cost)
    return float(prices.sum() + gain.sum()), _usage(blocks.unit_first, blocks.units, chosen, len(prices))


@njit(cache=True, nogil=True)
def _costs(unit_first, units, prices):
    cost = np.zeros(len(unit_first) - 1)
    for b in range(len(cost)):
        for k in range(unit_first[b], unit_first[b + 1]):
            cost[b] += prices[units[k]]
    return cost


@njit(cache=True, nogil=True)
def _usage(unit_first, units, chosen, size):
    used = np.zeros(size)
    for b in chosen:
        if b >= 0:
            for k in range(unit_first[b], unit_first[b + 1]):
                used[units[k]] += 1.0
    return used


@njit(cache=True, nogil=True)
def _candidates(crowd, blocks, state, a):
    found = np.empty(4096, np.int32)
    count = 0
    for j in range(crowd.region_first[a], crowd.region_first[a + 1]):
        r = crowd.regions[j]
        for b in range(blocks.first[state.region_first[r]], blocks.first[state.region_first[r + 1]]):
            if not suits(crowd, blocks, a, b) or not is_free(blocks, state, b):
                continue
            if count == len(found):
                grown = np.empty(2 * count, np.int32)
                grown[:count] = found
                found = grown
            found[count] = b
            count += 1
    return found[:count].copy()
