"""A problem survives being written down, whatever is in it."""

import pytest
from hypothesis import given, settings

from expo.forums.timetable import inputs
from expo.forums.timetable.solve import build_timetable
from tests.expo.forums.timetable.make import problems


@settings(max_examples=100, deadline=None)
@given(problems())
def test_what_was_written_gives_the_same_answer_and_the_same_digest(problem):
    plain = inputs.as_plain(problem)
    again = inputs.from_plain(inputs.unpacked(inputs.packed(plain)))
    assert inputs.digest(inputs.as_plain(again)) == inputs.digest(plain)
    one, two = (build_timetable(each, seed=2, rounds=200) for each in (problem, again))
    assert (one.places, one.total) == (two.places, two.total)


@pytest.mark.parametrize("wrong", [None, {}, {"format": "other"}, {"format": inputs.FORMAT, "days": 3}])
def test_what_is_no_problem_is_refused_in_words(wrong):
    with pytest.raises(inputs.WrongInput):
        inputs.from_plain(wrong)
