"""Drawings as architects make them: grids of loose lines, nested blocks, code pages, surveys."""

import io
import math
import random
import time

import ezdxf
import pytest

from expo.venue.sketches.dxf import read_dxf
from expo.venue.sketches.faces import faces
from expo.venue.sketches.sketch import Sketch, kept, restored
from expo.venue.sketches.taking import taken

LAYERS = {"BOOTHS": "stands"}
ON = {"layer": "BOOTHS"}
CODES = {f"{row}{n}": (300 * n, 300 * "AB".index(row)) for row in "AB" for n in range(1, 5)}


def _written(document, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode(encoding)


def _grid(space, slip: float = 0, *, scale: float = 1.0, split: bool = False) -> None:
    """Two rows of four stands of 3 × 3 m as a grid of lines, south of y = 0, with a text in each."""
    dice = random.Random(1)

    def line(x1: float, y1: float, x2: float, y2: float) -> None:
        ends = [scale * (v + dice.uniform(-slip, slip)) for v in (x1, y1, x2, y2)]
        space.add_line((ends[0], -ends[1]), (ends[2], -ends[3]), dxfattribs=ON)

    for y in (0, 300, 600):
        for x1, x2 in [(300, 900), (700, 1200), (900, 1500), (900, 1500)] if split else [(300, 1500)]:
            line(x1, y, x2, y)
    for x in range(300, 1501, 300):
        line(x, 0, x, 600)
    for code, (x, y) in CODES.items():
        space.add_text(code, height=20 * scale, dxfattribs=ON).set_placement(
            ((x + 150) * scale, -(y + 150) * scale)
        )


def _stands(sketch: Sketch, unit_cm: float | None = None, **settings):
    found = taken(restored(kept(sketch)), LAYERS, unit_cm or sketch.unit_cm or 1.0, **settings)
    return {s["code"]: (s["x"], s["y"], s["width"], s["depth"]) for s in found.stands}, [
        str(sentence) for sentence in found.left_out
    ]


EXPECTED = {code: (x - 300, y, 300, 300) for code, (x, y) in CODES.items()}


@pytest.mark.parametrize("version", ["R12", "R2000", "R2010", "R2018"])
@pytest.mark.parametrize("split", [False, True])
def test_a_grid_of_lines_that_share_walls_is_stands(version, split):
    document = ezdxf.new(version, units=5)
    _grid(document.modelspace(), split=split)
    assert _stands(read_dxf(_written(document)), 1.0) == (
        EXPECTED, ["stands with a code from a text in them: 8"],
    )  # fmt: skip


def test_slips_of_a_centimetre_are_put_straight():
    document = ezdxf.new("R2010", units=5)
    _grid(document.modelspace(), slip=0.9, split=True)
    found, _told = _stands(read_dxf(_written(document)))
    assert sorted(found) == sorted(EXPECTED)
    assert all(
        abs(now - then) <= 2
        for code in found
        for now, then in zip(found[code], EXPECTED[code], strict=True)
    )  # fmt: skip
    assert found["A1"][0] + found["A1"][2] == found["A2"][0]


@pytest.mark.parametrize("angle", [0, 90, 12.5, -31.07])
def test_a_survey_far_off_and_turned_is_moved_to_the_origin(angle):
    document = ezdxf.new("R2010", units=4)  # millimetres
    block = document.blocks.new("PLAN")
    _grid(block, scale=10)
    block.add_line((3000, 0), (3000, 0.0001))
    space = document.modelspace()
    space.add_blockref("PLAN", (3_456_789_000, 5_812_345_000), dxfattribs={"rotation": angle})
    space.add_line((0, 0), (5000, 0), dxfattribs=ON)
    found, told = _stands(read_dxf(_written(document)))
    assert (sorted(found), {box[2:] for box in found.values()}) == (sorted(EXPECTED), {(300, 300)})
    assert "far away from all the rest, left out: 1" in told
    assert any("turned straight" in sentence for sentence in told) == (angle % 90 != 0)


def test_nested_blocks_turned_by_quarters_and_mirrored_keep_their_codes():
    document = ezdxf.new("R2010", units=6)  # metres
    booth = document.blocks.new("BOOTH")
    for ends in [((0, 0), (4, 0)), ((4, 0), (4, 2)), ((4, 2), (0, 2)), ((0, 2), (0, 0))]:
        booth.add_line(*ends)
    row = document.blocks.new("ROW")
    for n in range(3):
        insert = row.add_blockref("BOOTH", (n * 4, 0), dxfattribs={"layer": "0"})
        insert.add_attrib("NR", f"{n + 1}", (n * 4 + 1, 0.5))
    space = document.modelspace()
    for number, (rotation, xscale) in enumerate([(0, 1), (90, 1), (180, -1), (270, -1)]):
        row_at = {"layer": "BOOTHS", "rotation": rotation, "xscale": xscale}
        space.add_blockref("ROW", (40 * number, 40), dxfattribs=row_at)
    sketch = read_dxf(_written(document))
    found = taken(sketch, LAYERS, 100.0)
    assert sorted((s["width"], s["depth"]) for s in found.stands) == [(200, 400)] * 6 + [(400, 200)] * 6
    assert [str(told) for told in found.left_out] == [
        "stands with a code from a text in them: 3",
        "stands whose text names another stand already, numbered by the pattern: 9",
    ]


def test_a_drawing_without_a_unit_takes_the_users_scale():
    document = ezdxf.new("R2010", units=0)
    _grid(document.modelspace(), scale=1 / 30.48)
    sketch = read_dxf(_written(document))
    assert (sketch.unit_cm, _stands(sketch, 30.48)[0]) == (None, EXPECTED)


def test_what_is_off_frozen_invisible_or_on_paper_is_not_taken():
    document = ezdxf.new("R2010", units=5)
    space = document.modelspace()
    _grid(space)
    document.layers.add("OLD").freeze()
    document.layers.add("SHELVED").off()
    box = document.blocks.new("BOX")
    box.add_lwpolyline([(0, 0), (500, 0), (500, 500), (0, 500)], close=True, dxfattribs=ON)
    space.add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True, dxfattribs={"layer": "old"})
    space.add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True, dxfattribs={"layer": "SHELVED"})
    space.add_blockref("BOX", (9000, 0), dxfattribs={"layer": "OLD"})
    space.add_line((0, 0), (0, 9), dxfattribs=ON | {"invisible": 1})
    document.layout("Layout1").add_lwpolyline(
        [(0, 0), (700, 0), (700, 700), (0, 700)], close=True, dxfattribs=ON
    )
    found, told = _stands(read_dxf(_written(document)))
    assert (found, told[-1]) == (EXPECTED, "on layers that are off or frozen, left out: 4")


