"""The bound is never below what is possible, and close to it on real sizes."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from expo.allocation.allocate import allocate
from expo.allocation.bound import upper_bound
from expo.allocation.checker import violations
from expo.allocation.instances import instance
from expo.allocation.objective import objective_of
from expo.allocation.problem import Allocation, Problem
from tests.expo.allocation.make import a_problem, a_strip, a_wish, an_applicant


def answer_of(problem: Problem, placements) -> Allocation:
    """Placements as an answer that claims no more than they are."""
    unplaced = tuple(a.code for a in problem.applicants if a.code not in placements)
    return Allocation(placements, objective_of(problem, placements), None, None, (), unplaced, 0, 0)


def best_by_trying(problem: Problem) -> int:
    """The most points of all answers without a violation, by trying everybody on every set of units."""
    codes = [unit.code for unit in problem.units]
    sets = [c for size in (1, 2, 3, 4) for c in combinations(codes, size)]
    choices = [
        [(), *(units for units in sets if not violations(problem, answer_of(problem, {a.code: units})))]
        for a in problem.applicants
    ]
    best = 0
    for combination in product(*choices):
        used = [unit for units in combination for unit in units]
        if len(used) == len(set(used)):
            placed = {a.code: u for a, u in zip(problem.applicants, combination, strict=True) if u}
            answer = answer_of(problem, placed)
            if answer.objective > best and not violations(problem, answer):
                best = answer.objective
    return best


WISHES = st.lists(
    st.sampled_from(
        [
            a_wish("corner"),
            a_wish("near_entrance", rank=2),
            a_wish("stand", "A2"),
            a_wish("stand", "B2", 3),
            a_wish("beside", "x"),
            a_wish("beside", "y", 2),
        ]
    ),
    max_size=3,
).map(tuple)


def tiny(areas, shapes, wishes, points, pairs, rivals) -> Problem:
    people = [
        an_applicant(code, area, shape=shape, wishes=wish, points=p)
        for code, area, shape, wish, p in zip("xyz", areas, shapes, wishes, points, strict=True)
    ]
    partners = (("x", "z"),) if pairs else ()
    return a_problem(
        people, a_strip(3), partners=partners, rivals=(("y", "z"),) if rivals else (), rival_gap_cm=200
    )


@settings(max_examples=12, deadline=None)
@given(
    st.tuples(
        st.tuples(*[st.sampled_from([9.0, 12.0, 18.0, 27.0])] * 3),
        st.tuples(*[st.sampled_from(["any", "row", "corner"])] * 3),
        st.tuples(*[WISHES] * 3),
        st.tuples(*[st.integers(0, 9)] * 3),
        st.booleans(),
        st.booleans(),
    )
)
def test_the_bound_is_above_and_the_search_at_the_best_of_all_answers(chosen):
    problem = tiny(*chosen)
    best = best_by_trying(problem)
    answer = allocate(problem, seed=1, rounds=400)
    assert upper_bound(problem).value >= best
    assert answer.objective == best


def test_the_reference_size_comes_near_the_bound_in_a_few_seconds():
    answer = allocate(instance(seed=1), seed=1, rounds=15_000)
    assert answer.gap_pct <= 2.0


def test_a_contested_unit_has_a_price_and_an_idle_floor_none():
    wishes = (a_wish("stand", "A1"),)
    one = [an_applicant("x", wishes=wishes)]
    two = [*one, an_applicant("y", points=5, wishes=wishes)]
    assert set(upper_bound(a_problem(one)).unit_prices.values()) == {0.0}
    assert (
        max(upper_bound(a_problem(two)).unit_prices, key=upper_bound(a_problem(two)).unit_prices.get) == "A1"
    )
