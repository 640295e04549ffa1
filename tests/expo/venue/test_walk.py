"""The way from an entrance to a stand."""

import math

from expo.venue.signs import letter_of
from expo.venue.walk import entrance_m

STAND = (1000, 500, 300, 300)


def test_the_walk_goes_along_the_aisles_to_the_nearest_edge():
    assert entrance_m(STAND, [(0, 0)]) == 15.0
    assert entrance_m(STAND, [(1100, 0)]) == 5.0


def test_the_nearest_entrance_counts():
    assert entrance_m(STAND, [(0, 0), (1400, 800)]) == 1.0


def test_a_stand_at_the_door_is_no_walk_and_a_hall_without_doors_an_endless_one():
    assert entrance_m(STAND, [(1100, 600)]) == 0.0
    assert entrance_m(STAND, []) == math.inf


def test_zones_beyond_the_alphabet_have_two_letters():
    assert [letter_of(i) for i in (0, 3, 25, 26, 27)] == ["A", "D", "Z", "AA", "AB"]
