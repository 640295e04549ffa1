"""Stands lie on the floor without overlap, clear of columns, and open where an aisle is."""

from itertools import combinations

from matchmaking.demo.floor import columns_of, stands
from matchmaking.demo.plan import HALLS


def test_no_stand_overlaps_another_or_a_column_or_leaves_its_hall():
    for hall in HALLS:
        here = [stand for stand in stands() if stand.hall == hall.code]
        for one, two in combinations(here, 2):
            assert not one.box.meets(two.box)
        for stand in here:
            assert not any(stand.box.meets(column) for column in columns_of(hall))
            assert stand.box.x + stand.box.width <= hall.width * 100
            assert stand.box.y + stand.box.depth <= hall.depth * 100


def test_codes_are_given_once():
    codes = [stand.code for stand in stands()]
    assert len(set(codes)) == len(codes)


def test_the_ends_of_an_island_have_two_open_sides_and_its_middle_one():
    by_code = {stand.code: stand for stand in stands()}
    assert [by_code[code].sides for code in ("1B-01", "1B-03", "1B-11", "1B-12")] == ["NW", "N", "NE", "ES"]


def test_a_wall_of_the_hall_is_no_open_side():
    assert {stand.sides for stand in stands() if stand.box.y == 0 and stand.hall == "H1"} == {"S", "SW", "ES"}


def test_a_place_lost_to_a_column_does_not_open_its_neighbours():
    lost = "1C-09"
    by_code = {stand.code: stand for stand in stands()}
    assert lost not in by_code or all(len(stand.sides) < 3 for stand in by_code.values())


def test_doors_are_on_the_edge_of_their_hall_and_clear_of_stands():
    for hall in HALLS:
        for _, x, y in hall.doors:
            assert x in (0, hall.width) or y in (0, hall.depth)
            near = [s for s in stands() if s.hall == hall.code]
            assert min(_gap(s.box, x * 100, y * 100) for s in near) >= 150


def _gap(box, x: int, y: int) -> int:
    across = max(box.x - x, x - box.x - box.width, 0)
    along = max(box.y - y, y - box.y - box.depth, 0)
    return max(across, along)
