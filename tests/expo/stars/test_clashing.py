"""Clashes, free stretches and suggestions in a timetable of one's own."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expo.stars.clashing import Gap, clash_of, clashes, gaps, suggestions
from tests.expo.forums.making import HALL, SIDE, an_item, at

FAR = replace(SIDE, code="FAR", building="Annexe")


def walk(one: str, other: str) -> int:
    return 0 if one == other else 12


def test_talks_overlap_by_the_minutes_they_share():
    first, second = an_item(1, at(15, 9), at(15, 10)), an_item(2, at(15, 9, 45), at(15, 11), room=HALL)
    found = clashes([second, first], walk, 12)
    assert [(c.kind, c.first.id, c.second.id, c.minutes) for c in found] == [("overlap", 1, 2, 15)]


def test_a_walk_that_is_too_short_is_a_clash_and_one_that_is_just_right_is_none():
    first = an_item(1, at(15, 9), at(15, 10))
    near, far = (
        an_item(2, at(15, 10, 10), at(15, 11), room=FAR),
        an_item(3, at(15, 10, 12), at(15, 11), room=FAR),
    )
    assert [(c.kind, c.minutes, c.between) for c in clashes([first, near], walk, 12)] == [("walk", 12, 10)]
    assert clashes([first, far], walk, 12) == []


def test_talks_end_to_end_in_one_building_do_not_clash():
    assert clashes([an_item(1, at(15, 9), at(15, 10)), an_item(2, at(15, 10), at(15, 11))], walk, 12) == []


def test_free_time_is_told_within_a_day_only_and_from_half_an_hour():
    items = [
        an_item(1, at(15, 9), at(15, 12)),
        an_item(2, at(15, 9, 30), at(15, 10)),
        an_item(3, at(15, 12, 30), at(15, 13)),
        an_item(4, at(15, 13, 20), at(15, 14)),
        an_item(5, at(16, 9), at(16, 10)),
    ]
    assert gaps(items) == [Gap(at(15, 12), at(15, 12, 30))]


def test_a_repeat_comes_first_and_what_would_clash_with_the_rest_never():
    one, two = an_item(1, at(15, 9), at(15, 10)), an_item(2, at(15, 9), at(15, 10), room=HALL)
    three = an_item(3, at(15, 14), at(15, 15))
    again = an_item(4, at(16, 9), at(16, 10), title=two.title)
    blocked = an_item(5, at(15, 14, 30), at(15, 15), title=one.title)
    other = an_item(6, at(15, 11), at(15, 12))
    starred = [one, two, three]
    found = suggestions(clashes(starred, walk, 12)[0], starred, [*starred, again, blocked, other], walk)
    assert [(given_up.id, item.id) for given_up, item in found] == [(2, 4), (2, 6)]


SLOWLY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
TALKS = st.lists(
    st.builds(
        lambda number, start, length, place: an_item(
            number,
            at(15, 8) + timedelta(minutes=start),
            at(15, 8) + timedelta(minutes=start + length),
            room=place,
        ),
        st.integers(1, 10_000),
        st.integers(0, 600),
        st.integers(5, 120),
        st.sampled_from([HALL, SIDE, FAR]),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)


@SLOWLY
@given(TALKS)
def test_every_pair_that_clashes_is_found_and_no_other(items):
    ordered = sorted(items, key=lambda item: (item.start, item.end, item.code))
    pairs = {
        (a.id, b.id)
        for n, a in enumerate(ordered)
        for b in ordered[n + 1 :]
        if clash_of(a, b, walk) is not None
    }
    assert {(c.first.id, c.second.id) for c in clashes(items, walk, 12)} == pairs


@SLOWLY
@given(TALKS)
def test_no_suggestion_clashes_with_what_stays(items):
    starred, rest = items[: len(items) // 2], items[len(items) // 2 :]
    for clash in clashes(starred, walk, 12):
        for given_up, item in suggestions(clash, starred, [*starred, *rest], walk):
            assert item not in starred
            assert all(clash_of(item, one, walk) is None for one in starred if one.code != given_up.code)
