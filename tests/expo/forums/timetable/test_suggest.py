"""Suggested places are free as the checker sees it, priced as the total is, and the best there are."""

import pytest
from hypothesis import given, settings

from expo.forums.timetable.checker import soft_parts, violations_of
from expo.forums.timetable.problem import Room
from expo.forums.timetable.suggest import suggest
from tests.expo.forums.timetable.make import a_problem, a_talk, problems_and_places


def _clean(problem, places):
    rooms = {room.code for room in problem.rooms}
    return {code: place for code, place in places.items() if place[0] in rooms and code != "gone"}


def _total(problem, places):
    return sum(soft_parts(problem, places).values())


@settings(max_examples=200, deadline=None)
@given(problems_and_places())
def test_a_suggested_place_is_free_and_costs_what_it_says(drawn):
    problem, places = drawn
    places = _clean(problem, places)
    inside = [c for c, (_, s) in places.items() if any(d.start <= s < d.end for d in problem.days)]
    for talk in problem.talks[:3]:
        for one in suggest(problem, places, talk.code):
            kept = {code: at for code, at in places.items() if code not in one.displaced}
            after = kept | {talk.code: one.place} | dict(one.then or {})
            assert violations_of(problem, after, talk.code) == []
            for code in one.then or {}:
                assert violations_of(problem, after, code) == []
            if (
                len(one.then or {}) == len(one.displaced)
                and talk.code in places
                and len(inside) == len(places)
            ):
                grown = _total(problem, after) - _total(problem, places)
                assert one.cost == pytest.approx(grown, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(problems_and_places())
def test_no_free_place_on_the_grid_is_cheaper_than_the_first_suggested(drawn):
    problem, places = drawn
    places = _clean(problem, places)
    if not problem.talks:
        return
    talk = problem.talks[0]
    found = suggest(problem, places, talk.code, count=1)
    without = {code: at for code, at in places.items() if code != talk.code}
    costs = []
    for room in problem.rooms:
        for day in problem.days:
            for start in range(day.start, day.end, max(1, problem.step_min) * 5):
                tried = without | {talk.code: (room.code, start)}
                elsewhere = tried[talk.code] != places.get(talk.code)
                if elsewhere and not violations_of(problem, tried, talk.code):
                    costs.append(_total(problem, tried))
    if costs:
        assert found[0].displaced == ()
        best = _total(problem, without | {talk.code: found[0].place})
        assert best <= min(costs) + 1e-6


def test_without_a_free_place_it_says_whom_the_cheapest_would_move_and_where_to():
    talks = (a_talk("A", 60), a_talk("B", 60), a_talk("C", 60, equipment=frozenset({"stage"})))
    rooms = (Room("R", 9, equipment=frozenset({"stage"})), Room("Q", 9))
    problem = a_problem(*talks, rooms=rooms)
    [first, *_] = suggest(problem, {"A": ("R", 0), "B": ("R", 60)}, "C")
    assert (first.place, first.displaced, first.then) == (("R", 0), ("A",), {"A": ("Q", 0)})


def test_nobody_is_moved_from_where_they_are_pinned():
    problem = a_problem(a_talk("A", 120), a_talk("B", 60), locks={"A": ("R", 0)})
    assert suggest(problem, {"A": ("R", 0)}, "B") == []


def test_three_places_are_not_three_times_the_same_one():
    problem = a_problem(a_talk("A", 30), rooms=("R", "Q"))
    assert [one.place for one in suggest(problem, {}, "A")] == [("Q", 0), ("R", 0), ("Q", 30)]
