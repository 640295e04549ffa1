"""Columns in stands."""

from hypothesis import given
from hypothesis import strategies as st

from expo.venue.pillars import pillars

BOX = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12), st.integers(1, 12))


def test_a_column_is_parted_among_the_stands_it_stands_in_and_one_that_only_touches_is_left_out():
    stands = {"A-1": (0, 0, 300, 300), "A-2": (300, 0, 300, 300), "A-3": (700, 0, 300, 300)}
    assert pillars([(280, 100, 40, 50), (600, 0, 100, 100)], stands) == {
        "A-1": [(280, 100, 20, 50)],
        "A-2": [(300, 100, 20, 50)],
    }
    assert pillars([], stands) == {}


@given(st.lists(BOX, max_size=5), st.dictionaries(st.sampled_from("ABCDEF"), BOX, max_size=6))
def test_no_stand_with_a_column_is_missed(columns, stands):
    expected = {
        code
        for code, (x, y, width, depth) in stands.items()
        for a, b, wide, deep in columns
        if x < a + wide and a < x + width and y < b + deep and b < y + depth
    }
    assert set(pillars(columns, stands)) == expected
