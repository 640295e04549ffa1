"""Kempe chains keep every rule, and the same seed gives the same schedule."""

from matchmaking.meetings.classic.anneal import Search
from matchmaking.meetings.classic.checker import breaks_by_participant, violations
from matchmaking.meetings.classic.domains import domains
from matchmaking.meetings.classic.instances import Kind, instance
from matchmaking.meetings.classic.prover import prove

KIND = Kind(20, 45, 10, 8, absent=0.3, fixed=0.1, ordered=0.2, am=0.1)


def test_annealing_keeps_the_rules_and_is_the_same_each_time():
    problem = instance(KIND, seed=3)
    told = []
    prove(problem, lambda what, value: told.append(value) if what == "slots" else None)
    start, best = told[0], told[-1]
    first, second = (Search(problem, domains(problem), start, seed=7).run(50_000) for _ in range(2))
    assert (violations(problem, first), first) == ([], second)
    breaks = [sum(breaks_by_participant(problem, slots)) for slots in (best, first, start)]
    assert breaks == sorted(breaks)
