"""Plans from DXF and SVG: what is found in them, at what scale, and what is refused."""

import io
import time

import ezdxf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.errors import Refused
from expo.venue.editing.floor import Floor, Shell, Spot
from expo.venue.sketches.dxf import read_dxf
from expo.venue.sketches.out import as_dxf, as_svg
from expo.venue.sketches.sketch import kept, restored
from expo.venue.sketches.svg import read_svg
from expo.venue.sketches.taking import guessed, taken

FLOOR = Floor(
    Shell(
        3000, 2000,
        outline=((0, 0), (3000, 0), (3000, 1500), (2000, 1500), (2000, 2000), (0, 2000)),
        walls=((0, 1800, 900, 1800),), columns=((1500, 1000, 80, 80),),
    ),
    {f"A-{n}": Spot(f"A-{n}", "Z", 300 * n, 0, 300, 300) for n in range(5)},
)  # fmt: skip


def _written(document) -> bytes:
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode()


def _svg(inside: str, more: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" {more}>{inside}</svg>'.encode()


@pytest.mark.parametrize("read, write", [(read_dxf, as_dxf), (read_svg, lambda *a: as_svg(*a).encode())])
def test_a_hall_written_out_is_found_again_to_the_centimetre(read, write):
    sketch = restored(kept(read(write(FLOOR, "Hall, version 3"))))
    roles = guessed(list(sketch.layers()))
    found = taken(sketch, roles, sketch.unit_cm)
    assert {(s["code"], s["x"], s["y"], s["width"], s["depth"]) for s in found.stands} == {
        (code, *spot.box) for code, spot in FLOOR.spots.items()
    }
    assert found.hall["walls"] == [{"x1": 0, "y1": 1800, "x2": 900, "y2": 1800}]
    assert found.hall["columns"] == [{"x": 1500, "y": 1000, "width": 80, "depth": 80}]
    assert {tuple(corner) for corner in found.hall["outline"]} == set(FLOOR.shell.outline)


def test_blocks_are_stands_with_their_attributes_as_codes_in_the_drawings_unit():
    document = ezdxf.new("R2010", units=4)  # millimetres
    booth = document.blocks.new("BOOTH")
    booth.add_lwpolyline([(0, 0), (3000, 0), (3000, 3000), (0, 3000)], close=True)
    space = document.modelspace()
    for n in range(3):
        insert = space.add_blockref("BOOTH", (n * 3000, 0), dxfattribs={"layer": "Booths"})
        insert.add_attrib("NR", f"{n + 1:03}", (n * 3000 + 1000, 1000))
    turned = space.add_blockref("BOOTH", (0, 9000), dxfattribs={"layer": "Booths", "rotation": 45})
    turned.add_attrib("NR", "9", (0, 9500))
    found = taken(sketch := read_dxf(_written(document)), {"Booths": "stands"}, sketch.unit_cm)
    assert sorted((s["code"], s["width"], s["depth"]) for s in found.stands) == [
        ("001", 300, 300), ("002", 300, 300), ("003", 300, 300),
    ]  # fmt: skip
    assert "shapes that are no upright rectangles, left out: 1" in map(str, found.left_out)


def test_frames_doubles_and_open_lines_are_told():
    rects = "".join(f'<rect x="{3 * n}" y="0" width="3" height="3"/>' for n in range(4))
    frame = '<rect x="0" y="0" width="12" height="3"/><rect x="0" y="0" width="3" height="3"/>'
    inside = f'<g id="stands">{rects}{frame}<polyline points="0,9 5,9 5,12"/><text x="1" y="2">A1</text></g>'
    found = taken(read_svg(_svg(inside)), {"stands": "stands"}, 100)
    assert [s["code"] for s in found.stands] == ["A1", "", "", ""]
    assert list(map(str, found.left_out)) == [
        "stands with a code from a text in them: 1",
        "stands without a text in them, numbered by the pattern: 3",
        "frames round several stands, left out: 1",
        "shapes drawn twice, taken once: 1",
        "lines that do not close, left out: 1",
    ]


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="s" transform="translate(10 5) scale(2)"><rect width="3" height="4"/></g>',
        '<g id="s"><rect width="8" height="6" transform="rotate(90)"/></g>',
        '<g id="s"><path d="m 0,0 h 6 v 8 h -6 z"/></g>',
        '<g id="s"><path d="M0 0L6 0 6 8 0 8Z"/></g>',
        '<defs><rect id="b" width="6" height="8"/></defs><g id="s"><use href="#b" x="3"/></g>',
        '<g id="s"><polygon points="0,0 6,0 6,8 0,8"/></g>',
        '<g id="s"><svg x="1" width="60" height="80" viewBox="0 0 6 8"><g id="s">'
        '<rect width=".6" height=".8"/></g></svg></g>',
    ],
)
def test_every_way_to_draw_a_rectangle_in_svg_is_read(inside):
    found = taken(read_svg(_svg(inside)), {"s": "stands"}, 50)
    assert [(s["width"], s["depth"]) for s in found.stands] == [(300, 400)]


