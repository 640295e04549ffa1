"""What gives way is the least, what moves is the least, and both keep every rule."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from expo.forums.timetable.checker import violations
from expo.forums.timetable.elastic import remedy
from expo.forums.timetable.problem import Room, Speaker, Timetable
from expo.forums.timetable.replan import fewest_changes, replan
from expo.forums.timetable.solve import build_timetable
from tests.expo.forums.timetable.make import a_problem, a_talk, problems_and_places


@settings(max_examples=25, deadline=None)
@given(problems_and_places())
def test_a_repair_breaks_no_rule_and_leaves_alone_what_it_does_not_name(drawn):
    problem, places = drawn
    found = replan(problem, places, seed=1, rounds=200)
    known = {talk.code for talk in problem.talks}
    assert {one.rule for one in violations(problem, found.answer)} <= {"unplaced"}
    for code, place in places.items():
        if code in known and code not in found.moved:
            assert found.answer.places[code] == place


def test_the_fewest_changes_are_found_and_proven():
    talks = [a_talk(code, 60) for code in "ABC"]
    problem = a_problem(*talks, rooms=(Room("R", 9, available=((60, 120),)), Room("Q", 9)))
    before = {"A": ("R", 0), "B": ("R", 60), "C": ("Q", 0)}
    fewest = fewest_changes(problem, before)
    assert (fewest.moved, fewest.proven) == (("A",), True)
    assert fewest.places["A"] == ("Q", 60)


def test_nothing_moves_where_nothing_is_wrong_and_a_new_talk_gets_a_place():
    problem = a_problem(a_talk("A", 60), a_talk("B", 60))
    found = replan(problem, {"A": ("R", 60)}, seed=1, rounds=500)
    assert (found.moved, found.proven, found.answer.places) == ((), True, {"A": ("R", 60), "B": ("R", 0)})


@pytest.mark.parametrize(
    ("talk", "more", "code", "who"),
    [
        ({"people": ("ann",)}, {"speakers": (Speaker("ann", ((500, 600),)),)}, "person_longer", "ann"),
        ({"equipment": frozenset({"stage"})}, {}, "bring", "R"),
        ({"seats": 101}, {}, "seats", "R"),
        ({"fixed_start": 15}, {"rooms": (Room("R", 9, available=((30, 120),)),)}, "unpin", ""),
    ],
)
def test_one_need_that_cannot_be_met_is_the_one_that_gives_way(talk, more, code, who):
    problem = a_problem(a_talk("A", 30, **talk), **more)
    found = remedy(problem, build_timetable(problem, rounds=200))
    assert [(one.code, one.talk, one.who) for one in found.proposals] == [(code, "A", who)]
    assert found.proven


def test_too_little_room_makes_the_day_longer_or_talks_shorter_before_one_stays_out():
    problem = a_problem(*(a_talk(f"T{k}", 40) for k in range(4)))
    found = remedy(problem, build_timetable(problem, rounds=2_000))
    assert found.proven
    assert {one.code for one in found.proposals} <= {"late", "shorten"}
    assert len(found.places) == 4


def test_what_is_whole_needs_no_remedy():
    problem = a_problem(a_talk("A"))
    assert remedy(problem, build_timetable(problem, rounds=200)).proposals == ()


def test_a_repair_counts_a_pair_in_conflict_once():
    problem = a_problem(a_talk("A", 30), a_talk("B", 30))
    before = {"A": ("R", 0), "B": ("R", 0)}
    fewest = fewest_changes(replace(problem), before)
    assert (len(fewest.moved), fewest.proven) == (1, True)
    assert violations(problem, Timetable(fewest.places, (), 0, 0.0, {})) == []
