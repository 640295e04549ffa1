"""What cannot be held is said in a sentence before any search."""

import pytest

from matchmaking.meetings.classic.clashes import clash
from matchmaking.meetings.classic.domains import domains

from .making import a_problem

FREE = frozenset()


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            a_problem([(1, 2), (3, 4), (1, 3)], tables=1, slots=2),
            "3 meetings do not fit in 2 slots with 1 tables",
        ),
        (
            a_problem([(1, 2), (1, 3)], slots=2, unavailable=(frozenset({1}), FREE, FREE, FREE)),
            "participant 1 has 2 meetings and is available in 1 slots",
        ),
        (
            a_problem([(1, 2)], fixed=(2,), unavailable=(FREE, frozenset({2}), FREE, FREE)),
            "meeting 1 of participants 1 and 2 has no slot in its fixed slot 2 in which both are available",
        ),
        (
            a_problem([(1, 2), (3, 4)], precedences=((2,), (1,))),
            "the precedences leave no slot for meeting 1",
        ),
        (
            a_problem([(1, 2), (3, 4)], tables=1, fixed=(3, 3)),
            "2 meetings are fixed to slot 3, which has 1 tables",
        ),
        (
            a_problem([(1, 2), (1, 3)], fixed=(3, 3)),
            "meetings 1 and 2 of participant 1 are both fixed to slot 3",
        ),
        (
            a_problem([(1, 2, "am"), (1, 3, "am"), (1, 4)], morning_slots=1),
            "the 3 meetings of participant 1 cannot all have a slot of their own",
        ),
    ],
)
def test_a_clash_is_said(problem, said):
    assert clash(problem, domains(problem)) == said


def test_a_problem_that_can_be_held_has_no_clash():
    problem = a_problem([(1, 2), (1, 3), (3, 4)])
    assert clash(problem, domains(problem)) is None
