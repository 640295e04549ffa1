"""`python -m …worker prove|improve`: the two searches, each in a process that may be ended at any moment.

One JSON object comes in on standard input, and lines of JSON, [what, value], go out.
"""

from __future__ import annotations

import json
import resource
import sys

from .domains import domains
from .prover import prove
from .reading import read_problem

MEMORY = 2 * 1024**3
FIRST_ROUNDS, MOST_ROUNDS = 100_000, 3_000_000


def main(task: str) -> None:
    """Do the task until it is done or the process is ended."""
    _limit_memory()
    given = json.load(sys.stdin)
    problem = read_problem(given["problem"])
    if task == "prove":
        prove(problem, _tell)
        return
    from .anneal import Search  # compiled code: not for those who only prove

    search = Search(problem, domains(problem), given["slots"], given["seed"])
    rounds = FIRST_ROUNDS
    while True:
        _tell("slots", search.run(rounds))
        rounds = min(2 * rounds, MOST_ROUNDS)


def _tell(what: str, value: object) -> None:
    print(json.dumps([what, value]), flush=True)


def _limit_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


if __name__ == "__main__":
    main(sys.argv[1])
