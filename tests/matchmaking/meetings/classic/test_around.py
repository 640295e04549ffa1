"""What is set free lies around a break, is about as much as asked for, and is the same each time."""

import pytest

from matchmaking.meetings.classic.around import Around
from matchmaking.meetings.classic.checker import breaks_by_participant

from .making import a_problem

PAIRS = [(1, 2), (1, 3), (2, 4), (5, 6), (7, 8), (5, 8), (6, 7)]
SLOTS = [1, 4, 2, 1, 1, 2, 2]


def choices(size: int) -> list[set[int]]:
    problem = a_problem(PAIRS, participants=8, tables=4, slots=4)
    around = Around(problem, seed=5)
    return [around.free(SLOTS, size) for _ in range(50)]


@pytest.mark.parametrize("size", [2, 4, 6])
def test_all_meetings_of_somebody_with_a_break_are_free(size):
    assert breaks_by_participant(a_problem(PAIRS, participants=8), SLOTS) == [1, 0, 0, 0, 0, 0, 0, 0]
    found = choices(size)
    assert [free for free in found if not {1, 2} <= free] == []
    assert max(map(len, found)) < len(PAIRS) + 1
    assert found == choices(size)


def test_all_are_free_when_so_many_are_asked_for():
    assert choices(len(PAIRS)) == [{1, 2, 3, 4, 5, 6, 7}] * 50
