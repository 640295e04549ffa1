"""The classical form of meetings: breaks, proven bound and processor seconds on instances like the published.

`python -m bench.meetings_classic [SECONDS [SEEDS]]`. `cpu_s` is that of all processes, building the clauses
included: two run side by side, so that 30 seconds are 60 processor seconds at most. The last line says how
many were proven.
"""

from __future__ import annotations

import sys

from bench.record import record
from matchmaking.meetings.classic.checker import violations
from matchmaking.meetings.classic.instances import KINDS, instance
from matchmaking.meetings.classic.problem import Problem
from matchmaking.meetings.classic.solve import Answer, solve

SECONDS, SEEDS = 30.0, 2


def main(seconds: float, seeds: int) -> None:
    """Every kind of instance, so many of each, so many wall seconds at most for one."""
    answers = []
    for name, kind in KINDS.items():
        for seed in range(1, seeds + 1):
            problem = instance(kind, seed)
            with record("meetings_classic", name, seed, seconds=seconds) as figures:
                answer = solve(problem, seconds, seed)
                figures |= described(problem, answer)
                answers.append(answer)
    with record("meetings_classic", "all", seeds, seconds=seconds) as figures:
        figures |= {
            "instances": len(answers),
            "proved": sum(answer.proved for answer in answers),
            "without_schedule": sum(answer.slots is None for answer in answers),
            "gap": sum(answer.breaks - answer.lower_bound for answer in answers if answer.breaks is not None),
            "cpu_s": round(sum(answer.cpu_s for answer in answers), 3),
            "most_cpu_s": max(answer.cpu_s for answer in answers),
        }


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
