"""Where a booth lands, who trades with whom, and that every step can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from expo.allocation import editing
from tests.expo.allocation.make import a_strip

UNITS = {unit.code: unit for unit in a_strip(columns=6, rows=2)}


def test_a_booth_keeps_its_shape_when_it_is_dropped():
    assert editing.dropped(UNITS, ["A1", "B1"], "B1", "B4") == ("A4", "B4")


def test_a_booth_that_would_stick_out_does_not_fit():
    assert editing.dropped(UNITS, ["A1", "A2"], "A1", "A6") is None


def test_the_most_compact_free_block_round_a_stand_is_found():
    free = UNITS.keys() - {"A3"}
    assert editing.block_around(UNITS, free, "A1", 4 * 90_000) == ("A1", "A2", "B1", "B2")
    assert editing.block_around(UNITS, free, "A3", 90_000) is None
    assert editing.block_around(UNITS, UNITS.keys(), "A1", 13 * 90_000) is None


def test_two_trade_all_their_stands():
    places = {"X": ["A1"], "Y": ["B1", "B2"]}
    step = editing.swapped(places, "X", "Y")
    assert editing.applied(places, step) == {"X": ["B1", "B2"], "Y": ["A1"]}


def test_who_is_given_nothing_is_off_the_plan():
    places = {"X": ["A1"]}
    assert editing.applied(places, editing.put(places, "X", ())) == {}


PLACES = st.dictionaries(
    st.sampled_from("XYZ"),
    st.lists(st.sampled_from(sorted(UNITS)), min_size=1, max_size=3, unique=True).map(sorted),
)


@given(PLACES, st.sampled_from("XYZ"), st.lists(st.sampled_from(sorted(UNITS)), max_size=3, unique=True))
def test_what_was_done_can_be_undone(places, code, stands):
    step = editing.put(places, code, stands)
    assert editing.applied(editing.applied(places, step), step, back=True) == places
