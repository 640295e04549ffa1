"""Operations on a floor's values: layouts that fit, numbers that count, sides that open, and the way back."""

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from expo.errors import Refused
from expo.venue.editing.applying import apply
from expo.venue.editing.floor import Area, Budget, Floor, Index, Shell, Spot
from expo.venue.editing.geometry import in_outline, is_simple, overlap
from expo.venue.editing.history import difference, way_back
from expo.venue.editing.layouts import Layout, cells, cut
from expo.venue.editing.numbering import in_rows, letters
from expo.venue.editing.requests import read_operations
from expo.venue.editing.rules import faults
from expo.venue.editing.sides import EAST, NORTH, SOUTH, WEST, opened

ZONES = {"Z": Budget("Z", 10_000, 9_000), "Y": Budget("Y", 10_000, 9_000)}


def _floor(*boxes, **more) -> Floor:
    spots = {f"S{n}": Spot(f"S{n}", "Z", *box, id=n + 1) for n, box in enumerate(boxes)}
    return Floor(Shell(6000, 4000), spots, zones=ZONES, hall="H1", **more)


def _done(floor: Floor, *operations) -> Floor:
    outcome = apply(floor, read_operations(json.loads(json.dumps(operations))))
    assert outcome.troubles == []
    return outcome.floor


def _sides(floor: Floor, code: str) -> int:
    return opened(floor, floor.spots, [code])[code].open_sides


def test_a_block_has_two_open_sides_at_its_ends_and_one_within():
    floor = _done(
        _floor(),
        {
            "op": "generate",
            "layout": {"shape": "block", "x": 600, "y": 600, "across": 3},
            "pattern": "{nr}",
            "zone": "Z",
        },
    )
    assert [floor.spots[str(n)].open_sides for n in range(1, 7)] == [
        NORTH + WEST, NORTH, NORTH + EAST, SOUTH + WEST, SOUTH, SOUTH + EAST,
    ]  # fmt: skip


def test_head_stands_are_open_on_three_sides():
    layout = {"shape": "block", "x": 600, "y": 600, "across": 2, "heads": True}
    floor = _done(_floor(), {"op": "generate", "layout": layout, "pattern": "{nr}", "zone": "Z"})
    heads = {spot.open_sides for spot in floor.spots.values() if spot.depth == 600}
    assert heads == {NORTH + SOUTH + WEST, NORTH + EAST + SOUTH}


def test_walls_columns_outline_and_neighbours_close_a_side():
    box = (1000, 1000, 300, 300)
    assert _sides(_floor(box), "S0") == 15
    assert _sides(_floor(box, (1300, 1000, 300, 300)), "S0") == 15 - EAST
    assert _sides(_floor(box, (1300, 1200, 300, 300)), "S0") == 15  # a third of the side is an aisle no more
    assert _sides(_floor((0, 1000, 300, 300)), "S0") == 15 - WEST
    walled = Floor(Shell(6000, 4000, walls=((900, 950, 1400, 950),)), _floor(box).spots, zones=ZONES)
    assert _sides(walled, "S0") == 15 - NORTH
    propped = Floor(Shell(6000, 4000, columns=((1310, 1000, 80, 300),)), _floor(box).spots, zones=ZONES)
    assert _sides(propped, "S0") == 15 - EAST
    notch = ((0, 0), (6000, 0), (6000, 4000), (1350, 4000), (1350, 900), (0, 900))
    cut_off = Floor(Shell(6000, 4000, outline=notch), _floor((1400, 1500, 300, 300)).spots, zones=ZONES)
    assert _sides(cut_off, "S0") == 15 - WEST


