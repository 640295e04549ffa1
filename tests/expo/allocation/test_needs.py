"""What a place must have: water, height, load, power, and an area that may be cut."""

import pytest

from expo.allocation.allocate import allocate
from expo.allocation.checker import violations
from expo.allocation.explain import explanation
from expo.allocation.objective import objective_of
from tests.expo.allocation.make import a_problem, a_strip, a_unit, an_applicant


def solved(people, units, **more):
    problem = a_problem(people, units, **more)
    answer = allocate(problem, seed=1, rounds=200)
    assert violations(problem, answer) == []
    return problem, answer


FLOOR = (
    a_unit("wet", 0, 0, water=True, height_cm=300, load_kg_m2=500),
    a_unit("low", 3000, 0, height_cm=250),
    a_unit("high", 6000, 0, height_cm=600, load_kg_m2=500),
    a_unit("strong", 9000, 0, height_cm=300, load_kg_m2=2000),
)


@pytest.mark.parametrize(
    ("needs", "unit"),
    [
        ({"water": True}, "wet"),
        ({"height_cm": 450}, "high"),
        ({"load_kg_m2": 1500, "height_cm": 300}, "strong"),
        ({"load_kg_m2": 5000}, "low"),
        ({"height_cm": 600, "load_kg_m2": 500}, "high"),
    ],
)
def test_a_need_is_met_where_it_can_be(needs, unit):
    _, answer = solved([an_applicant("x", **needs)], FLOOR)
    assert answer.placements == {"x": (unit,)}


@pytest.mark.parametrize(
    ("needs", "reason"),
    [
        ({"water": True, "height_cm": 400}, ("no_height", {"height_m": 4.0})),
        ({"height_cm": 600, "load_kg_m2": 501}, ("no_load", {"load_kg_m2": 501})),
        ({"height_cm": 601, "load_kg_m2": 501}, None),
        ({"water": True, "load_kg_m2": 501}, ("no_load", {"load_kg_m2": 501})),
    ],
)
def test_needs_no_place_meets_together_are_named(needs, reason):
    floor = [unit for unit in FLOOR if unit.code != "low"]
    problem, answer = solved([an_applicant("x", **needs)], floor)
    found = explanation(problem, answer, None, "x").reasons[0]
    assert answer.unplaced == ("x",)
    assert (found.code, found.figures) == (reason or ("no_height", {"height_m": 6.01}))


def test_no_water_anywhere_is_said():
    problem, answer = solved([an_applicant("x", water=True)], a_strip())
    assert explanation(problem, answer, None, "x").reasons[0].code == "no_water"


def test_stands_locked_for_others_are_no_matter_of_shape():
    people = [an_applicant("x"), an_applicant("y", 18)]
    problem, answer = solved(people, a_strip(2, 1), locks={"y": ("A1", "A2")})
    found = explanation(problem, answer, None, "x").reasons[0]
    assert (found.code, found.figures) == ("all_locked", {"blocks": 2})


def test_one_unit_with_water_serves_the_block_but_height_binds_all_of_it():
    units = (
        a_unit("A1", 0, 0, water=True, height_cm=300),
        a_unit("A2", 300, 0, height_cm=500),
        a_unit("A3", 600, 0, height_cm=500),
    )
    _, wet = solved([an_applicant("x", 18, water=True)], units)
    _, high = solved([an_applicant("x", 18, height_cm=400)], units)
    assert sorted(wet.placements["x"]) == ["A1", "A2"]
    assert sorted(high.placements["x"]) == ["A2", "A3"]


def test_the_checker_sees_what_a_place_lacks():
    problem = a_problem([an_applicant("x", water=True, height_cm=300, load_kg_m2=501)], FLOOR)
    _, answer = solved([], FLOOR)
    forged = type(answer)({"x": ("low",)}, objective_of(problem, {"x": ("low",)}), None, None, (), (), 1, 0)
    assert [(v.rule, v.detail) for v in violations(problem, forged)] == [
        ("water", ""),
        ("height", "300 on low"),
    ]
    forged = type(answer)({"x": ("wet",)}, objective_of(problem, {"x": ("wet",)}), None, None, (), (), 1, 0)
    assert [(v.rule, v.detail) for v in violations(problem, forged)] == [("load", "501 on wet")]


def test_a_pavilion_needs_what_any_of_its_members_needs():
    people = [an_applicant("lead"), an_applicant("m", pavilion="lead", height_cm=500)]
    units = (a_unit("A1", height_cm=300), a_unit("A2", 300, height_cm=500))
    problem, answer = solved(people, units)
    assert answer.placements == {}
    assert explanation(problem, answer, None, "lead").reasons[0].code == "no_height"


def test_who_accepts_less_is_cut_rather_than_left_out():
    _, answer = solved([an_applicant("x", 54, least_m2=27)], a_strip(4, 1))
    assert sorted(answer.placements["x"]) == ["A1", "A2", "A3", "A4"]
    problem, answer = solved([an_applicant("x", 54, least_m2=27)], a_strip(3, 1))
    assert answer.objective == objective_of(problem, answer.placements) == 6 * 1000 * 3 // 6
    found = explanation(problem, answer, None, "x").reasons[0]
    assert (found.code, found.figures) == ("smaller", {"given_m2": 27.0, "asked_m2": 54, "least_m2": 27.0})
    _, answer = solved([an_applicant("x", 54, least_m2=27.01)], a_strip(3, 1))
    assert answer.unplaced == ("x",)


def test_two_who_accept_less_share_what_there_is():
    people = [an_applicant("x", 36, least_m2=18), an_applicant("y", 36, least_m2=18)]
    _, answer = solved(people, a_strip(5, 1))
    assert {code: len(units) for code, units in answer.placements.items()} == {"x": 2, "y": 3} or {
        code: len(units) for code, units in answer.placements.items()
    } == {"x": 3, "y": 2}


@pytest.mark.parametrize("least", [0, -5, float("nan"), float("inf"), 1e12, 36, None])
def test_an_odd_least_is_no_least_or_any(least):
    _, answer = solved([an_applicant("x", 36, least_m2=least)], a_strip(2, 1))
    assert answer.unplaced == (() if least in (0, -5) else ("x",))


def test_a_pavilion_cut_short_cuts_its_members_not_below_their_least():
    people = [
        an_applicant("lead", 18, least_m2=9),
        an_applicant("m1", 18, pavilion="lead", least_m2=9, points=5),
        an_applicant("m2", 18, pavilion="lead", least_m2=9),
    ]
    _, answer = solved(people, a_strip(4, 1))
    assert {code: len(units) for code, units in answer.placements.items()} == {"lead": 1, "m1": 2, "m2": 1}
