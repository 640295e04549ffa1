"""`python -m …worker prove|improve`: the two searches, each in a process that may be ended at any moment.

One JSON object comes in on standard input, and lines of JSON, [what, value], go out.
"""

from __future__ import annotations

import json
import resource
import sys

from .checker import breaks_by_participant, violations
from .domains import domains
from .problem import Problem
from .prover import Descent, prove
from .reading import read_problem

MEMORY = 2 * 1024**3
ROUNDS = (100_000, 200_000, 400_000, 800_000, 1_600_000)
PATIENCE = 10_000
"""Conflicts of the first step of the descent. Each step has twice as many, and twice the rounds between."""


def main(task: str) -> None:
    """Do the task until it is done or the process is ended."""
    given = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, given["seconds"])  # for one whose parent was killed before it could end it
    problem = read_problem(given["problem"])
    if task == "prove":
        prove(problem, _tell)
        return
    from .anneal import Search  # compiled code: not for those who only prove

    search = Search(problem, domains(problem), given["slots"], given["seed"])
    slots, rounds = given["slots"], 0
    for rounds in ROUNDS:
        slots = _better(problem, slots, search.run(rounds))
    patience, done = PATIENCE, False
    with Descent(problem, _breaks(problem, slots)) as descent:
        while not done:
            slots, done = descent.run(slots, _tell, patience)
            if not done:
                search.best = slots
                rounds, patience = 2 * rounds, 2 * patience
                slots = _better(problem, slots, search.run(rounds))


def _better(problem: Problem, old: list[int], new: list[int]) -> list[int]:
    """The new schedule, told of, if it is sound and has fewer breaks: annealing counts idle slots too."""
    if _breaks(problem, new) >= _breaks(problem, old) or violations(problem, new):
        return old
    _tell("slots", new)
    return new


def _breaks(problem: Problem, slots: list[int]) -> int:
    return sum(breaks_by_participant(problem, slots))


def _tell(what: str, value: object) -> None:
    print(json.dumps([what, value]), flush=True)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(sys.argv[1])
