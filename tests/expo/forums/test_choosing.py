"""Talks are chosen by everything at once, and the counts say what each choice would show."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expo.forums.choosing import FIELDS, Wanted, choose, languages_of, part_of_day, person_fits
from tests.expo.forums.making import ENERGY, HALL, OPENING, a_part, an_item, at

ITEMS = (
    an_item(1, at(15, 9), at(15, 10), track=OPENING, room=HALL, kind="ceremony", interpretation=("zh", "ru")),
    an_item(2, at(15, 13), at(15, 14), language="zh", parts=(a_part(name="Gül Öztürk"),)),
    an_item(3, at(16, 17), at(16, 18), language="ru", interpretation=("ru", "en"), kind="panel"),
    an_item(4, at(16, 1), at(16, 2), title={"en": "Ａ night of ice", "zh": "冰夜"}),
)


def ids(**wanted) -> list[int]:
    return [item.id for item in choose(ITEMS, Wanted(**wanted)).items]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"day": "2023-06-16"}, [3, 4]),
        ({"forum": "OPEN"}, [1]),
        ({"room": "SIDE", "day": "2023-06-15"}, [2]),
        ({"language": "zh"}, [1, 2]),
        ({"language": "en"}, [1, 3, 4]),
        ({"kind": "panel"}, [3]),
        ({"time": "morning"}, [1]),
        ({"time": "evening"}, [3, 4]),
        ({"words": "ozturk"}, [2]),
        ({"words": "冰"}, [4]),
        ({"words": "a NIGHT"}, [4]),
        ({"words": "доклад 3"}, [3]),
        ({"words": "энергетика", "day": "2023-06-15"}, [2]),
        ({"words": "nothing"}, []),
        ({"kind": "x' OR 1"}, []),
    ],
)
def test_what_is_wanted_is_found(wanted, found):
    assert ids(**wanted) == found


def test_every_hour_belongs_to_a_part_of_the_day():
    parts = [part_of_day(hour) for hour in range(24)]
    assert parts == ["evening"] * 5 + ["morning"] * 7 + ["afternoon"] * 5 + ["evening"] * 7


def test_languages_are_named_once_a_talk_the_most_frequent_first():
    assert languages_of(ITEMS) == ["en", "ru", "zh"]


def test_people_are_found_without_accents():
    assert person_fits(a_part(name="Gül Öztürk"), "OZTURK gul")
    assert not person_fits(a_part(name="Gül Öztürk"), "Kim")


MANY = st.lists(
    st.builds(
        lambda number, day, hour, kind, track: replace(
            an_item(number, at(day, hour), at(day, hour) + timedelta(minutes=30)), kind=kind, track=track
        ),
        st.integers(1, 9999),
        st.integers(15, 17),
        st.integers(0, 22),
        st.sampled_from(["talk", "panel"]),
        st.sampled_from([OPENING, ENERGY]),
    ),
    max_size=10,
)
SOME = st.builds(
    Wanted,
    day=st.sampled_from(["", "2023-06-15", "2023-06-17"]),
    forum=st.sampled_from(["", "ENE"]),
    kind=st.sampled_from(["", "panel"]),
    time=st.sampled_from(["", "morning", "evening"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MANY, SOME)
def test_a_count_is_what_its_choice_would_show(items, wanted):
    counts = choose(items, wanted).counts
    for field in FIELDS:
        for value in ("", *counts[field]):
            assert counts[field].get(value, 0) == len(choose(items, replace(wanted, **{field: value})).items)
