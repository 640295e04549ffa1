"""Every rule broken on purpose is found, and breaks are counted as defined."""

import pytest

from matchmaking.meetings.classic.checker import breaks_by_participant, violations

from .making import a_problem

PAIRS = [(1, 2), (1, 3), (3, 4)]


@pytest.mark.parametrize(
    ("slots", "rule", "said"),
    [
        ([1, 1, 2], {}, "participant 1 has 2 meetings in slot 1"),
        ([1, 2, 1], {"tables": 1}, "slot 1 holds 2 meetings at 1 tables"),
        (
            [1, 2, 3],
            {"unavailable": (frozenset(), frozenset({1}), frozenset(), frozenset())},
            "participant 2 is not available in slot 1",
        ),
        ([1, 2, 3], {"fixed": (2, 0, 0)}, "meeting 1 is in slot 1, not in its own"),
        ([1, 2, 3], {"precedences": ((2,), (), ())}, "meeting 2 does not come before meeting 1"),
        ([1, 4, 3], {"max_break_difference": 0}, "breaks differ by 1, more than 0"),
        ([1, 2, 5], {}, "meeting 3 is in slot 5, which does not exist"),
        ([1, 2], {}, "2 slots are given for 3 meetings"),
    ],
)
def test_a_broken_rule_is_named(slots, rule, said):
    assert violations(a_problem(PAIRS, **rule), slots) == [said]


def test_a_meeting_in_the_wrong_half_is_named():
    problem = a_problem([(1, 2, "am"), (1, 3, "pm")], morning_slots=2)
    assert violations(problem, [3, 2]) == [
        "meeting 1 is in slot 3, which is pm",
        "meeting 2 is in slot 2, which is am",
    ]


def test_a_break_is_one_group_of_idle_slots_between_meetings():
    problem = a_problem([(1, 2), (1, 3), (1, 4)], slots=7)
    assert breaks_by_participant(problem, [2, 3, 4]) == [0, 0, 0, 0]
    assert breaks_by_participant(problem, [1, 4, 5]) == [1, 0, 0, 0]
    assert breaks_by_participant(problem, [1, 7, 4]) == [2, 0, 0, 0]