@pytest.mark.parametrize(
    ("version", "page", "encoding", "code"),
    [
        ("R12", "ANSI_936", "gbk", "展A1"),
        ("R2000", "ANSI_936", "gbk", "展A1"),
        ("R2000", "ANSI_1251", "cp1251", "Ж-12"),
        ("R12", "ANSI_1251", "utf-8", "Ж-12"),
        ("R2018", "ANSI_1252", "utf-8", "قاعة1"),
    ],
)
def test_codes_are_read_in_the_code_page_of_the_file(version, page, encoding, code):
    document = ezdxf.new(version)
    space = document.modelspace()
    space.add_polyline2d([(0, 0), (300, 0), (300, 300), (0, 300)], close=True, dxfattribs=ON)
    space.add_text("PLACE", height=20, dxfattribs=ON).set_placement((100, 100))
    text = _written(document).decode()
    text = text.replace("PLACE", code)
    text = text.replace("ANSI_1252", page)
    assert list(_stands(read_dxf(text.encode(encoding)))[0]) == [code]


def test_an_mtext_is_read_line_by_line_and_the_one_with_a_figure_is_the_code():
    document = ezdxf.new("R2010", units=5)
    space = document.modelspace()
    space.add_lwpolyline([(0, 0), (300, 0), (300, 300), (0, 300)], close=True, dxfattribs=ON)
    space.add_mtext("Siemens\\P{\\fArial|b1;B 07}\\P9 m²", dxfattribs=ON | {"insert": (30, 200)})
    assert list(_stands(read_dxf(_written(document)))[0]) == ["B 07"]


