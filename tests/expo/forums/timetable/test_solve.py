"""The solver keeps every hard rule, answers the same twice and survives odd requests."""

import pytest
from hypothesis import given, settings

from expo.forums.timetable.baseline import first_fit
from expo.forums.timetable.checker import soft_parts, violations
from expo.forums.timetable.instances import a_programme, small
from expo.forums.timetable.problem import Day, Problem, Room, Speaker, Weights
from expo.forums.timetable.solve import build_timetable
from tests.expo.forums.timetable.make import a_problem, a_talk, problems


@pytest.fixture(scope="module")
def forum() -> Problem:
    return small(1)


@pytest.fixture(scope="module")
def answer(forum):
    return build_timetable(forum, seed=1, rounds=600_000)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_whatever_is_asked_the_answer_breaks_no_rule_but_leaving_talks_out(problem):
    answer = build_timetable(problem, seed=3, rounds=300)
    broken = violations(problem, answer)
    assert [one for one in broken if one.rule != "unplaced"] == []
    assert sorted(one.talk for one in broken) == sorted(answer.unplaced)
    assert len(broken) == answer.hard
    assert soft_parts(problem, answer.places) == pytest.approx(dict(answer.parts))
    assert answer.total == pytest.approx(sum(answer.parts.values()))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_first_fit_breaks_no_rule_either(problem):
    answer = first_fit(problem)
    assert {one.rule for one in violations(problem, answer)} <= {"unplaced"}


def test_a_forum_of_120_talks_is_placed_whole(forum, answer):
    assert violations(forum, answer) == []
    assert answer.unplaced == ()
    assert soft_parts(forum, answer.places) == pytest.approx(dict(answer.parts))


def test_it_is_better_than_first_fit(forum, answer):
    naive = first_fit(forum)
    assert answer.hard <= naive.hard
    assert answer.total < 0.8 * naive.total


def test_the_same_seed_gives_the_same_timetable(forum):
    one = build_timetable(forum, seed=5, rounds=60_000)
    two = build_timetable(forum, seed=5, rounds=60_000)
    assert (one.places, one.total, one.curve) == (two.places, two.total, two.curve)


def test_more_rounds_are_not_worse_at_the_scale_that_matters(forum, answer):
    few = build_timetable(forum, seed=1, rounds=10_000)
    assert (answer.hard, answer.total) < (few.hard, few.total)


def test_progress_is_told_and_ends_complete(forum):
    told = []
    build_timetable(forum, seed=1, rounds=120_000, progress=lambda *step: told.append(step))
    assert [step[0] for step in told] == [50_000, 100_000, 120_000]
    assert {step[1] for step in told} == {120_000}


def test_cancelling_keeps_the_best_so_far(forum):
    calls = iter([False, False, True])
    answer = build_timetable(forum, seed=1, rounds=10_000_000, cancelled=lambda: next(calls))
    assert answer.curve[-1][0] == 100_000
    assert {one.rule for one in violations(forum, answer)} <= {"unplaced"}


def test_no_rounds_still_gives_a_timetable(forum):
    answer = build_timetable(forum, seed=1, rounds=0)
    assert len(answer.places) + len(answer.unplaced) == 120


def test_a_lock_stands_above_what_is_fixed():
    problem = a_problem(a_talk("A", fixed_start=0), a_talk("B"), rooms=("R", "Q"), locks={"A": ("Q", 60)})
    assert build_timetable(problem, rounds=500).places["A"] == ("Q", 60)


def test_a_fixed_start_off_the_grid_is_kept():
    problem = a_problem(a_talk("A", fixed_start=7), a_talk("B"), setup_min=3)
    answer = build_timetable(problem, rounds=500)
    assert (answer.places["A"], answer.unplaced) == (("R", 7), ())


def test_two_talks_fixed_on_the_same_place_leave_the_less_wanted_one_out():
    problem = a_problem(a_talk("A", fixed_start=0, demand=5), a_talk("B", fixed_start=0, demand=9))
    assert build_timetable(problem, rounds=500).unplaced == ("A",)


def test_too_many_talks_leave_as_few_out_as_there_is_no_room_for():
    problem = a_problem(*(a_talk(f"T{k}", demand=k) for k in range(6)))
    assert len(build_timetable(problem, rounds=5_000).unplaced) == 2


