"""Timetable: what is left wrong, how dear the answer is, how far apart seeds and a plain first fit lie."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bench.record import record
from bench.timetable_others import others
from expo.forums.timetable.baseline import first_fit
from expo.forums.timetable.checker import violations
from expo.forums.timetable.instances import DAY, large, small
from expo.forums.timetable.problem import DEFAULT_ROUNDS, Problem, Timetable
from expo.forums.timetable.replan import replan as repaired
from expo.forums.timetable.solve import build_timetable, warm_up

BEST_KNOWN = {"S": 7375.5, "L": 40096.5}
"""Lowest totals seen so far on these instances (S: four seeds of 80 million rounds, L: five minutes of one
seed, 200 million rounds); there is no bound."""

Baselines = dict[str, dict[str, Any]]


def judged(name: str, answer: Timetable) -> dict[str, object]:
    """The figures of one answer; what is above the best known stands in for a gap."""
    best = BEST_KNOWN[name]
    return {
        "hard": answer.hard,
        "total": round(answer.total, 1),
        "best_known": best,
        "above_best_pct": round(100 * (answer.total / best - 1), 2),
        "parts": {part: round(cost, 1) for part, cost in answer.parts.items()},
    }


def measure(name: str, problem: Problem, seeds: Sequence[int], budgets: Sequence[int], compare: bool) -> None:
    """First fit, then the solver with every number of rounds, for each seed."""
    with record("timetable", name, 0, method="first fit") as figures:
        naive = first_fit(problem)
        figures |= judged(name, naive)
    baselines: dict[str, object] = {
        "first_fit": {"hard": naive.hard, "total": round(naive.total, 1), "cpu_s": figures["cpu_s"]}
    }
    if compare:
        baselines |= others(problem)
    for rounds in budgets:
        totals: list[float] = []
        for seed in seeds:
            with record("timetable", name, seed, method="annealing", rounds=rounds) as figures:
                answer = build_timetable(problem, seed=seed, rounds=rounds)
                totals.append(answer.total)
                figures |= judged(name, answer) | {"baselines": baselines}
                figures["ratio"] = _ratios(answer.total, baselines)
                figures["spread_pct"] = round(100 * (max(totals) / min(totals) - 1), 2)
            assert len(violations(problem, answer)) == answer.hard


def _ratios(total: float, baselines: Baselines) -> dict[str, float]:
    """How many times dearer the others are, of those that have an answer."""
    return {name: round(b["total"] / total, 2) for name, b in baselines.items() if b["total"]}


def replan(problem: Problem, rounds: int) -> None:
    """The third room is lost on the first day: how many talks move besides those that must."""
    before = build_timetable(problem, seed=1, rounds=rounds)
    lost = problem.rooms[2]
    rooms = tuple(
        replace(room, available=((DAY, 100 * DAY),)) if room == lost else room for room in problem.rooms
    )
    asked = replace(problem, rooms=rooms)
    forced = sum(room == lost.code and start < DAY for room, start in before.places.values())
    with record("timetable", "S, a room lost", 1, method="replanning", rounds=rounds) as figures:
        found = repaired(asked, before.places, seed=1, rounds=rounds)
        assert len(violations(asked, found.answer)) == found.answer.hard
        figures |= {"hard": found.answer.hard, "total": round(found.answer.total, 1), "forced": forced}
        figures |= {"moved": len(found.moved), "proven": found.proven}


def main(arguments: list[str]) -> None:
    """120 talks by default; --large adds 1,000."""
    warm_up()
    measure("S", small(1), (1, 2, 3, 4, 5), [400_000, DEFAULT_ROUNDS], compare=True)
    replan(small(1), 2_000_000)
    if "--large" in arguments:
        measure("L", large(1), (1, 2), [1_000_000, 40_000_000], compare=False)


if __name__ == "__main__":
    main(sys.argv[1:])
