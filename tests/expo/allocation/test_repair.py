"""After a withdrawal nearly everybody stays."""

import pytest

from expo.allocation.allocate import allocate
from expo.allocation.checker import violations
from expo.allocation.instances import instance
from expo.allocation.objective import objective_of
from expo.allocation.repair import repair
from tests.expo.allocation.make import a_problem, a_strip, a_wish, an_applicant


def repaired(problem, previous, **more):
    found = repair(problem, previous, **more)
    assert violations(found.problem, found.allocation) == []
    return found


def test_who_had_no_place_gets_the_one_that_was_given_up():
    people = [
        an_applicant(code, 36, points=points) for code, points in (("x", 3), ("y", 2), ("z", 1), ("w", 0))
    ]
    before = {"x": ("A1", "A2", "B1", "B2"), "y": ("A3", "A4", "B3", "B4"), "z": ("A5", "A6", "B5", "B6")}
    found = repaired(a_problem(people), before, withdrawn=["y"])
    assert (found.moved, found.placed, found.lost, found.stands_moved) == ((), ("w",), (), 0)
    assert sorted(found.allocation.placements["w"]) == ["A3", "A4", "B3", "B4"]


def test_a_move_that_pays_is_made():
    people = [an_applicant("x"), an_applicant("y", wishes=(a_wish("stand", "A1"),))]
    found = repaired(a_problem(people), {"x": ("A1",), "y": ("B4",)}, withdrawn=["x"])
    assert (found.allocation.placements, found.moved, found.stands_moved) == ({"y": ("A1",)}, ("y",), 1)


def test_nobody_moves_where_no_move_is_allowed():
    people = [an_applicant("x"), an_applicant("y", wishes=(a_wish("stand", "A1"),))]
    found = repaired(a_problem(people), {"x": ("A1",), "y": ("B4",)}, withdrawn=["x"], most_moved=0)
    assert (found.allocation.placements, found.stands_moved) == ({"y": ("B4",)}, 0)


def test_a_place_that_is_gone_is_replaced_without_counting_as_a_move():
    people = [an_applicant("x"), an_applicant("y")]
    found = repaired(a_problem(people), {"x": ("Q9",), "y": ("B4",)}, most_moved=0)
    assert (found.moved, found.stands_moved, found.allocation.placements["y"]) == (("x",), 0, ("B4",))
    found = repaired(a_problem(people, a_strip(1, 1)), {"x": ("Q9",), "y": ("A1",)})
    assert (found.lost, found.allocation.placements) == (("x",), {"y": ("A1",)})


def test_members_of_a_pavilion_keep_their_shares():
    people = [
        an_applicant("lead", 18),
        *(an_applicant(m, pavilion="lead") for m in ("m1", "m2")),
        an_applicant("x"),
    ]
    before = {"lead": ("A2", "B1"), "m1": ("B2",), "m2": ("A1",), "x": ("A6",)}
    found = repaired(a_problem(people), before, withdrawn=["x"])
    assert {code: set(units) for code, units in found.allocation.placements.items()} == {
        code: set(units) for code, units in before.items() if code != "x"
    }


def test_nothing_before_and_nobody_left_are_no_trouble():
    assert repaired(a_problem([an_applicant("x")]), {}).placed == ("x",)
    assert (
        repaired(a_problem([an_applicant("x")]), {"x": ("A1",)}, withdrawn=["x"]).allocation.placements == {}
    )
    assert repaired(a_problem((), ()), {"?": ("?",)}).allocation.placements == {}


@pytest.mark.parametrize("number", [3, 40])
def test_on_a_fair_three_stands_move_at_most_and_little_is_lost(number):
    problem = instance(120, 2, 560, seed=4, fill=1.02)
    answer = allocate(problem, rounds=4_000)
    gone = problem.applicants[number].code
    found = repaired(problem, answer.placements, withdrawn=[gone], prices=answer.unit_prices)
    assert found.stands_moved <= 3
    assert found == repair(problem, answer.placements, withdrawn=[gone], prices=answer.unit_prices)
    staying = {code: units for code, units in answer.placements.items() if code != gone}
    assert found.allocation.objective >= objective_of(found.problem, staying)
