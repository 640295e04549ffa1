"""A problem as JSON and back: the same problem, the same digest, and a sentence for a wrong file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.allocation import inputs
from expo.allocation.problem import Applicant, Problem, Unit, Weights, Wish
from tests.expo.allocation.make import a_strip

CODES = st.text(min_size=1, max_size=6)
WISHES = st.builds(Wish, kind=st.sampled_from(["corner", "stand"]), target=CODES, rank=st.integers(1, 5))
APPLICANTS = st.builds(
    Applicant,
    code=CODES,
    area_m2=st.integers(0, 500) | st.floats(0, 500),
    zones=st.lists(CODES, max_size=2).map(tuple),
    wishes=st.lists(WISHES, max_size=3).map(tuple),
    points=st.floats(0, 1e6),
    paid_on=st.integers(0, 10**7),
    pavilion=st.none() | CODES,
    height_cm=st.none() | st.integers(0, 2000),
    least_m2=st.none() | st.floats(1, 100),
    water=st.booleans(),
)
PROBLEMS = st.builds(
    Problem,
    units=st.just(a_strip()),
    applicants=st.lists(APPLICANTS, max_size=4).map(tuple),
    rivals=st.lists(st.tuples(CODES, CODES), max_size=2).map(tuple),
    locks=st.dictionaries(CODES, st.lists(CODES, max_size=2).map(tuple), max_size=2),
    previous=st.none() | st.dictionaries(CODES, st.lists(CODES, max_size=2).map(tuple), max_size=2),
    weights=st.builds(Weights, wish=st.integers(0, 9999)),
)


@given(PROBLEMS)
def test_a_problem_comes_back_as_it_was(problem):
    assert inputs.from_plain(inputs.unpacked(inputs.packed(problem))) == problem


@given(PROBLEMS)
def test_the_digest_does_not_depend_on_the_order_of_locks(problem):
    turned = dict(reversed(problem.locks.items()))
    again = Problem(**{**{f: getattr(problem, f) for f in problem.__slots__}, "locks": turned})
    assert inputs.digest(inputs.as_plain(again)) == inputs.digest(inputs.as_plain(problem))
    assert inputs.packed(again) == inputs.packed(problem)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "something"}, "no caravanserai-allocation-input-1"),
        ({"units": None}, "NoneType"),
        ({"units": [{"code": 3}]}, "code cannot be 3"),
        ({"units": [{"colour": "red"}]}, "colour is not known here"),
        ({"locks": {"X": "A1"}}, "locks must name stands"),
        ({"rivals": [["X"]]}, "rivals must be pairs"),
        ({"change_price": "dear"}, "change_price must be a number"),
    ],
)
def test_a_wrong_file_is_told_where_it_is_wrong(change, told):
    plain = json.loads(json.dumps(inputs.as_plain(Problem(a_strip(), ()))))
    with pytest.raises(inputs.WrongInput, match=told):
        inputs.from_plain(plain | change)


def test_a_missing_part_is_named():
    plain = inputs.as_plain(Problem((Unit("A", "H", "Z", 0, 0, 300, 300),), ()))
    del plain["weights"]
    with pytest.raises(inputs.WrongInput, match="weights is missing"):
        inputs.from_plain(plain)