def test_talks_wanted_by_the_same_people_are_kept_apart():
    talks = [a_talk(code, 60) for code in "ABCD"]
    problem = a_problem(*talks, rooms=("R", "Q"), fans=((0, 1), (2, 3), (0, 1)))
    answer = build_timetable(problem, rounds=2_000)
    assert (answer.hard, answer.parts["clash"]) == (0, 0.0)


def test_the_wanted_talk_gets_the_large_room():
    rooms = (Room("small", 10), Room("large", 100))
    problem = a_problem(a_talk("A", 120, demand=8), a_talk("B", 120, demand=90), rooms=rooms)
    answer = build_timetable(problem, rounds=500)
    assert (answer.places["B"][0], answer.parts["overflow"]) == ("large", 0.0)


def test_a_forum_keeps_to_one_room():
    talks = [a_talk(f"{forum}{k}", forum=forum) for forum in "fg" for k in range(4)]
    answer = build_timetable(a_problem(*talks, rooms=("R", "Q")), rounds=20_000)
    assert (answer.hard, answer.parts["track"]) == (0, 0.0)


def test_a_speaker_with_two_talks_does_not_wait_between_them():
    talks = (a_talk("A", people=("ann",)), a_talk("B", people=("ann",)))
    answer = build_timetable(a_problem(*talks, rooms=("R", "Q")), rounds=5_000)
    assert answer.parts["idle"] == 0.0


def test_a_lunch_between_two_talks_is_no_waiting():
    day = Day(0, 0, 150, ((30, 120),))
    talks = (a_talk("A", people=("ann",)), a_talk("B", people=("ann",)))
    answer = build_timetable(a_problem(*talks, days=(day,)), rounds=500)
    assert (answer.hard, answer.parts["idle"]) == (0, 0.0)


def test_a_talk_never_runs_over_into_the_next_of_two_touching_days():
    days = (Day(0, 0, 100), Day(1, 100, 200))
    answer = build_timetable(a_problem(a_talk("A", 80), a_talk("B", 80), days=days), rounds=500)
    assert sorted(start // 100 for _, start in answer.places.values()) == [0, 1]


def test_a_replan_moves_only_what_it_must():
    forum = a_programme(4, talks=40, rooms=5, people=300, days=2, forums=4)
    before = build_timetable(forum, seed=1, rounds=200_000)
    room = forum.rooms[1]
    closed = Room(room.code, room.capacity, room.building, room.equipment, room.booths, ((1440, 1980),))
    asked = Problem(
        forum.days,
        (forum.rooms[0], closed, *forum.rooms[2:]),
        forum.speakers,
        forum.talks,
        forum.fans,
        forum.travel_min,
        forum.setup_min,
        before.places,
        change_price=10_000.0,
    )
    forced = [code for code, (where, start) in before.places.items() if where == room.code and start < 1440]
    after = build_timetable(asked, seed=1, rounds=200_000)
    moved = [code for code, place in after.places.items() if place != before.places[code]]
    assert violations(asked, after) == []
    assert set(forced) <= set(moved)
    assert len(moved) <= 2 * len(forced)


def test_nothing_changes_when_nothing_has_to():
    talks = [a_talk(code, 60) for code in "ABCD"]
    problem = a_problem(*talks, rooms=("R", "Q"), fans=((0, 1),) * 9)
    before = {"A": ("R", 0), "B": ("Q", 0), "C": ("R", 60), "D": ("Q", 60)}
    asked = a_problem(*talks, rooms=("R", "Q"), fans=((0, 1),) * 9, previous=before, change_price=10.0)
    assert build_timetable(asked, rounds=2_000).places == before
    assert build_timetable(problem, rounds=2_000).parts["clash"] == 0.0


@pytest.mark.parametrize(
    "twice",
    [
        {"rooms": (Room("R", 1), Room("R", 2))},
        {"speakers": (Speaker("ann"), Speaker("ann"))},
        {"days": (Day(0, 0, 100), Day(1, 50, 150))},
        {"days": (Day(0, 0, 100), Day(0, 100, 150))},
    ],
)
def test_two_things_of_one_name_are_refused(twice):
    with pytest.raises(ValueError, match="Two"):
        a_problem(a_talk("A"), **twice)


def test_weights_of_nothing_cost_nothing(forum):
    idle = a_problem(a_talk("A", demand=900), weights=Weights(0.0, 0.0, 0.0, 0.0))
    assert build_timetable(idle, rounds=100).total == 0.0
