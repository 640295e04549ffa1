"""Timetable: what is left wrong, how dear the answer is, how far apart seeds and a plain first fit lie."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from bench.record import record
from expo.forums.timetable.baseline import first_fit
from expo.forums.timetable.checker import changed, violations
from expo.forums.timetable.instances import DAY, large, small
from expo.forums.timetable.problem import Problem, Timetable
from expo.forums.timetable.solve import build_timetable, warm_up

BEST_KNOWN = {"S": 7421.0, "L": 44783.0}
"""Lowest totals seen so far on these instances (S: 40 million rounds, L: 5 million); there is no bound."""


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


def measure(name: str, problem: Problem, seeds: Sequence[int], budgets: Sequence[int]) -> None:
    """First fit, then the solver with every number of rounds, for each seed."""
    with record("timetable", name, 0, method="first fit") as figures:
        naive = first_fit(problem)
        figures |= judged(name, naive)
    baselines = {"first_fit": {"hard": naive.hard, "total": round(naive.total, 1), "cpu_s": figures["cpu_s"]}}
    for rounds in budgets:
        totals: list[float] = []
        for seed in seeds:
            with record("timetable", name, seed, method="annealing", rounds=rounds) as figures:
                answer = build_timetable(problem, seed=seed, rounds=rounds)
                totals.append(answer.total)
                figures |= judged(name, answer) | {"baselines": baselines}
                figures["spread_pct"] = round(100 * (max(totals) / min(totals) - 1), 2)
            assert len(violations(problem, answer)) == answer.hard


def replan(problem: Problem, rounds: int) -> None:
    """The third room is lost on the first day: how many talks move besides those that must."""
    before = build_timetable(problem, seed=1, rounds=rounds)
    lost = problem.rooms[2]
    rooms = tuple(
        replace(room, available=((DAY, 100 * DAY),)) if room == lost else room for room in problem.rooms
    )
    asked = replace(problem, rooms=rooms, previous=before.places, change_price=200.0)
    forced = sum(room == lost.code and start < DAY for room, start in before.places.values())
    with record("timetable", "S, a room lost", 1, method="replanning", rounds=rounds) as figures:
        after = build_timetable(asked, seed=1, rounds=rounds)
        moved = len(changed(asked, after.places))
        figures |= {"hard": after.hard, "total": round(after.total, 1), "forced": forced, "moved": moved}


def main(arguments: list[str]) -> None:
    """120 talks by default; --large adds 1,000."""
    warm_up()
    measure("S", small(1), (1, 2, 3), [400_000, 2_000_000, 8_000_000])
    replan(small(1), 2_000_000)
    if "--large" in arguments:
        measure("L", large(1), (1, 2), [2_000_000, 20_000_000])


if __name__ == "__main__":
    main(sys.argv[1:])
