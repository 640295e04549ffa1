"""Programmes whose best timetable is known because it was planted, and programmes that cannot all be held."""

import random
from dataclasses import replace

import pytest

from expo.forums.timetable.checker import soft_parts, violations
from expo.forums.timetable.elastic import remedy
from expo.forums.timetable.impossible import why_impossible
from expo.forums.timetable.instances import small
from expo.forums.timetable.problem import Day, Problem, Room, Speaker, Talk, Timetable
from expo.forums.timetable.solve import build_timetable

SLOT = 45


def planted(seed: int, rooms: int = 4, slots: int = 8, days: int = 2) -> tuple[Problem, dict]:
    """Rooms full from morning to evening, and a timetable of them in which nothing clashes.

    Everybody starred a talk of each slot and nobody two of one slot; people come for the day on which they
    speak, twice in a row; each forum has a room of its own that just seats its listeners: the soft cost is 0.
    """
    draw = random.Random(seed)
    talks, places = [], {}
    for day in range(days):
        for room in range(rooms):
            for slot in range(slots):
                code = f"T{day}{room}{slot:02d}"
                people = (f"P{day}{room}{slot // 2}",)
                talks.append(Talk(code, f"F{room}", SLOT, people, 100 * (room + 1)))
                places[code] = (f"R{room}", day * 1440 + slot * SLOT)
    order = list(range(len(talks)))
    draw.shuffle(order)
    mixed = [talks[k] for k in order]
    position = {talk.code: k for k, talk in enumerate(mixed)}
    fans = [
        sorted(
            position[f"T{day}{draw.randrange(rooms)}{slot:02d}"]
            for day in range(days)
            for slot in range(slots)
        )
        for _ in range(120)
    ]
    problem = Problem(
        tuple(Day(day, day * 1440, day * 1440 + slots * SLOT) for day in range(days)),
        tuple(Room(f"R{room}", 100 * (room + 1)) for room in range(rooms)),
        tuple(
            Speaker(f"P{day}{room}{pair}", ((day * 1440, day * 1440 + 720),))
            for day in range(days)
            for room in range(rooms)
            for pair in range(slots // 2)
        ),
        tuple(mixed),
        tuple(map(tuple, fans)),
    )
    return problem, places


def test_the_planted_timetable_costs_nothing_and_breaks_nothing():
    problem, places = planted(1)
    assert violations(problem, Timetable(places, (), 0, 0.0, {})) == []
    assert sum(soft_parts(problem, places).values()) == pytest.approx(0)


@pytest.mark.parametrize("seed", [1, 2])
def test_rooms_that_are_full_to_the_minute_are_filled(seed):
    """Not one free slot is left, so a single talk in the wrong place leaves another without any."""
    problem, _places = planted(seed)
    answer = build_timetable(problem, seed=seed, rounds=2_000_000)
    assert (answer.unplaced, violations(problem, answer)) == ((), [])


def test_a_planted_timetable_that_is_given_is_kept():
    problem, places = planted(3)
    answer = build_timetable(replace(problem, previous=places, change_price=5.0), seed=1, rounds=200_000)
    assert (dict(answer.places), answer.total) == (places, pytest.approx(0))


@pytest.mark.parametrize("kept", [slice(0, 5), slice(5, 10)], ids=["large rooms left", "small rooms left"])
def test_far_over_capacity_as_much_as_fits_is_held_and_the_rest_explained(kept):
    """Five of ten rooms are lost; the explanation does not wait for a perfect one."""
    problem = small(1)
    problem = replace(problem, rooms=problem.rooms[kept])
    answer = build_timetable(problem, seed=1, rounds=300_000)
    assert [one.rule for one in violations(problem, answer) if one.rule != "unplaced"] == []
    assert 60 < len(answer.places) < 110
    reasons = why_impossible(problem)
    (short,) = (one for one in reasons if one.code == "room_minutes_short")
    assert short.figures["short"] == short.figures["needed"] - short.figures["there"] > 0
    asked = []
    found = remedy(problem, answer, budget=0.2, cancelled=lambda: bool(asked.append(1) or len(asked) > 3))
    assert found is None or set(found.places) >= set(answer.places) - set(answer.unplaced)
