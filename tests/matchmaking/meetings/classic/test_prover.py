"""The proof against trying everything."""

from hypothesis import given, settings

from matchmaking.meetings.classic.around import Around
from matchmaking.meetings.classic.checker import breaks_by_participant, violations
from matchmaking.meetings.classic.clashes import clash
from matchmaking.meetings.classic.domains import domains, fewest_breaks
from matchmaking.meetings.classic.prover import Descent, prove, rise

from .making import a_problem, fewest_by_trying, tiny_problems


def told_by_the_proof(problem, **how):
    """Everything that the proof tells of, in order, by kind."""
    told: dict[str, list] = {"slots": [], "bound": [], "infeasible": [], "rules": []}
    prove(problem, lambda what, value: told[what].append(value), **how)
    return told


@settings(max_examples=150, deadline=None)
@given(tiny_problems())
def test_no_schedule_has_fewer_breaks_than_the_proven_one(problem):
    best = fewest_by_trying(problem)
    allowed = domains(problem)
    if clash(problem, allowed) or not all(allowed):
        assert best is None
        return
    told = told_by_the_proof(problem)
    assert bool(told["infeasible"]) == (best is None)
    if best is not None:
        slots = told["slots"][-1]
        assert (violations(problem, slots), told["bound"][-1]) == ([], best)
        assert sum(breaks_by_participant(problem, slots)) == best
        assert sum(fewest_breaks(problem, allowed)) <= best


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_without_the_count_of_people_the_same_is_proven(problem):
    if not clash(problem, domains(problem)):
        counted, uncounted = told_by_the_proof(problem), told_by_the_proof(problem, people=False)
        assert counted["bound"][-1:] == uncounted["bound"][-1:]
        assert (counted["infeasible"], counted["rules"]) == (uncounted["infeasible"], uncounted["rules"])


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_the_descent_from_any_schedule_ends_at_the_proven_one(problem):
    allowed = domains(problem)
    told = {"slots": []} if clash(problem, allowed) else told_by_the_proof(problem)
    if told["slots"]:
        heard = {"slots": [], "bound": []}
        start = told["slots"][0]
        with Descent(problem, sum(breaks_by_participant(problem, start))) as descent:
            last, done = descent.run(start, lambda what, value: heard[what].append(value), 10_000)
        assert (done, violations(problem, last)) == (True, [])
        assert sum(breaks_by_participant(problem, last)) == told["bound"][-1] == heard["bound"][-1]


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_looks_around_breaks_end_at_the_proven_schedule(problem):
    allowed = domains(problem)
    told = {"slots": []} if clash(problem, allowed) else told_by_the_proof(problem)
    if told["slots"]:
        heard = {"slots": [], "bound": []}
        start, best = told["slots"][0], told["bound"][-1]
        with Descent(problem, sum(breaks_by_participant(problem, start))) as descent:
            last, done = descent.around(
                start, Around(problem, 1), lambda what, value: heard[what].append(value), 10_000, looks=20
            )
        assert (done, violations(problem, last)) == (True, [])
        assert sum(breaks_by_participant(problem, last)) == best
        assert heard["bound"] in ([], [best])


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_one_bound_at_a_time_ends_at_the_proven_schedule(problem):
    told = {"slots": []} if clash(problem, domains(problem)) else told_by_the_proof(problem)
    if told["slots"]:
        heard = {"slots": [], "bound": []}
        rise(problem, lambda what, value: heard[what].append(value), 0)
        best = told["bound"][-1]
        assert heard["bound"] == [*range(1, best + 1), best]
        assert violations(problem, heard["slots"][-1]) == []
        assert sum(breaks_by_participant(problem, heard["slots"][-1])) == best


def test_the_rules_are_named_without_which_there_would_be_a_schedule():
    triangle = a_problem([(1, 2), (2, 3), (1, 3)], participants=4, tables=1, slots=3, max_break_difference=0)
    told = told_by_the_proof(triangle)
    assert (told["infeasible"], told["rules"]) == ([True], [["max_break_difference"]])
