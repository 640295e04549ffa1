"""The clock of a ceremony and the order of protocol."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from expo.ceremony.running import Guest, as_of, moved, running
from tests.expo.forums.making import at


def item(number, minutes, turnover):
    return SimpleNamespace(id=number, minutes=minutes, turnover_min=turnover)


def guest(number, rank):
    return Guest(number, {"en": f"G{number}"}, {}, "", "", rank, "signs")


def test_each_item_begins_when_the_stage_is_ready():
    made = running(at(15, 9), 30, [item(1, 10, 2), item(2, 15, 5)], {2: [guest(1, 7), guest(2, 3)]})
    assert [(row.start, row.end) for row in made.rows] == [
        (at(15, 9), at(15, 9, 10)),
        (at(15, 9, 12), at(15, 9, 27)),
    ]
    assert (made.total, made.over) == (27, -3)
    assert [one.id for one in made.rows[1].guests] == [2, 1]


def test_without_a_place_there_are_minutes_but_no_times():
    made = running(None, 5, [item(1, 10, 2)], {})
    assert (made.rows[0].start, made.total, made.over) == (None, 10, 5)


def test_the_rank_is_that_of_the_day():
    ranks = [SimpleNamespace(since=date(2020, 1, 1), rank=9), SimpleNamespace(since=date(2023, 7, 4), rank=1)]
    assert as_of(ranks, date(2023, 6, 15)).rank == 9
    assert as_of(ranks, date(2023, 7, 4)).rank == 1
    assert as_of(ranks, date(2019, 1, 1)) is None


@given(st.lists(st.integers(), min_size=1, unique=True), st.data(), st.integers(-5, 50))
def test_moving_keeps_everybody_and_the_order_of_the_others(order, data, to):
    which = data.draw(st.sampled_from(order))
    after = moved(order, which, to)
    assert sorted(after) == sorted(order)
    assert [one for one in after if one != which] == [one for one in order if one != which]
    assert after.index(which) == min(max(to, 0), len(order) - 1)
