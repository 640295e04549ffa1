"""`python -m …worker prove|prove-anew|improve|rise`: the searches, each in a process that may end any time.

One JSON object comes in on standard input, and lines of JSON, [what, value], go out.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from itertools import count
from typing import TYPE_CHECKING

from .around import Around
from .checker import breaks_by_participant, violations
from .domains import domains
from .problem import Problem
from .prover import Descent, prove, rise
from .reading import read_problem

if TYPE_CHECKING:
    from .anneal import Search

MEMORY = 2 * 1024**3
COUNTING_S = 5.0
ROUNDS, AGAIN = 2_000_000, 1_000_000
"""Moves of annealing at first, and each time that the searches around breaks have ended."""
LOOKS, LOOK = 100, 300
"""Searches around breaks between two annealings, and the conflicts that each may take."""
WORSE = 2
"""A schedule with so many breaks more is still gone on from: the best one may be a dead end."""
TURNS = 4
"""Every so many turns everything is searched at once."""
ENOUGH_S = 8.0
"""Processor seconds without a better schedule after which it ends: the proof may need them more."""
PATIENCE = 2_000
"""Conflicts of the first search of everything at once. Each has twice as many as the one before."""


def main(task: str) -> None:
    """Do the task until it is done or the process is ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    given = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, given["seconds"])  # for one whose parent was killed before it could end it
    problem = read_problem(given["problem"])
    if task == "prove":
        prove(problem, _tell)
    elif task == "prove-anew":
        _prove_anew(problem, given["slots"], given["seed"])
    elif task == "rise":
        rise(problem, _tell, given["bound"])
    else:
        _improve(problem, given["slots"], given["seed"])


def _prove_anew(problem: Problem, slots: list[int], seed: int) -> None:
    """Count, anneal once, and prove from fewer clauses."""
    from .crowd import counted_bound  # scipy takes its time: most problems are solved before

    _tell("bound", counted_bound(problem, domains(problem), COUNTING_S))
    _better(problem, slots, _search(problem, slots, seed).run(ROUNDS))
    prove(problem, _tell, people=False)


def _improve(problem: Problem, slots: list[int], seed: int) -> None:
    """Anneal, then search around the breaks that are left, and every few turns search everything at once."""
    search, choose = _search(problem, slots, seed), Around(problem, seed)
    best = now = _better(problem, slots, search.run(ROUNDS))
    patience = PATIENCE
    with Descent(problem, _breaks(problem, best) + WORSE) as descent:
        least, since = _breaks(problem, best), time.process_time()
        for turn in count():
            now, done = descent.around(now, choose, _tell, LOOK, LOOKS)
            best = now if _breaks(problem, now) <= _breaks(problem, best) else best
            if turn % TURNS == 0 and not done:
                best, done = descent.run(best, _tell, patience)
                patience *= 2
            if _breaks(problem, best) < least:
                least, since = _breaks(problem, best), time.process_time()
            if done or time.process_time() - since > ENOUGH_S:
                return
            search.best = best
            now = search.run(AGAIN)
            if _breaks(problem, now) > _breaks(problem, best) + WORSE or violations(problem, now):
                now = best


def _search(problem: Problem, slots: list[int], seed: int) -> Search:
    from .anneal import Search  # compiled code: not for those who only prove

    return Search(problem, domains(problem), slots, seed)


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