def test_curves_are_walls_in_short_pieces():
    sketch = read_svg(_svg('<g id="walls"><path d="M0 0A10 10 0 0 1 20 0C20 5 10 5 10 0"/></g>'))
    walls = taken(sketch, {"walls": "walls"}, 100).hall["walls"]
    assert (len(walls), walls[0]["x1"], walls[-1]["x2"]) == (16, 0, 1000)


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
)
XXE = BILLION.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"')
USES = '<g id="a0"><rect width="3" height="3"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
)


@pytest.mark.parametrize("data", [
    b"", b"hello", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, BILLION, XXE, b"<svg><g></svg>", b"<html/>",
    _svg(USES), _svg('<use id="x" href="#x"/>' * 5 + USES),
    b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 5000,
    _svg("<rect width='3' height='3'/>" * 120_000),
])  # fmt: skip
def test_hostile_svg_is_refused_with_a_sentence(data):
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_svg(data)
    assert (str(refused.value)[:11], time.monotonic() - started < 5) == ("The drawing", True)


def _bomb() -> bytes:
    document = ezdxf.new("R2010")
    block = document.blocks.new("B0")
    block.add_line((0, 0), (1, 1))
    for n in range(1, 8):
        block = document.blocks.new(f"B{n}")
        for _ in range(20):
            block.add_blockref(f"B{n - 1}", (0, 0))
    document.modelspace().add_blockref("B7", (0, 0))
    return _written(document)


def _array() -> bytes:
    document = ezdxf.new("R2010")
    document.blocks.new("B").add_line((0, 0), (1, 1))
    size = {"row_count": 30_000, "column_count": 30_000, "row_spacing": 1, "column_spacing": 1}
    document.modelspace().add_blockref("B", (0, 0), dxfattribs=size)
    return _written(document)


LINES = b"0\nSECTION\n2\nENTITIES\n" + b"  0\nLINE\n8\n0\n10\n0\n20\n0\n11\n1\n21\n1\n" * 1_000_000


@pytest.mark.parametrize("data", [
    b"", b"AC1027\0\0\0", b"AutoCAD Binary DXF\r\n\x1a\0",
    b"0\nSECTION\n2\nHEADER\n9\n$INSUNITS\n70\nx\n0\nEOF\n",
    b"0\nSECTION\n" + b"\xff\xfe" * 500, LINES, "bomb", "array",
], ids=["empty", "dwg", "binary", "broken", "noise", "million", "bomb", "array"])  # fmt: skip
def test_hostile_dxf_is_refused_or_found_empty(data):
    data = {"bomb": _bomb, "array": _array}[data]() if isinstance(data, str) else data
    started = time.monotonic()
    try:
        assert read_dxf(data).lines == []
    except Refused as refused:
        assert str(refused)[:11] == "The drawing"
    assert time.monotonic() - started < 20


@given(
    st.binary(max_size=300), st.sampled_from([read_dxf, read_svg]), st.sampled_from([b"", b"0\nSECTION\n"])
)
def test_any_bytes_are_read_or_refused(data, read, head):
    try:
        read(head + data)
    except Refused as refused:
        assert str(refused)


def test_a_circle_as_large_as_numbers_go_is_left_out():
    document = ezdxf.new("R2010", units=5)
    document.modelspace().add_circle((0, 0), 1e300)
    sketch = read_dxf(_written(document))
    assert (sketch.lines, dict(sketch.unread)) == ([], {"coordinates": 1})