@given(
    shape=st.sampled_from(("block", "islands", "row", "corner", "plots", "fill")),
    across=st.integers(1, 12),
    down=st.integers(1, 5),
    unit=st.tuples(st.integers(100, 700), st.integers(100, 700)),
    room=st.tuples(st.integers(500, 9000), st.integers(500, 9000)),
    gaps=st.tuples(*[st.integers(0, 600)] * 3),
    flags=st.tuples(*[st.booleans()] * 3),
)
def test_no_layout_lays_one_stand_on_another(shape, across, down, unit, room, gaps, flags):
    heads, upright, wall_rows = flags
    layout = Layout(shape, 0, 0, *room, *unit, across, down, *gaps, heads, upright, wall_rows)
    index = Index()
    for number, (_row, *box) in enumerate(cells(layout)):
        assert list(index.near(tuple(box))) == []
        index.add(number, tuple(box))
        if shape in ("plots", "fill"):
            assert box[0] >= 0 and box[1] >= 0 and box[0] + box[2] <= room[0] and box[1] + box[3] <= room[1]


@given(length=st.integers(1, 5000), parts=st.integers(1, 40))
def test_a_length_is_cut_without_a_gap_into_nearly_equal_parts(length, parts):
    found = [cut(length, parts, number) for number in range(parts)]
    assert (found[0][0], found[-1][1]) == (0, length)
    assert all(one[1] == other[0] for one, other in zip(found, found[1:], strict=False))
    assert max(e - s for s, e in found) - min(e - s for s, e in found) <= 1


def test_rows_are_walked_one_way_or_to_and_fro():
    boxes = [(x, y, 300, 300) for y in (0, 600) for x in (600, 0, 300)]
    spots = list(_floor(*boxes).spots.values())

    def walked(direction, serpentine=False):
        return [[(s.x, s.y) for s in row] for row in in_rows(spots, direction, serpentine=serpentine)]

    assert walked("east")[0] == [(0, 0), (300, 0), (600, 0)]
    assert walked("east", True)[1] == [(600, 600), (300, 600), (0, 600)]
    assert walked("north")[0] == [(0, 600), (0, 0)]
    assert (letters(1), letters(9), letters(24), letters(25)) == ("A", "J", "Z", "AA")


def test_numbers_start_anew_in_every_row_and_leave_out_what_others_have():
    floor = _floor(*[(x, y, 300, 300) for y in (0, 600) for x in (0, 300)], elsewhere=frozenset({"A-01"}))
    renumbered = _done(floor, {"op": "renumber", "stands": list(floor.spots), "pattern": "{ROW}-{nr:02}"})
    assert sorted(renumbered.spots) == ["A-02", "A-03", "B-01", "B-02"]


def test_layouts_go_round_columns_aisles_entrances_outlines_and_other_zones():
    shell = Shell(
        6000, 4000,
        outline=((0, 0), (6000, 0), (6000, 2000), (3000, 2000), (3000, 4000), (0, 4000)),
        columns=((1000, 1000, 80, 80),), walls=((0, 3000, 800, 3000),),
        entrances=(("N1", 2000, 0),), aisles=(("Silk Road", 0, 1800, 6000, 300),),
    )  # fmt: skip
    areas = (Area("Y", 4000, 0, 2000, 2000), Area("Z", 0, 0, 4000, 4000))
    floor = Floor(shell, {}, areas, ZONES, hall="H1")
    layout = {"shape": "fill", "x": 0, "y": 0, "width": 6000, "depth": 4000, "across": 5, "wall_rows": True}
    filled = _done(floor, {"op": "generate", "layout": layout, "pattern": "{nr:03}"})
    assert len(filled.spots) > 60
    assert list(faults(filled, list(filled.spots))) == []
    kept_free = [(1000, 1000, 80, 80), (0, 1800, 6000, 300), (1700, -300, 600, 600)]
    assert not any(overlap(s.box, box) for s in filled.spots.values() for box in kept_free)
    assert {spot.zone for spot in filled.spots.values()} == {"Y", "Z"}


STEPS = st.sampled_from(
    [
        {"op": "move", "stands": ["S0", "S1"], "dx": 0, "dy": 900},
        {"op": "split", "stand": "S2", "parts": 3, "axis": "y"},
        {"op": "merge", "stands": ["S0", "S1"]},
        {"op": "delete", "stands": ["S3"]},
        {"op": "rename", "codes": {"S0": "S1", "S1": "S0"}},
        {"op": "duplicate", "stands": ["S2"], "dx": 0, "dy": 1500},
        {"op": "set", "stands": ["S0"], "values": {"zone": "Y", "water": True, "height_cm": 400}},
        {"op": "hall", "values": {"width": 7000, "columns": [{"x": 5000, "y": 1, "width": 9, "depth": 9}]}},
        {"op": "areas", "areas": [{"zone": "Z", "x": 0, "y": 0, "width": 6000, "depth": 4000}]},
        {"op": "renumber", "stands": ["S0", "S1", "S2", "S3"], "pattern": "S{nr}", "start": 1},
        {"op": "add", "stands": [{"x": 3000, "y": 3000, "width": 200, "depth": 200, "zone": "Z"}]},
    ]
)


