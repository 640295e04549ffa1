"""First come, first served by priority: what an organiser with a list and a pencil would do."""

from __future__ import annotations

import numpy as np

from expo.allocation.allocate import answer
from expo.allocation.placing import opening, serve
from expo.allocation.prepare import prepare
from expo.allocation.problem import Allocation, Problem


def first_come(problem: Problem) -> Allocation:
    """Everybody in order of priority takes the best block still free."""
    prepared = prepare(problem)
    state = opening(prepared, 0)
    none = np.zeros(len(prepared.blocks.area))
    points = int(serve(prepared.crowd, prepared.blocks, state, prepared.queue, none, 0.0)) - prepared.debt
    prices = np.zeros(len(prepared.floor.units))
    return answer(prepared, state.block, [(0, points)], None, prices, seed=0, rounds=0)
