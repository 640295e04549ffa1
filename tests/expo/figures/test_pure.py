"""Small groups go together; arrivals fall into steps; the busiest hour is found."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from expo.figures.merging import OTHER, merged
from expo.figures.series import median_quarter, peak, steps

NINE = datetime(2023, 6, 15, 9, tzinfo=UTC)
GROUPS = (
    st.dictionaries(st.text("ABCDEFGH", min_size=2, max_size=2), st.integers(0, 12)).map(dict.items).map(list)
)


@given(GROUPS, st.integers(1, 6))
def test_no_group_smaller_than_that_is_told_apart_and_none_follows_from_the_total(rows, least):
    shown = merged(rows, least)
    alone = [key for key, _count in shown if key != OTHER]
    hidden = [key for key, count in rows if count and key not in alone]
    assert all(count >= least for _key, count in shown)
    assert len(hidden) != 1 or not alone
    if shown:
        assert sum(count for _key, count in shown) == sum(count for _key, count in rows)


def test_large_groups_come_first_and_the_rest_at_the_end():
    assert merged([("CN", 9), ("KZ", 1), ("RU", 20), ("PK", 2)], 3) == [("RU", 20), ("CN", 9), (OTHER, 3)]
    assert merged([("CN", 9), ("KZ", 1)], 3) == []
    assert merged([], 3) == []


def test_minutes_fall_into_steps_and_empty_steps_are_there():
    counts = {NINE: 2, NINE + timedelta(minutes=4): 3, NINE + timedelta(minutes=11): 5}
    found = steps(counts, NINE, NINE + timedelta(minutes=15), timedelta(minutes=5))
    assert [count for _at, count in found] == [5, 0, 5]


def test_the_busiest_hour_need_not_begin_with_an_hour():
    counts = {NINE + timedelta(minutes=m): c for m, c in ((0, 5), (50, 4), (70, 6), (100, 3), (200, 9))}
    assert peak(counts) == (NINE + timedelta(minutes=50), 13)
    assert peak({}) is None


def test_the_middle_stay():
    assert median_quarter([(2, 1), (5, 1), (30, 1)]) == 5
    assert median_quarter([]) is None
