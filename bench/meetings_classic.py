"""The classical form of meetings: breaks, proven bound and processor seconds on instances like the published.

`python -m bench.meetings_classic [SECONDS [SEEDS]]`. `cpu_s` is that of all processes, building the clauses
included: at most two work side by side. Of each group, those like the published and those beyond them, a last
line says how many were proven, and how many of these within 60 processor seconds.
"""

from __future__ import annotations

import sys

from bench.record import record
from matchmaking.meetings.classic.checker import violations
from matchmaking.meetings.classic.instances import BEYOND, KINDS, Kind, instance
from matchmaking.meetings.classic.problem import Problem
from matchmaking.meetings.classic.solve import Answer, solve

SECONDS, SEEDS = 60.0, 2
IN_TIME_S = 60.0


def main(seconds: float, seeds: int) -> None:
    """Every kind of instance, so many of each, so many wall seconds at most for one."""
    for group, kinds in (("like the published", KINDS), ("beyond the published", BEYOND)):
        answers = [
            answered(name, kind, seed, seconds)
            for name, kind in kinds.items()
            for seed in range(1, seeds + 1)
        ]
        proved = [answer for answer in answers if answer.proved]
        with record("meetings_classic", group, seeds, seconds=seconds) as figures:
            figures |= {
                "instances": len(answers),
                "proved": len(proved),
                "proved_in_60_cpu_s": sum(answer.cpu_s <= IN_TIME_S for answer in proved),
                "without_schedule": sum(answer.slots is None for answer in answers),
                "gap": sum(
                    answer.breaks - answer.lower_bound for answer in answers if answer.breaks is not None
                ),
                "cpu_s": round(sum(answer.cpu_s for answer in answers), 3),
                "most_cpu_s": max(answer.cpu_s for answer in answers),
            }


def answered(name: str, kind: Kind, seed: int, seconds: float) -> Answer:
    """One instance solved, and a line printed of it."""
    problem = instance(kind, seed)
    with record("meetings_classic", name, seed, seconds=seconds) as figures:
        answer = solve(problem, seconds, seed)
        figures |= described(problem, answer)
    return answer


def described(problem: Problem, answer: Answer) -> dict[str, object]:
    """The size of the problem, what was proven, and what the checker says of the answer."""
    return {
        "participants": problem.participants,
        "meetings": len(problem.meetings),
        "slots": problem.slots,
        "tables": problem.tables,
        "breaks": answer.breaks,
        "lower_bound": answer.lower_bound,
        "proved": answer.proved,
        "cpu_s": answer.cpu_s,
        "violations": len(violations(problem, answer.slots or ())),
    }


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((float, int), [*sys.argv[1:3], SECONDS, SEEDS][:2], strict=True)))
