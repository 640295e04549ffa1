"""What cannot be is said beforehand, with figures, and never of something that can."""

import pytest
from hypothesis import given, settings

from expo.forums.timetable.impossible import Reason, crowded, why_impossible
from expo.forums.timetable.instances import small
from expo.forums.timetable.problem import Day, Room, Speaker
from expo.forums.timetable.solve import build_timetable
from tests.expo.forums.timetable.make import a_problem, a_talk, problems


def codes(problem) -> list[str]:
    return [reason.code for reason in why_impossible(problem)]


@settings(max_examples=150, deadline=None)
@given(problems())
def test_a_problem_that_was_solved_whole_was_not_called_impossible(problem):
    answer = build_timetable(problem, seed=1, rounds=300)
    if not answer.unplaced:
        assert why_impossible(problem) == []


def test_a_forum_that_can_be_held_has_no_reason_against_it():
    assert why_impossible(small(1)) == []


@pytest.mark.parametrize(
    ("code", "talk", "more"),
    [
        ("no_length", {"minutes": 0}, {}),
        ("unknown_room", {"fixed_room": "Z"}, {}),
        ("room_not_allowed", {"fixed_room": "R", "rooms": ("Q",)}, {}),
        ("no_room_equipped", {"booths": 1}, {}),
        ("order_cycle", {"after": ("A",)}, {}),
        ("longer_than_any_stretch", {"minutes": 90}, {"days": (Day(0, 0, 120, ((60, 70),)),)}),
        ("people_never_together", {"people": ("ann",)}, {"speakers": (Speaker("ann", ((0, 20),)),)}),
        ("never_at_fixed_start", {"fixed_start": 100}, {}),
        ("no_room_free_long_enough", {}, {"rooms": (Room("R", 9, available=((0, 20), (30, 50))),)}),
    ],
)
def test_one_talk_by_itself(code, talk, more):
    assert codes(a_problem(a_talk("A", **talk), **more)) == [code]


@pytest.mark.parametrize(
    ("code", "one", "two"),
    [
        ("pinned_room_twice", {"fixed_room": "R"}, {"fixed_room": "R"}),
        ("pinned_person_twice", {"people": ("ann",)}, {"people": ("ann",)}),
        ("pinned_beside_alone", {"alone": True}, {}),
        ("pinned_order", {}, {"after": ("A",)}),
        ("pinned_order", {"after": ("B",)}, {}),
    ],
)
def test_two_talks_pinned_against_each_other(code, one, two):
    talks = (a_talk("A", fixed_start=0, **one), a_talk("B", fixed_start=20, **two))
    assert codes(a_problem(*talks, rooms=("R", "Q", "S"))) == [code]


def test_a_ring_of_order_is_named_once():
    talks = [a_talk("A", after=("C",)), a_talk("B", after=("A",)), a_talk("C", after=("B",)), a_talk("D")]
    [reason] = why_impossible(a_problem(*talks, rooms=("R", "Q")))
    assert (reason.code, sorted(reason.talks)) == ("order_cycle", ["A", "B", "C"])


def test_a_talk_that_must_follow_one_held_after_its_speaker_has_left():
    talks = [
        a_talk("A", fixed_start=60),
        a_talk("B", after=("A",)),
        a_talk("C", after=("B",), people=("ann",)),
    ]
    [reason] = why_impossible(a_problem(*talks, rooms=("R", "Q"), speakers=(Speaker("ann", ((0, 100),)),)))
    assert reason == Reason("order_leaves_no_time", ("C", "B"), {"ready": 120, "latest": 70})


def test_a_person_with_more_talks_than_time():
    talks = [a_talk(code, people=("ann",)) for code in "ABC"]
    problem = a_problem(*talks, rooms=("R", "Q"), speakers=(Speaker("ann", ((0, 70),)),))
    assert why_impossible(problem) == [
        Reason(
            "person_minutes_short", ("A", "B", "C"), {"person": "ann", "needed": 90, "there": 70, "short": 20}
        )
    ]


def test_rooms_short_on_one_day_are_counted_to_the_minute():
    days = (Day(0, 0, 120), Day(1, 1440, 1560))
    talks = [a_talk(f"T{k}", 50, days=(1,)) for k in range(3)] + [a_talk("A", 50, days=(0,))]
    [reason] = why_impossible(a_problem(*talks, days=days, setup_min=10))
    assert reason.figures == {
        "rooms": ("R",),
        "spans": ((1440, 1560),),
        "days": (1,),
        "needed": 180,
        "there": 130,
        "short": 50,
    }


def test_interpreting_rooms_run_out_before_the_others():
    rooms = (Room("R", 9, booths=2), Room("Q", 9))
    talks = [a_talk(f"T{k}", 60, booths=2) for k in range(3)]
    [reason] = why_impossible(a_problem(*talks, rooms=rooms))
    assert (reason.code, reason.figures["rooms"], reason.figures["short"]) == (
        "room_minutes_short",
        ("R",),
        60,
    )


def test_an_opening_takes_its_time_from_every_room():
    talks = [a_talk("O", 60, alone=True, fixed_start=0)] + [a_talk(f"T{k}", 40) for k in range(4)]
    [reason] = why_impossible(a_problem(*talks, rooms=("R", "Q")))
    assert (reason.figures["there"], reason.figures["needed"]) == (120, 160)


def test_a_talk_no_room_can_seat_is_worth_knowing():
    assert crowded(a_problem(a_talk("A", demand=120))) == [
        Reason("too_few_seats", ("A",), {"demand": 120, "seats": 100})
    ]
