"""Solve an allocation: prices first, then everybody served by them, then ruin and recreate."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from expo.allocation.bound import bound_of
from expo.allocation.pavilions import divide
from expo.allocation.placing import State, opening, serve
from expo.allocation.prepare import NOWHERE, Prepared, prepare
from expo.allocation.problem import Allocation, Problem
from expo.allocation.search import improve

Progress = Callable[[int, int, int, int | None, str], None]
SOLVER_VERSION = "3"
"""Bumped whenever the same problem, seed and rounds give another answer than before."""
CHUNKS = 50
HEAT_SHARE, HOT_ROUNDS = 0.04, 100
PRICE_SHARE = 0.8


def allocate(
    problem: Problem,
    *,
    seed: int = 1,
    rounds: int = 20_000,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    with_bound: bool = True,
) -> Allocation:
    """The best allocation found in so many rounds; the same problem, seed and rounds give the same answer.

    progress(rounds done, rounds, points, bound, "bound" or "search") is called about forty times while the
    bound falls and fifty while the points rise. Once cancelled() is true the best so far is returned, with
    rounds saying how many were really done.
    """
    prepared = prepare(problem)
    state = opening(prepared, seed)
    crowd, blocks = prepared.crowd, prepared.blocks
    none = np.zeros(len(blocks.area))
    current = int(serve(crowd, blocks, state, prepared.queue, none, 0.0))
    bound, prices = None, np.zeros(len(prepared.floor.units))
    if with_bound:
        points = current - prepared.debt
        _tell(progress, 0, rounds, points, None, "bound")
        bound, prices, gain = bound_of(
            prepared,
            current,
            cancelled=cancelled,
            tell=lambda tighter: _tell(progress, 0, rounds, points, tighter, "bound"),
        )
    cost = block_cost(prepared, prices)
    if with_bound and not (cancelled and cancelled()):
        state, current = _bought(prepared, seed, cost, gain, state, current)
    best_block, curve, done = searched(
        prepared, state, current, cost, bound, rounds, progress=progress, cancelled=cancelled
    )
    return answer(prepared, best_block, curve, bound, prices, seed=seed, rounds=done)


def _bought(
    prepared: Prepared, seed: int, cost: np.ndarray, gain: np.ndarray, state: State, points: int
) -> tuple[State, int]:
    """The floor filled by price, if that is better than the one given.

    Whoever gains at these prices chooses first, the largest before the smaller that fit in anywhere;
    everybody takes what is worth most to them above its price, so that nobody wastes a place dear to others.
    """
    queue = prepared.queue[np.lexsort((-prepared.crowd.need[prepared.queue], gain[prepared.queue] <= 0))]
    other = opening(prepared, seed)
    reached = int(serve(prepared.crowd, prepared.blocks, other, queue, cost, PRICE_SHARE))
    return (other, reached) if reached > points else (state, points)


def block_cost(prepared: Prepared, prices: np.ndarray) -> np.ndarray:
    """The price of every block: the sum over its units."""
    blocks = prepared.blocks
    if not len(blocks.area):
        return np.zeros(0)
    return np.add.reduceat(prices[blocks.units], blocks.unit_first[:-1])


def answer(
    prepared: Prepared,
    block_of: np.ndarray,
    curve: list[tuple[int, int]],
    bound: int | None,
    prices: np.ndarray,
    *,
    seed: int,
    rounds: int,
) -> Allocation:
    """Back from numbers to codes, pavilions divided among their members."""
    placements: dict[str, tuple[str, ...]] = {}
    for party, block in enumerate(block_of):
        if block != NOWHERE:
            placements |= divide(prepared, party, int(block))
    objective = curve[-1][1]
    gap = None if bound is None else round(100 * (bound - objective) / bound, 4) if bound > 0 else 0.0
    return Allocation(
        placements=placements,
        objective=objective,
        bound=bound,
        gap_pct=gap,
        curve=tuple(curve),
        unplaced=tuple(a.code for a in prepared.problem.applicants if a.code not in placements),
        seed=seed,
        rounds=rounds,
        unit_prices={
            unit.code: round(float(p), 1) for unit, p in zip(prepared.floor.units, prices, strict=True)
        },
    )


def searched(
    prepared: Prepared,
    state: State,
    current: int,
    cost: np.ndarray,
    bound: int | None,
    rounds: int,
    *,
    heat_share: float | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[np.ndarray, list[tuple[int, int]], int]:
    """Search on from a floor worth `current` points: (block of each party, curve, rounds done).

    heat_share: the loss the search bears with at first, as a share of the mean points of a party; by default
    the less the fewer rounds there are to make up for it.
    """
    best, best_block = current, state.block.copy()
    curve = [(0, current - prepared.debt)]
    waiting = np.flatnonzero(state.block == NOWHERE)
    wait = np.zeros(len(state.block) + 2, np.int64)
    wait[0], wait[1 : 1 + len(waiting)] = len(waiting), waiting
    stale = np.zeros(2 * len(state.block) + 2, np.int64)
    size = max(len(state.block), 1)
    if heat_share is None:
        heat_share = HEAT_SHARE * min(1.0, rounds / (HOT_ROUNDS * size))
    heat = heat_share * current / size
    step = max(1, -(-rounds // CHUNKS))
    done = 0
    while done < rounds and len(state.block) and len(state.owner):
        if cancelled and cancelled():
            break
        end = min(done + step, rounds)
        current, best = improve(
            prepared.crowd, prepared.blocks, state, prepared.floor.vicinity, cost, wait, current, best,
            best_block, stale, done, end, rounds, heat,
        )  # fmt: skip
        done = end
        curve.append((done, int(best) - prepared.debt))
        _tell(progress, done, rounds, curve[-1][1], bound, "search")
    return best_block, curve, done


def _tell(progress: Progress | None, done: int, total: int, points: int, bound: int | None, phase: str):
    if progress:
        progress(done, total, points, bound, phase)