def test_aisles_between_rows_are_left_out_unless_asked_for():
    document = ezdxf.new("R2010", units=5)
    space = document.modelspace()
    _grid(space)
    for ends in [((300, -600), (300, -900)), ((300, -900), (1500, -900)), ((1500, -900), (1500, -600))]:
        space.add_line(*ends, dxfattribs=ON)
    space.add_line((450, -300), (450, -320), dxfattribs=ON)  # a tick at a wall
    sketch = read_dxf(_written(document))
    found, told = _stands(sketch)
    assert (found, told[1:]) == (EXPECTED, [
        "rectangles without a text in them, left out: 1", "lines that do not close, left out: 1",
    ])  # fmt: skip
    assert _stands(sketch, bare="all")[0] == EXPECTED | {"": (0, 600, 1200, 300)}


def test_a_frame_divided_by_lines_is_the_stands_and_not_the_frame():
    document = ezdxf.new("R2010", units=5)
    space = document.modelspace()
    space.add_lwpolyline([(0, 0), (900, 0), (900, 300), (0, 300)], close=True, dxfattribs=ON)
    for x in (300, 600):
        space.add_line((x, 0), (x, 299), dxfattribs=ON)
    space.add_lwpolyline([(20, 20), (120, 20), (120, 80), (20, 80), (20, 20.5)], dxfattribs=ON)  # a counter
    found = taken(read_dxf(_written(document)), LAYERS, 1.0)
    assert [(s["x"], s["width"], s["depth"]) for s in found.stands] == [
        (0, 300, 300), (300, 300, 300), (600, 300, 300),
    ]  # fmt: skip


def test_closed_shapes_that_overlap_by_a_slip_are_put_side_by_side():
    document = ezdxf.new("R2010", units=5)
    space = document.modelspace()
    for x in (0, 299, 600):
        space.add_lwpolyline([(x, 0), (x + 300, 0), (x + 300, 300), (x, 300)], close=True, dxfattribs=ON)
    found = taken(read_dxf(_written(document)), LAYERS, 1.0)
    assert [(s["x"], s["width"]) for s in found.stands] == [(0, 300), (300, 299), (600, 300)]


def test_twenty_thousand_lines_are_stands_within_two_seconds():
    lines = [
        piece
        for i in range(101)
        for j in range(100)
        for piece in (
            (300 * i, 300 * j, 300 * i, 300 * j + 300),
            (300 * j, 300 * i, 300 * j + 300, 300 * i),
        )
    ]
    started = time.monotonic()
    boxes, used = faces(list(enumerate(lines)))
    assert (len(boxes), len(used), time.monotonic() - started < 2) == (10_000, 20_200, True)


def test_what_cannot_be_a_rectangle_is_none():
    corners = [(0, 0, 300, 0), (300, 0, 300, 300), (300, 300, 0, 300)]
    assert faces(list(enumerate(corners))) == ([], set())
    round_ = [
        (round(500 * math.cos(n / 9)), round(500 * math.sin(n / 9)),
         round(500 * math.cos(n / 9 + 1 / 9)), round(500 * math.sin(n / 9 + 1 / 9)))
        for n in range(57)
    ]  # fmt: skip
    assert faces(list(enumerate(round_)))[0] == []
    ell = [(0, 0, 600, 0), (600, 0, 600, 300), (600, 300, 300, 300), (300, 300, 300, 600),
           (300, 600, 0, 600), (0, 600, 0, 0)]  # fmt: skip
    assert faces(list(enumerate(ell)))[0] == []
    cut = [*ell, (0, 300, 300, 300)]
    assert sorted(faces(list(enumerate(cut)))[0]) == [
        (0, 0, 600, 300), (0, 300, 300, 300),
    ]  # fmt: skip
