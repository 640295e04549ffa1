"""Searches side by side, a proof where there is one, and what there is when it is stopped."""

import signal
import time

from matchmaking.meetings.classic.checker import breaks_by_participant, violations
from matchmaking.meetings.classic.instances import BEYOND, KINDS, instance
from matchmaking.meetings.classic.solve import solve

from .making import a_problem


def test_an_event_of_published_size_is_solved_to_proven_optimality():
    problem = instance(KINDS["small event, scarce tables"], seed=1)
    answer = solve(problem, seconds=60)
    assert (answer.proved, answer.lower_bound, violations(problem, answer.slots)) == (True, answer.breaks, [])
    assert sum(breaks_by_participant(problem, answer.slots)) == answer.breaks


def test_a_search_that_is_stopped_gives_what_it_has():
    problem = instance(BEYOND["large event, 302 meetings in 308 places"], seed=1)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(3)
    begun = time.monotonic()
    answer = solve(problem, seconds=120)
    signal.signal(signal.SIGALRM, before)
    assert (answer.proved, time.monotonic() - begun < 60) == (False, True)
    if answer.feasible:
        assert violations(problem, answer.slots) == []
    else:
        assert answer.reason == "it was stopped too early to find a schedule or to prove that there is none"


def test_no_meetings_need_no_search():
    answer = solve(a_problem([]), seconds=1)
    assert (answer.slots, answer.breaks, answer.lower_bound, answer.proved) == ([], 0, 0, True)
