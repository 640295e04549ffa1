"""Floors and demands no drawing board would invent, but fairs have."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.allocation.allocate import allocate
from expo.allocation.bound import upper_bound
from expo.allocation.checker import violations
from expo.allocation.instances import instance
from expo.allocation.problem import Applicant, Unit
from expo.allocation.repair import repair
from tests.expo.allocation.make import a_problem, a_strip, a_unit, a_wish, an_applicant


def solved(problem, rounds=200):
    answer = allocate(problem, seed=1, rounds=rounds)
    assert violations(problem, answer) == []
    assert answer.bound is not None and answer.objective <= answer.bound
    return answer


L_SHAPED = tuple(unit for unit in a_strip(4, 4) if unit.code[0] in "CD" or unit.code[1] in "12")
AROUND_A_COLUMN = tuple(unit for unit in a_strip(3, 3) if unit.code != "B2")


def test_no_rectangle_reaches_round_the_corner_of_an_l():
    assert len(L_SHAPED) == 12
    assert solved(a_problem([an_applicant("x", 9 * 9)], L_SHAPED)).unplaced == ("x",)
    assert len(solved(a_problem([an_applicant("x", 9 * 8)], L_SHAPED)).placements["x"]) == 8


def test_only_a_pavilion_takes_a_block_with_a_column_in_it():
    crowd = [an_applicant("lead", 36), *(an_applicant(f"m{i}", pavilion="lead") for i in range(4))]
    assert solved(a_problem([an_applicant("x", 72)], AROUND_A_COLUMN)).unplaced == ("x",)
    placed = solved(a_problem(crowd, AROUND_A_COLUMN)).placements
    assert sum(map(len, placed.values())) == 8


def test_units_at_odd_centimetres_need_a_metre_of_common_edge():
    units = (a_unit("A1", 7, 13), a_unit("A2", 307, 214), a_unit("A3", 607, 413))
    placed = solved(a_problem([an_applicant("x", 18, shape="any")], units))
    assert placed.unplaced == ("x",)


def test_a_pavilion_larger_than_any_zone_leaves_the_others_in_peace():
    people = [an_applicant("lead", 90), an_applicant("m", 90, pavilion="lead"), an_applicant("x")]
    assert solved(a_problem(people)).unplaced == ("lead", "m")


def test_rival_pavilions_keep_apart():
    people = [
        *(an_applicant(lead, 9) for lead in ("p", "q")),
        *(an_applicant(f"{lead}1", 9, pavilion=lead) for lead in ("p", "q")),
    ]
    problem = a_problem(people, a_strip(8, 1), rivals=(("p", "q"),), rival_gap_cm=900)
    assert len(solved(problem).placements) == 4
    assert len(solved(replace(problem, rival_gap_cm=1500)).placements) == 2


def test_rivals_that_are_partners_too_are_kept_apart_and_the_bound_knows():
    people = [an_applicant("x"), an_applicant("y")]
    problem = a_problem(people, rivals=(("x", "y"),), partners=(("y", "x"),), rival_gap_cm=100)
    answer = solved(problem)
    assert len(answer.placements) == 2
    assert answer.objective == answer.bound == upper_bound(problem).value


def test_demand_three_times_the_floor_fills_it():
    problem = instance(120, 1, 200, seed=5, fill=3.0, pavilions=0)
    answer = solved(problem, 3_000)
    shell = {unit.code for unit in problem.units if not unit.raw}
    given = {unit for units in answer.placements.values() for unit in units}
    assert len(shell - given) <= 1


@pytest.mark.parametrize("twice", [("A1", "A1"), ("A1", "A2")])
def test_duplicates_count_once(twice):
    people = [an_applicant("x", 9), an_applicant("x", 18)]
    problem = a_problem(people, locks={"x": twice, "y": twice}, rivals=(("x", "x"),), partners=(("x", "x"),))
    answer = allocate(problem, rounds=20)
    assert {v.rule for v in violations(problem, answer)} <= {"lock"}


def test_a_wish_for_what_cannot_be_costs_nobody_else():
    people = [
        an_applicant("x", wishes=(a_wish("stand", "B9"), a_wish("beside", "x"), a_wish("hall", "?"))),
        an_applicant("y"),
    ]
    assert solved(a_problem(people)).unplaced == ()


@st.composite
def patchworks(draw) -> tuple[Unit, ...]:
    """Rows of uneven depth, gaps, columns, raw plots, at odd centimetres."""
    units, y = [], draw(st.integers(0, 500))
    for row in range(draw(st.integers(1, 3))):
        depth, x = draw(st.sampled_from([200, 300, 450])), draw(st.sampled_from([0, 137]))
        for column in range(draw(st.integers(1, 6))):
            width = draw(st.sampled_from([250, 300, 300, 600]))
            if draw(st.integers(0, 5)):
                units.append(
                    Unit(
                        f"{row}{column}", "H", "ZY"[column > 3], x, y, width, depth, draw(st.integers(0, 15)),
                        raw=draw(st.integers(0, 6)) == 0, entrance_m=x / 50, power_kw=3.0,
                    )
                )  # fmt: skip
            x += width + draw(st.sampled_from([0, 0, 0, 90]))
        y += depth + draw(st.sampled_from([0, 0, 300]))
    return tuple(units)


CODES = st.sampled_from("abcde")
STANDS = st.sampled_from([f"{row}{column}" for row in range(3) for column in range(6)])
PEOPLE = st.lists(
    st.builds(
        Applicant,
        CODES,
        st.floats(1, 60),
        wishes=st.lists(
            st.builds(a_wish, st.sampled_from(["stand", "beside"]), STANDS | CODES), max_size=2
        ).map(tuple),
        points=st.floats(0, 9),
        pavilion=st.none() | CODES,
        power_kw=st.sampled_from([0.0, 5.0]),
        least_m2=st.none() | st.floats(0, 60),
    ),
    max_size=5,
    unique_by=lambda one: one.code,
).map(tuple)


@settings(max_examples=60, deadline=None)
@given(
    patchworks(), PEOPLE, st.dictionaries(CODES, st.lists(STANDS, max_size=3, unique=True).map(tuple)), CODES
)
def test_patchworks_are_solved_and_repaired_without_breaking_a_rule(units, people, before, gone):
    pairs = (("a", "b"), ("c", "d"))
    problem = a_problem(people, units, rivals=pairs, partners=(*pairs, ("a", "c")), rival_gap_cm=400)
    answer = solved(replace(problem, previous=before, change_price=120), 40)
    found = repair(problem, answer.placements, withdrawn=[gone], rounds=40)
    assert violations(found.problem, found.allocation) == []
    assert found.stands_moved <= 3
    assert found.lost == ()
