"""The counted bound against trying everything, and where it is what proves a schedule."""

from hypothesis import given, settings

from matchmaking.meetings.classic.crowd import counted_bound
from matchmaking.meetings.classic.domains import domains
from matchmaking.meetings.classic.instances import KINDS, instance
from matchmaking.meetings.classic.solve import solve

from .making import a_problem, fewest_by_trying, tiny_problems


@settings(max_examples=150, deadline=None)
@given(tiny_problems())
def test_it_is_never_above_the_fewest_breaks(problem):
    best = fewest_by_trying(problem)
    if best is not None:
        assert counted_bound(problem, domains(problem), 10) <= best


def test_an_idle_slot_in_the_middle_of_the_only_day_is_counted():
    apart = a_problem(
        [(1, 2), (1, 3)], slots=3, unavailable=(frozenset({2}), frozenset(), frozenset()), participants=3
    )
    assert counted_bound(apart, domains(apart), 10) == 1


def test_one_table_for_two_pairs_who_meet_twice_tears_nobody_s_day():
    turns = a_problem([(1, 2), (1, 2), (3, 4), (3, 4)], slots=4, tables=1)
    assert counted_bound(turns, domains(turns), 10) == 0


def test_it_reaches_the_optimum_where_tables_are_scarce_and_days_are_full():
    problem = instance(KINDS["dense event, scarce tables"], seed=1)
    answer = solve(problem, seconds=60)
    assert (counted_bound(problem, domains(problem), 10), answer.proved) == (answer.breaks, True)
    assert answer.breaks > 0
