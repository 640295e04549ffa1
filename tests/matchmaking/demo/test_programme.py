"""The programme can be held: nobody is asked for too much, and people of one talk can come together."""

from collections import defaultdict
from datetime import datetime

import pytest

from matchmaking.demo.reference import reference

LUNCH = {"2023-06-15": ((540, 720), (810, 1080)), "2023-06-16": ((540, 720), (810, 1080))}


def parts(cell) -> list[str]:
    return [part for part in str(cell).split(";") if part]


def windows(tables, kind: str) -> dict[str, list[tuple[str, int, int]]]:
    """Code → (date, from, until) in minutes of the day."""
    found = defaultdict(list)
    for row in tables["availability"]:
        if row["kind"] == kind:
            start, end = (datetime.fromisoformat(row[key]) for key in ("from", "until"))
            found[row["code"]].append(
                (str(start.date()), start.hour * 60 + start.minute, end.hour * 60 + end.minute)
            )
    return found


def stretches(windows_of: list[list[tuple[str, int, int]]]) -> list[int]:
    """Lengths of programme time, between breaks, in which all are there."""
    found = []
    for day, halves in LUNCH.items():
        for start, end in halves:
            for mine in windows_of:
                here = [(a, b) for d, a, b in mine if d == day]
                start = max([start, *(a for a, _ in here)]) if here else 10_000
                end = min([end, *(b for _, b in here)])
            found.append(end - start)
    return found


@pytest.mark.parametrize("seed", [2023, 3])
def test_people_of_a_talk_have_a_common_stretch_that_is_long_enough(seed):
    tables = reference(seed).tables
    away = windows(tables, "speaker")
    for talk in tables["talks"]:
        people = [part.partition(":")[0] for part in parts(talk["speakers"])]
        limited = [away[person] for person in people if person in away]
        assert max(stretches(limited)) >= talk["minutes"]


def test_nobody_is_on_stage_for_half_of_the_time_they_are_there(made):
    tables, load = made.tables, defaultdict(int)
    away = windows(tables, "speaker")
    for talk in tables["talks"]:
        for part in parts(talk["speakers"]):
            load[part.partition(":")[0]] += talk["minutes"]
    for person, minutes in load.items():
        there = sum(length for length in stretches([away[person]] if person in away else []) if length > 0)
        assert minutes <= there / 2


def test_every_talk_has_people_and_nobody_comes_for_nothing(made):
    named = {part.partition(":")[0] for talk in made.tables["talks"] for part in parts(talk["speakers"])}
    assert named == {speaker["code"] for speaker in made.tables["speakers"]}


def test_the_ceremony_is_alone_in_the_largest_room_on_the_first_morning(made):
    alone = [talk for talk in made.tables["talks"] if talk["alone"] == "yes"]
    largest = max(made.tables["rooms"], key=lambda room: room["capacity"])["code"]
    assert [(talk["kind"], talk["fixed_room"], talk["fixed_start"]) for talk in alone] == [
        ("ceremony", largest, "2023-06-15 09:00")
    ]


def test_rooms_are_asked_for_at_most_four_fifths_of_their_time(made):
    setup = 10
    asked = sum(talk["minutes"] + setup for talk in made.tables["talks"])
    away = windows(made.tables, "room")
    there = sum(
        sum(
            length for length in stretches([away[room["code"]]] if room["code"] in away else []) if length > 0
        )
        for room in made.tables["rooms"]
    )
    ceremony = 90 * len(made.tables["rooms"])
    assert asked <= 0.8 * (there - ceremony)
