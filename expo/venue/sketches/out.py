"""A hall as a drawing for other programs: SVG and DXF to scale, layer by layer, as our import reads it."""

import io
from collections.abc import Iterable

from expo.venue.drawing.paint import escape
from expo.venue.editing.floor import Floor, Shell
from expo.venue.sketches.svg import UNIT


def corners(shell: Shell) -> tuple[tuple[int, int], ...]:
    """The corners of the floor."""
    return shell.outline or ((0, 0), (shell.width, 0), (shell.width, shell.depth), (0, shell.depth))


def as_svg(floor: Floor, title: str) -> str:
    """The hall in centimetres at a scale of 1:100; `title` says which version it is, and when."""
    shell = floor.shell
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shell.width} {shell.depth}"'
        f' width="{shell.width / 10}mm" height="{shell.depth / 10}mm" {UNIT}="1"'
        ' font-family="sans-serif" text-anchor="middle" fill="none" stroke="#1c1a16">',
        f"<title>{escape(title)}</title>",
        _group("outline", [f'<polygon points="{" ".join(f"{x},{y}" for x, y in corners(shell))}"/>']),
        _group("walls", [f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}"/>' for a, b, c, d in shell.walls]),
        _group("columns", map(_rect, shell.columns)),
        _group("aisles", (_rect(aisle[1:]) for aisle in shell.aisles)),
        _group("stands", (_rect(spot.box) for spot in floor.spots.values())),
        _group(
            "codes",
            (
                f'<text x="{s.x + s.width // 2}" y="{s.y + s.depth // 2}" font-size="60" stroke="none"'
                f' fill="#1c1a16">{escape(s.code)}</text>'
                for s in floor.spots.values()
            ),
        ),
        "</svg>",
    ]
    return "\n".join(parts)


def _group(name: str, parts: Iterable[str]) -> str:
    return f'<g id="{name}">{"".join(parts)}</g>'


def _rect(box: tuple[int, ...]) -> str:
    return f'<rect x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}"/>'


def as_dxf(floor: Floor, title: str) -> bytes:
    """The hall as DXF R2010 in centimetres, y upwards from its south-west corner."""
    from ezdxf.filemanagement import new

    document = new("R2010", units=5)
    document.header.custom_vars.append("Title", title)
    space = document.modelspace()
    shell = floor.shell
    for name in ("OUTLINE", "WALLS", "COLUMNS", "AISLES", "STANDS", "CODES"):
        document.layers.add(name)

    def up(x: float, y: float) -> tuple[float, float]:
        return x, shell.depth - y

    def box(layer: str, x: int, y: int, width: int, depth: int) -> None:
        ends = [up(x, y), up(x + width, y), up(x + width, y + depth), up(x, y + depth)]
        space.add_lwpolyline(ends, close=True, dxfattribs={"layer": layer})

    space.add_lwpolyline([up(*at) for at in corners(shell)], close=True, dxfattribs={"layer": "OUTLINE"})
    for x1, y1, x2, y2 in shell.walls:
        space.add_line(up(x1, y1), up(x2, y2), dxfattribs={"layer": "WALLS"})
    for column in shell.columns:
        box("COLUMNS", *column)
    for _name, *aisle in shell.aisles:
        box("AISLES", *aisle)
    for spot in floor.spots.values():
        box("STANDS", *spot.box)
        text = space.add_text(spot.code, height=40, dxfattribs={"layer": "CODES"})
        text.set_placement(up(spot.x + 20, spot.y + spot.depth // 2))
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode()
