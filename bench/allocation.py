"""Stand allocation: how far from the bound, beside first come, first served, on fairs of every size and kind.

Each line is one solve with its check; its cpu_s holds preparing, bound, search and check, its max_rss_mb the
greatest memory of the whole process so far. filled_pct: shell stands given away, of all
or, where fewer are asked for (in stands of 9 m²), of so many. gap_pct is proven: see
expo/allocation/bound.py.
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace

from bench.record import record
from expo.allocation.allocate import SOLVER_VERSION, allocate
from expo.allocation.baseline import first_come
from expo.allocation.checker import violations
from expo.allocation.instances import instance
from expo.allocation.objective import objective_of
from expo.allocation.problem import Allocation, Problem
from expo.allocation.repair import repair
from expo.allocation.warming import warm_up

QUICK, LONG = 60_000, 400_000
ROUNDS_EACH = 20
LARGEST = 32_000
SIZES = (1_000, 2_000, 4_000, 8_000, 16_000, LARGEST)
HARDER = {"demand 90 %": {"fill": 0.9}, "demand 110 %": {"fill": 1.1}, "25 pavilions": {"pavilions": 25}}


def measure(name: str, problem: Problem, seed: int, rounds: int) -> tuple[Allocation, dict]:
    """First come, first served, then the solver; both against the bound that the solver proves."""
    greedy = first_come(problem).objective
    with record("allocation", name, seed, rounds=rounds, version=SOLVER_VERSION) as figures:
        answer = allocate(problem, seed=seed, rounds=rounds)
        bound = answer.bound or 0
        figures |= {
            "exhibitors": len(problem.applicants),
            "units": len(problem.units),
            "objective": answer.objective,
            "bound": bound,
            "gap_pct": answer.gap_pct,
            "baseline_gap_pct": round(100 * (bound - greedy) / bound, 3) if bound else 0.0,
            "filled_pct": filled_pct(problem, answer),
            "unplaced": len(answer.unplaced),
            "violations": len(violations(problem, answer)),
        }
    return answer, figures


def filled_pct(problem: Problem, answer: Allocation) -> float:
    """See the module's docstring; raw plots are few, wanted by few, and left out."""
    shell = {unit.code for unit in problem.units if not unit.raw}
    asked = sum(math.ceil(one.area_m2 / 9) for one in problem.applicants if not one.raw)
    given = [unit for units in answer.placements.values() for unit in units if unit in shell]
    return round(100 * len(given) / min(asked, len(shell)), 3) if shell and asked else 100.0


def warm_start(problem: Problem, seed: int, plan: Allocation) -> None:
    """Four exhibitors withdraw from the plan, one at a time: repaired, and solved anew for comparison.

    cpu_s is the repair alone, preparing counted; gap_pct and resolve_gap_pct are against the same bound.
    """
    for leaver in problem.applicants[41::80]:
        staying = replace(problem, applicants=tuple(a for a in problem.applicants if a != leaver))
        anew = allocate(staying, seed=seed, rounds=QUICK)
        bound = anew.bound or 1
        with record("allocation", "warm start", seed, withdrawn=leaver.code) as figures:
            found = repair(problem, plan.placements, withdrawn=[leaver.code], prices=plan.unit_prices)
            points = objective_of(staying, found.allocation.placements)
            figures |= {
                "gap_pct": round(100 * (bound - points) / bound, 4),
                "resolve_gap_pct": anew.gap_pct,
                "stands_moved": found.stands_moved,
                "placed": len(found.placed),
                "filled_pct": filled_pct(staying, found.allocation),
            }
        figures["violations"] = len(violations(found.problem, found.allocation))
        assert not figures["violations"]


def scaling(sizes: tuple[int, ...]) -> None:
    """Demand 5 % above the space, as many rounds for each exhibitor; the last line fits the exponent."""
    cpu = []
    for size in sizes:
        problem = instance(size, max(1, size // 640), round(size * 74_600 / LARGEST), seed=1, fill=1.05,
                           pavilions=size * 300 // LARGEST)  # fmt: skip
        name = "large" if size == LARGEST else f"{size} exhibitors"
        cpu.append(measure(name, problem, 1, ROUNDS_EACH * size)[1]["cpu_s"])
    if len(sizes) > 1:
        with record("allocation", "scaling", 1, sizes=sizes, each_cpu_s=cpu) as figures:
            figures["exponent"] = round(fitted([math.log(n) for n in sizes], [math.log(t) for t in cpu]), 3)


def fitted(x: list[float], y: list[float]) -> float:
    """The slope of the straight line through these points, by least squares."""
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - mean_x) ** 2 for a in x)


def main(arguments: list[str]) -> None:
    """All of it by default; --reference leaves scaling out, --large does the largest size alone."""
    warm_up()
    if "--large" in arguments:
        scaling((LARGEST,))
        return
    for seed in (1, 2, 3):
        problem = instance(seed=seed)
        plan, _ = measure("reference", problem, seed, QUICK)
        if seed == 1:
            measure("reference", problem, seed, LONG)
            warm_start(problem, seed, plan)
    for name, more in HARDER.items():
        measure(name, instance(seed=1, **more), 1, QUICK)
    if "--reference" not in arguments:
        scaling(SIZES)


if __name__ == "__main__":
    main(sys.argv[1:])
