"""DXF files as sketches: polylines, lines, arcs, blocks and texts of the model space."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from expo.venue.sketches.sketch import FARTHEST, Sketch, too_much, unreadable
from expo.venue.sketches.straight import straightened
from expo.words import say

LARGEST_FILE = 24 << 20
MOST_ENTITIES = 60_000
DEEPEST = 8
PACE = 500
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
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    AssertionError,
)  # fmt: skip
_CODEPAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+([A-Za-z0-9_\-]{1,30})")
_OLD = re.compile(rb"\$ACADVER\s+1\s+AC10(09|12|14|15|18)")
TWO_BYTES = ("gbk", "cp950", "cp932", "cp949")
_ENTITY = re.compile(rb"\n[ \t]*0\r?\n[ \t]*[A-Z_0-9]+")


def read_dxf(data: bytes, step: Callable[[int], None] | None = None) -> Sketch:
    """A DXF file as a sketch; Refused with a sentence for anything else, and for what is too large. `step` is
    told now and then how many entities were looked at, and may raise to stop the reading."""
    _refuse_others(data)
    document = _loaded(data)
    sketch = Sketch(UNIT_CM.get(int(document.header.get("$INSUNITS", 0) or 0)))
    layers = Layers(document, sketch)
    for done, (entity, layer) in enumerate(layers.each(document.modelspace(), "", 0)):
        if step and done % PACE == 0:
            step(done)
        try:
            _take(sketch, entity, layer)
        except (ValueError, ArithmeticError, AttributeError, TypeError, LookupError):
            sketch.unread[entity.dxftype()] += 1  # broken geometry is one entity's affair
    straightened(sketch)
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
    from ezdxf.lldxf.const import DXFError

    try:
        return read(io.StringIO(_text(data)))
    except (DXFError, *BROKEN):
        pass
    try:
        return recover.read(io.BytesIO(data))[0]
    except (DXFError, *BROKEN):
        raise unreadable(
            say("it is damaged. Open it in the program that made it and save it again.")
        ) from None


def _text(data: bytes) -> str:
    """The file as text: UTF-8 wherever it is that, else the code page it names, as before version 2007.

    Short words of a two-byte code page may happen to be UTF-8 too; then they are letters of two bytes.
    """
    from ezdxf.tools.codepage import toencoding

    named = _CODEPAGE.search(data)
    page = toencoding(named[1].decode("ascii").lower()) if named else "cp1252"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(page, errors="replace")
    if page in TWO_BYTES and _OLD.search(data) and any("\x80" <= letter < "\u0800" for letter in text):
        return data.decode(page, errors="replace")
    return text


class Layers:
    """The entities of a drawing that are seen, each with the layer it counts to."""

    def __init__(self, document: Any, sketch: Sketch):
        self.sketch, self.budget = sketch, MOST_ENTITIES
        self.frozen = {layer.dxf.name.lower() for layer in document.layers if layer.is_frozen()}
        self.off = {layer.dxf.name.lower() for layer in document.layers if layer.is_off()}

    def each(self, entities: Any, outer: str, depth: int) -> Iterator[tuple[Any, str]]:
        """All of them, blocks taken apart; layer 0 in a block is the layer it is put on. A block on a
        frozen layer is not seen at all; on one that is off its parts on other layers are."""
        for entity in entities:
            self.budget -= 1
            if self.budget < 0:
                raise too_much()
            own = entity.dxf.get("layer", "0")
            own = outer if outer and own == "0" else own
            if own.lower() in self.frozen or entity.dxf.get("invisible", 0):
                self.sketch.hidden += 1
            elif entity.dxftype() == "INSERT":
                yield from self._parts(entity, own, depth)
            elif own.lower() in self.off:
                self.sketch.hidden += 1
            else:
                yield entity, own

    def _parts(self, block: Any, own: str, depth: int) -> Iterator[tuple[Any, str]]:
        yield from self.each(block.attribs, own, depth)
        if depth >= DEEPEST:
            return
        for single in block.multi_insert() if block.mcount > 1 else (block,):
            self.budget -= 1
            yield from self.each(single.virtual_entities(), own, depth + 1)


def _take(sketch: Sketch, entity: Any, layer: str) -> None:
    kind = entity.dxftype()
    if kind in PATHS:
        _take_path(sketch, entity, layer)
    elif kind in ("SOLID", "TRACE"):
        sketch.add(layer, [(at.x, -at.y) for at in entity.wcs_vertices()], True)
    elif kind in ("TEXT", "ATTRIB"):
        _take_text(sketch, entity, layer)
    elif kind == "MTEXT":
        at = entity.dxf.insert
        for line in entity.plain_text(split=True):
            sketch.say(layer, at.x, -at.y, line)
    elif kind != "ATTDEF":
        sketch.unread[kind] += 1


def _take_text(sketch: Sketch, entity: Any, layer: str) -> None:
    """A line of text where it is anchored; one of several lines in an attribute, line by line."""
    if getattr(entity, "has_embedded_mtext_entity", False):
        return _take(sketch, entity.virtual_mtext_entity(), layer)
    anchored = entity.dxf.get("halign", 0) or entity.dxf.get("valign", 0)
    at = (entity.dxf.get("align_point") if anchored else None) or entity.dxf.insert
    at = entity.ocs().to_wcs(at)
    return sketch.say(layer, at.x, -at.y, entity.plain_text())


def _take_path(sketch: Sketch, entity: Any, layer: str) -> None:
    from ezdxf import path

    found = path.make_path(entity)
    ends = list(found.control_vertices())
    if not ends:
        return
    if not all(abs(value) <= FARTHEST for at in ends for value in (at.x, at.y)):  # curves would never be flat
        sketch.unread["coordinates"] += 1
        return
    size = max(
        max(at.x for at in ends) - min(at.x for at in ends),
        max(at.y for at in ends) - min(at.y for at in ends),
    )
    if found.has_curves:
        ends = list(found.flattening(max(size / 200, 1e-6), segments=4))
    is_closed = found.is_closed or bool(getattr(entity, "is_closed", False)) or entity.dxftype() == "CIRCLE"
    sketch.add(layer, [(at.x, -at.y) for at in ends], is_closed)
