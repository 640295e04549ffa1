"""DXF files as sketches: polylines, lines, arcs, blocks and texts of the model space."""

import io
import re
from collections.abc import Iterator
from typing import Any

from ezdxf.lldxf.const import DXFError

from expo.venue.sketches.sketch import Sketch, too_much, unreadable
from expo.words import say

LARGEST_FILE = 24 << 20
MOST_ENTITIES = 60_000
DEEPEST = 8
UNIT_CM = {
    1: 2.54,
    2: 30.48,
    4: 0.1,
    5: 1.0,
    6: 100.0,
    8: 2.54e-6,
    9: 0.00254,
    10: 91.44,
    14: 10.0,
    15: 1000.0,
}
"""$INSUNITS → cm; 0 stands for a drawing that does not say."""
PATHS = ("LWPOLYLINE", "POLYLINE", "LINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE")
BROKEN = (
    DXFError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    AssertionError,
)  # fmt: skip
_ENTITY = re.compile(rb"\n[ \t]*0\r?\n[ \t]*[A-Z_0-9]+")


def read_dxf(data: bytes) -> Sketch:
    """A DXF file as a sketch; Refused with a sentence for anything else, and for what is too large."""
    _refuse_others(data)
    document = _loaded(data)
    sketch = Sketch(UNIT_CM.get(int(document.header.get("$INSUNITS", 0) or 0)))
    budget = [MOST_ENTITIES]
    for entity, layer in _each(document.modelspace(), "", 0, budget):
        try:
            _take(sketch, entity, layer)
        except (ValueError, ArithmeticError, AttributeError, TypeError, LookupError):
            sketch.unread[entity.dxftype()] += 1  # broken geometry is one entity's affair
    return sketch


def _refuse_others(data: bytes) -> None:
    if data[:4] in (b"AC10", b"AC1.") and data[:6].isalnum():
        raise unreadable(say("This is a DWG file. Save it as DXF."))
    if data.startswith(b"AutoCAD Binary DXF"):
        raise unreadable(say("This is a binary DXF file. Save it as ASCII DXF."))
    if len(data) > LARGEST_FILE:
        raise unreadable(say("it has more than %(mb)s MB.", mb=LARGEST_FILE >> 20))
    if b"\0" in data or b"SECTION" not in data[:20_000]:
        raise unreadable(say("This is not a DXF file."))
    if sum(1 for _found in _ENTITY.finditer(data)) > MOST_ENTITIES + 20_000:
        raise too_much()


def _loaded(data: bytes) -> Any:
    """The document; what is not quite as the format wants it is read the slow way, which mends it."""
    from ezdxf import recover
    from ezdxf.filemanagement import read

    try:
        return read(io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    except BROKEN:
        pass
    try:
        return recover.read(io.BytesIO(data))[0]
    except BROKEN:
        raise unreadable(
            say("it is damaged. Open it in the program that made it and save it again.")
        ) from None


def _each(entities: Any, layer: str, depth: int, budget: list[int]) -> Iterator[tuple[Any, str]]:
    """All entities with their layers, blocks taken apart; layer 0 in a block is the layer it is put on."""
    for entity in entities:
        budget[0] -= 1
        if budget[0] < 0:
            raise too_much()
        own = entity.dxf.get("layer", "0")
        own = layer if layer and own == "0" else own
        if entity.dxftype() != "INSERT":
            yield entity, own
            continue
        for attribute in entity.attribs:
            yield attribute, own
        if depth >= DEEPEST:
            continue
        for single in entity.multi_insert() if entity.mcount > 1 else (entity,):
            budget[0] -= 1
            yield from _each(single.virtual_entities(), own, depth + 1, budget)


def _take(sketch: Sketch, entity: Any, layer: str) -> None:
    kind = entity.dxftype()
    if kind in PATHS:
        _take_path(sketch, entity, layer)
    elif kind in ("SOLID", "TRACE"):
        corners = [entity.dxf.get(name) for name in ("vtx0", "vtx1", "vtx3", "vtx2")]
        sketch.add(layer, [(at.x, -at.y) for at in corners if at is not None], True)
    elif kind in ("TEXT", "ATTRIB"):
        at = (
            entity.dxf.get("align_point")
            if entity.dxf.get("halign", 0) or entity.dxf.get("valign", 0)
            else None
        )
        at = at or entity.dxf.insert
        sketch.say(layer, at.x, -at.y, entity.dxf.text)
    elif kind == "MTEXT":
        sketch.say(layer, entity.dxf.insert.x, -entity.dxf.insert.y, entity.plain_text())
    elif kind != "ATTDEF":
        sketch.unread[kind] += 1


def _take_path(sketch: Sketch, entity: Any, layer: str) -> None:
    from ezdxf import path

    found = path.make_path(entity)
    ends = list(found.control_vertices())
    if not ends:
        return
    size = max(
        max(at.x for at in ends) - min(at.x for at in ends),
        max(at.y for at in ends) - min(at.y for at in ends),
    )
    if found.has_curves:
        ends = list(found.flattening(max(size / 200, 1e-6), segments=4))
    is_closed = found.is_closed or bool(getattr(entity, "is_closed", False)) or entity.dxftype() == "CIRCLE"
    sketch.add(layer, [(at.x, -at.y) for at in ends], is_closed)
