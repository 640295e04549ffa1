"""The checker finds what a careless hand might do to an answer."""

from dataclasses import replace

import pytest

from expo.allocation.allocate import allocate
from expo.allocation.checker import violations, violations_of
from expo.allocation.instances import instance
from expo.allocation.objective import objective_of, points_by
from tests.expo.allocation.make import a_problem, a_strip, a_unit, a_wish, an_applicant

PEOPLE = (
    an_applicant("x", 18, shape="row"),
    an_applicant("y", 9, shape="corner"),
    an_applicant("z", 9, zones=("Z",), power_kw=1.0),
)
FLOOR = (*a_strip(power_kw=2.0), a_unit("Q1", 0, 3000, zone="Q"), a_unit("R1", 0, 6000, raw=True))


def rules_broken(placements, **more):
    problem = a_problem(PEOPLE, FLOOR, **more)
    answer = allocate(problem, seed=1, rounds=50)
    merged = {"x": ("A2", "A3"), "y": ("B1",), "z": ("B4",), **placements}
    merged = {code: units for code, units in merged.items() if units}
    unplaced = tuple(code for code in "xyz" if code not in merged)
    points = objective_of(problem, merged)
    forged = replace(answer, placements=merged, objective=points, bound=None, unplaced=unplaced)
    return [violation.rule for violation in violations(problem, forged)]


@pytest.mark.parametrize(
    ("placements", "rules"),
    [
        ({}, []),
        ({"z": ("B1",)}, ["unit_twice"]),
        ({"z": ("?",)}, ["unknown_unit"]),
        ({"stranger": ("B4",), "z": ()}, ["unknown_applicant"]),
        ({"z": ("Q1",)}, ["zone", "power"]),
        ({"z": ("R1",)}, ["raw", "power"]),
        ({"x": ("A2",)}, ["area"]),
        ({"x": ("A2", "A3", "A4")}, ["wasteful"]),
        ({"x": ("A2", "A4")}, ["split", "shape"]),
        ({"y": ("B3",)}, ["shape"]),
        ({"x": ("A2", "A3", "A4", "A5")}, ["area"]),
    ],
)
def test_each_broken_rule_is_named(placements, rules):
    assert rules_broken(placements) == rules


def test_locks_and_rivals_are_checked():
    assert rules_broken({}, locks={"z": ("A6",)}) == ["lock"]
    assert rules_broken({}, locks={"stranger": ("B4",)}) == ["locked_away"]
    assert rules_broken({}, rivals=(("y", "z"),), rival_gap_cm=700) == ["rivals"]
    assert rules_broken({}, rivals=(("y", "z"),), rival_gap_cm=600) == []


def test_false_claims_are_found():
    problem = a_problem(PEOPLE, FLOOR)
    answer = allocate(problem, seed=1, rounds=50)
    false = replace(answer, objective=answer.objective + 1, unplaced=("x",), bound=1)
    assert [v.rule for v in violations(problem, false)] == ["unplaced", "objective", "bound"]


def test_points_are_counted_as_the_weights_say():
    people = (
        an_applicant("x", 18, wishes=(a_wish("near_entrance"), a_wish("corner", rank=2))),
        an_applicant("y"),
    )
    problem = a_problem(people, partners=(("x", "y"),))
    placed, corner, entrance, together = 2 * 1010, 606, 1010 * 4000 // 5000, 1005 * 500 // 1000
    assert objective_of(problem, {"x": ("A2", "B2"), "y": ("A5",)}) == placed + entrance + 1000
    assert (
        objective_of(problem, {"x": ("A1", "B1"), "y": ("A2",)}) == placed + 1010 + corner + 1000 + together
    )


def test_one_change_is_judged_as_the_whole_plan_would_be():
    problem = instance(60, 2, 260, seed=3)
    answer = allocate(problem, seed=1, rounds=200)
    codes = list(answer.placements)
    for one, other in zip(codes[::5], codes[2::5], strict=False):
        swapped = {**answer.placements, one: answer.placements[other], other: answer.placements[one]}
        points = objective_of(problem, swapped)
        whole = violations(problem, replace(answer, placements=swapped, objective=points, bound=None))
        found = violations_of(problem, swapped, [one, other])
        assert sorted(map(repr, found)) == sorted(map(repr, whole))


def test_points_by_applicant_add_up_and_tell_who_loses():
    problem = a_problem(
        (
            an_applicant("x", wishes=(a_wish("stand", "A1"),)),
            an_applicant("y", wishes=(a_wish("beside", "x"),)),
        ),
        partners=(("x", "y"),),
        previous={"x": ("A1",)},
        change_price=70,
    )
    before, after = (
        points_by(problem, {"x": ("A1",), "y": ("A2",)}),
        points_by(problem, {"x": ("A6",), "y": ("A2",)}),
    )
    assert sum(before.values()) == objective_of(problem, {"x": ("A1",), "y": ("A2",)})
    assert {code: after[code] - before[code] for code in before} == {"x": -1010 - 252 - 70, "y": -1000 - 250}
