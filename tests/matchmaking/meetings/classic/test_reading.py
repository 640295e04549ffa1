"""Malformed problems are refused in a sentence that names the place; sound ones come through unchanged."""

import pytest
from hypothesis import given

from matchmaking.meetings.classic.problem import Meeting
from matchmaking.meetings.classic.reading import Malformed, as_json, read_problem, unknown_keys

from .making import tiny_problems

SOUND = {
    "participants": 3,
    "tables": 1,
    "slots": 4,
    "morning_slots": 2,
    "meetings": [{"a": 1, "b": 2, "half": None}, {"a": 1, "b": 3, "half": "pm"}],
    "unavailable": [[1], [], []],
    "fixed": [0, 3],
    "precedences": [[], [1]],
    "max_break_difference": 2,
}


@given(tiny_problems())
def test_a_problem_comes_back_as_it_was_written(problem):
    assert read_problem(as_json(problem)) == problem


def test_what_may_be_left_out_means_no_rule():
    short = {key: SOUND[key] for key in ("participants", "tables", "slots")}
    problem = read_problem(short | {"meetings": [{"a": 1, "b": 2}]})
    assert (problem.meetings, problem.fixed, problem.precedences) == ((Meeting(1, 2),), (0,), ((),))
    assert (problem.morning_slots, problem.max_break_difference) == (4, None)


@pytest.mark.parametrize("nothing", [None, []])
def test_null_and_empty_mean_no_rule(nothing):
    rules = dict.fromkeys(("unavailable", "fixed", "precedences"), nothing)
    problem = read_problem(SOUND | rules | {"morning_slots": None, "max_break_difference": None})
    assert (problem.unavailable, problem.fixed) == ((frozenset(),) * 3, (0, 0))
    assert (problem.precedences, problem.morning_slots, problem.max_break_difference) == (((), ()), 4, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"participants": "3"}, "participants: must be a whole number from 1 to 2000"),
        ({"participants": True}, "participants: must be a whole number from 1 to 2000"),
        ({"slots": 10**9}, "slots: 1000000000 is not between 1 and 100"),
        ({"tables": 0}, "tables: 0 is not between 1 and 1000000"),
        ({"morning_slots": 5}, "morning_slots: 5 is not between 0 and 4"),
        ({"meetings": {}}, "meetings: must be a list of meetings"),
        (
            {"meetings": [[1, 2]]},
            'meetings[0]: must be an object like {"a": 1, "b": 8, "half": null}',
        ),
        ({"meetings": [{"a": 1}]}, "meetings[0].b: is missing"),
        ({"meetings": [{"a": 1, "b": 4}]}, "meetings[0].b: 4 is not between 1 and 3"),
        ({"meetings": [{"a": 1, "b": 1}]}, "meetings[0]: participant 1 cannot meet itself"),
        (
            {"meetings": [{"a": 1, "b": 2, "half": ["am"]}]},
            'meetings[0].half: must be "am", "pm" or null',
        ),
        ({"unavailable": [[1], []]}, "unavailable: has 2 entries for 3 participants"),
        ({"unavailable": [[1], [5], []]}, "unavailable[1][0]: 5 is not between 1 and 4"),
        ({"fixed": [0, 2.5]}, "fixed[1]: must be a whole number from 0 to 4"),
        ({"precedences": [[], 1]}, "precedences[1]: must be a list of numbers, each a meeting from 1 to 2"),
        ({"max_break_difference": -1}, "max_break_difference: -1 is not between 0 and 1000000"),
    ],
)
def test_a_malformed_problem_is_refused_at_its_place(change, said):
    with pytest.raises(Malformed) as refusal:
        read_problem(SOUND | change)
    assert str(refusal.value) == said


def test_misspelt_keys_are_told():
    assert unknown_keys(SOUND | {"precedence": []}) == ["'precedence'"]