@given(st.lists(STEPS, min_size=1, max_size=5))
def test_every_edit_has_a_way_back(steps):
    before = _floor(*[(300 * n, 0, 300, 300) for n in range(4)])
    outcome = apply(before, read_operations(json.loads(json.dumps(steps))))
    if outcome.troubles:
        return
    changes = difference(before, outcome.floor)
    if not changes:
        return
    saved = {  # as the database would give them out: new ones with ids
        code: spot if spot.id else Spot(**{**spot.told(), "id": 100 + number})
        for number, (code, spot) in enumerate(outcome.floor.spots.items())
    }
    after = Floor(outcome.floor.shell, saved, outcome.floor.areas, ZONES, hall="H1")
    undone = apply(after, read_operations(json.loads(json.dumps([way_back(changes, before)]))))
    assert undone.troubles == []
    told = {code: spot.told() for code, spot in before.spots.items()}
    assert {code: spot.told() for code, spot in undone.floor.spots.items()} == told
    assert (undone.floor.shell, undone.floor.areas) == (before.shell, before.areas)


def _outline(chance: random.Random) -> list[tuple[int, int]]:
    while True:
        count = chance.randrange(3, 8)
        corners = [(chance.randrange(0, 20) * 100, chance.randrange(0, 20) * 100) for _ in range(count)]
        if is_simple(corners):
            return corners


def test_editor_and_database_agree_on_what_lies_within_an_outline(session):
    chance, disagreements, inside = random.Random(7), [], 0
    for _ in range(300):
        corners = _outline(chance)
        x, y = chance.randrange(0, 15) * 100, chance.randrange(0, 15) * 100
        width, depth = chance.randrange(1, 6) * 100, chance.randrange(1, 6) * 100
        box, ends = (x, y, width, depth), (x + 0.25, y + 0.25, x + width - 0.25, y + depth - 0.25)
        theirs = session.execute(
            text("SELECT hall_polygon((:o)::jsonb) @> polygon(box(point(:a, :b), point(:c, :d)))"),
            {"o": json.dumps(corners)} | dict(zip("abcd", ends, strict=True)),
        ).scalar()
        inside += bool(theirs)
        if theirs != in_outline(box, corners):
            disagreements.append((corners, box, theirs))
    assert (disagreements, inside > 10) == ([], True)


@settings(max_examples=200)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["op", "stands", "dx", "layout", "values", "stand", "codes"]), inner),
                    max_leaves=12))  # fmt: skip
def test_whatever_is_sent_is_read_or_refused(value):
    try:
        read_operations(value)
    except Refused as refused:
        assert str(refused)


def test_thousands_on_one_spot_are_told_in_part():
    stands = [{"code": f"A{n}", "zone": "Z", "x": 0, "y": 0, "width": 300, "depth": 300} for n in range(2000)]
    outcome = apply(_floor(), read_operations([{"op": "add", "stands": stands}]))
    assert len(outcome.troubles) == 1000


def test_copies_of_copies_come_to_an_end():
    floor = _floor(*((300 * n, 0, 300, 300) for n in range(20)))
    copy = {"op": "duplicate", "stands": list(floor.spots), "dx": 1, "dy": 1}
    outcome = apply(floor, read_operations([copy] * 200))
    assert outcome.troubles != []
    floor = _floor(*((300 * (n % 20), 300 * (n // 20), 300, 300) for n in range(100)))
    outcome = apply(floor, read_operations([copy | {"stands": list(floor.spots)}] * 51))
    assert [(trouble.operation, trouble.fault.rule) for trouble in outcome.troubles] == [(50, "many")]
