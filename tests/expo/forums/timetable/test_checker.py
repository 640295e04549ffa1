"""The checker finds every broken rule, one at a time, and prices the soft ones."""

import pytest
from hypothesis import given, settings

from expo.forums.timetable.checker import changed, soft_parts, violations, violations_of
from expo.forums.timetable.problem import Day, Room, Speaker, Weights
from tests.expo.forums.timetable.make import a_problem, a_talk, held, problems_and_places


def rules(problem, **places) -> list[str]:
    return [one.rule for one in violations(problem, held(**places))]


def test_a_sound_timetable_breaks_nothing():
    assert rules(a_problem(a_talk("A"), a_talk("B")), A=("R", 0), B=("R", 30)) == []


@pytest.mark.parametrize(
    ("rule", "talk", "more", "start"),
    [
        ("day", {}, {}, 100),
        ("day", {"days": (3,)}, {}, 0),
        ("break", {}, {"days": (Day(0, 0, 120, ((20, 40),)),)}, 0),
        ("room_away", {}, {"rooms": (Room("R", 9, available=((0, 20), (25, 60))),)}, 0),
        ("room_choice", {"rooms": ("Q",)}, {}, 0),
        ("equipment", {"equipment": frozenset({"stage"})}, {}, 0),
        ("booths", {"booths": 1}, {}, 0),
        ("layout", {"layout": "round"}, {"rooms": (Room("R", 9, layouts={"rows": 9}),)}, 0),
        ("seats", {"seats": 10}, {"rooms": (Room("R", 9),)}, 0),
        ("seats", {"seats": 10, "layout": "rows"}, {"rooms": (Room("R", 20, layouts={"rows": 9}),)}, 0),
        ("length", {"minutes": 0}, {}, 0),
        ("fixed_start", {"fixed_start": 5}, {}, 0),
        ("fixed_room", {"fixed_room": "Q"}, {}, 0),
        ("lock", {}, {"locks": {"A": ("R", 5)}}, 0),
        ("person_away", {"people": ("ann",)}, {"speakers": (Speaker("ann", ((10, 60),)),)}, 0),
    ],
)
def test_a_talk_by_itself_breaks(rule, talk, more, start):
    assert rules(a_problem(a_talk("A", **talk), **more), A=("R", start)) == [rule]


def test_availability_in_two_touching_pieces_is_one():
    ann = Speaker("ann", ((15, 60), (0, 15)))
    assert rules(a_problem(a_talk("A", people=("ann",)), speakers=(ann,)), A=("R", 0)) == []


@pytest.mark.parametrize(
    ("rule", "one", "two", "then", "more"),
    [
        ("room_twice", {}, {}, ("R", 25), {}),
        ("turnover", {}, {}, ("R", 35), {"setup_min": 10}),
        ("person_twice", {"people": ("ann",)}, {"people": ("ann",)}, ("Q", 25), {}),
        (
            "travel",
            {"people": ("ann",)},
            {"people": ("ann",)},
            ("Q", 40),
            {"travel_min": {("", "E"): 15}},
        ),
        ("turnover", {}, {"setup_min": 20}, ("R", 45), {}),
        ("turnover", {"layout": "rows"}, {"layout": "round"}, ("R", 54), {"setup_min": 10}),
        ("alone", {"alone": True}, {}, ("Q", 25), {}),
        ("order", {}, {"after": ("A",)}, ("Q", 25), {}),
    ],
)
def test_two_talks_break(rule, one, two, then, more):
    problem = a_problem(
        a_talk("A", **one), a_talk("B", **two), rooms=(Room("R", 9, change_min=15), Room("Q", 9, "E")), **more
    )
    assert rules(problem, A=("R", 0), B=then) == [rule]


def test_exactly_enough_time_between_is_enough():
    problem = a_problem(
        a_talk("A", people=("ann",)),
        a_talk("B", people=("ann",), after=("A",)),
        rooms=(Room("R", 9), Room("Q", 9, "E")),
        travel_min={("E", ""): 15},
    )
    assert rules(problem, A=("R", 0), B=("Q", 45)) == []


def test_a_talk_left_out_and_one_that_nobody_knows_are_named():
    problem = a_problem(a_talk("A"))
    assert rules(problem, B=("R", 0)) == ["unknown", "unplaced"]
    assert rules(problem, A=("Z", 0)) == ["unknown"]


def test_soft_parts_count_people_seats_rooms_and_minutes():
    problem = a_problem(
        a_talk("A", 60, forum="f", people=("ann",), demand=15),
        a_talk("B", 30, forum="f"),
        a_talk("C", 30, forum="f", people=("ann",)),
        rooms=(Room("R", 10), Room("Q", 10)),
        fans=((0, 1), (0, 1, 1), (1,), (0, 2)),
        previous={"A": ("R", 0), "B": ("R", 0), "gone": ("R", 0)},
        change_price=7.0,
        weights=Weights(1.0, 2.0, 10.0, 0.1),
    )
    places = {"A": ("R", 0), "B": ("Q", 45), "C": ("R", 90)}
    assert soft_parts(problem, places) == pytest.approx(
        {"clash": 1.0, "overflow": 10.0, "track": 10.0, "idle": 3.0, "changes": 7.0}
    )
    assert changed(problem, places) == ["B"]


@settings(max_examples=300, deadline=None)
@given(problems_and_places())
def test_one_talk_checked_by_itself_breaks_what_it_breaks_among_all(drawn):
    problem, places = drawn
    everything = violations(problem, held(**places))
    for talk in problem.talks:
        if talk.code in places and places[talk.code][0] not in {room.code for room in problem.rooms}:
            continue
        theirs = [one for one in everything if talk.code in (one.talk, one.other)]
        assert set(violations_of(problem, places, talk.code)) == set(theirs)


def test_the_seats_of_a_layout_count_not_those_of_the_room():
    problem = a_problem(
        a_talk("A", demand=30, layout="round"), rooms=(Room("R", 100, layouts={"round": 20, "rows": 80}),)
    )
    assert soft_parts(problem, {"A": ("R", 0)})["overflow"] == 10.0


def test_a_layout_both_can_use_needs_no_change():
    problem = a_problem(
        a_talk("A", layout="rows"),
        a_talk("B"),
        a_talk("C", layout="rows"),
        rooms=(Room("R", 9, change_min=30),),
    )
    assert rules(problem, A=("R", 0), B=("R", 30), C=("R", 60)) == []
