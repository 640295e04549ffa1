"""`python -m …worker prove|improve`: the two searches, each in a process that may be ended at any moment.

One JSON object comes in on standard input, and lines of JSON, [what, value], go out.
"""

from __future__ import annotations

import json
import resource
import sys

from .domains import domains
from .prover import descend, prove
from .reading import read_problem

MEMORY = 2 * 1024**3
ROUNDS = (100_000, 200_000, 400_000, 800_000, 1_600_000)


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
    for rounds in ROUNDS:
        _tell("slots", search.run(rounds))
    descend(problem, search.best, _tell)


def _tell(what: str, value: object) -> None:
    print(json.dumps([what, value]), flush=True)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(sys.argv[1])
