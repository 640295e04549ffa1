"""Stand allocation: how far from the bound after how many rounds, and against first come, first served."""

from __future__ import annotations

import sys

from bench.record import record
from expo.allocation.allocate import allocate
from expo.allocation.baseline import first_come
from expo.allocation.checker import violations
from expo.allocation.instances import instance
from expo.allocation.problem import Problem

REFERENCE = {"exhibitors": 330, "zones": 4, "units": 1536}
LARGE = {"exhibitors": 32_000, "zones": 50, "units": 74_600, "pavilions": 300}


def measure(name: str, problem: Problem, seed: int, budgets: list[int]) -> None:
    """The greedy answer, then the solver with each number of rounds."""
    with record("allocation", name, seed, method="first come") as figures:
        greedy = first_come(problem)
        figures |= {"objective": greedy.objective, "unplaced": len(greedy.unplaced)}
    for rounds in budgets:
        with record("allocation", name, seed, method="allocate", rounds=rounds) as figures:
            answer = allocate(problem, seed=seed, rounds=rounds)
            figures["violations"] = len(violations(problem, answer))
            bound = answer.bound or 0
            figures |= {
                "objective": answer.objective,
                "bound": bound,
                "gap_pct": answer.gap_pct,
                "baseline_gap_pct": round(100 * (bound - greedy.objective) / bound, 3) if bound else 0.0,
                "filled_pct": round(100 * sum(map(len, answer.placements.values())) / len(problem.units), 2),
                "unplaced": len(answer.unplaced),
            }


def main(arguments: list[str]) -> None:
    """Reference size by default; --large adds the size of the largest fairs."""
    small = instance(30, 2, 120, seed=1)
    allocate(small, seed=1, rounds=10)
    for seed in (1, 2, 3):
        measure("reference", instance(**REFERENCE, seed=seed), seed, [2_000, 20_000, 100_000])
    if "--large" in arguments:
        measure("large", instance(**LARGE, seed=1), 1, [0, 200_000, 1_000_000])


if __name__ == "__main__":
    main(sys.argv[1:])
