"""Logos: what somebody uploads as PNG, JPEG or SVG becomes SVG that holds shapes only."""

import base64
import re
from io import BytesIO

from expo.errors import Refused
from expo.pictures import read_whole
from expo.words import say

MOST_BYTES = 2_000_000
MOST_DOTS = 4000
MOST_NODES = 5000
KEPT_DOTS = 1200
"""Longer side of a picture as kept: 600 dots an inch on a logo of five centimetres."""
SVG = "http://www.w3.org/2000/svg"
_TAGS = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs",
     "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use", "title", "desc"}
)  # fmt: skip
_NAMES = frozenset(
    {"id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width",
     "height", "points", "viewBox", "transform", "fill", "stroke", "opacity", "offset", "gradientUnits",
     "gradientTransform", "spreadMethod", "clip-path", "clip-rule", "fill-rule", "fill-opacity",
     "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
     "stroke-dasharray", "stroke-dashoffset", "stop-color", "stop-opacity", "clipPathUnits",
     "maskUnits", "maskContentUnits", "mask", "preserveAspectRatio"}
)  # fmt: skip
_STYLE = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*(?:;|$)")
_OUTWARD = re.compile(r"url\(\s*['\"]?(?!#)|javascript|data:|@import|expression", re.IGNORECASE)


def svg_of(content: bytes) -> str:
    """A logo as safe SVG, whatever it came as. Refused, in words, for anything else."""
    if len(content) > MOST_BYTES:
        raise Refused(say("This logo is larger than two megabytes; save a smaller one."))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _shapes(content)
    return _picture(content)


def _picture(content: bytes) -> str:
    from PIL import Image, UnidentifiedImageError

    try:
        with read_whole(), Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as opened:
            if max(opened.size) > MOST_DOTS:
                raise Refused(say("This picture has more than %(dots)s dots a side.", dots=MOST_DOTS))
            image = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(say("This is no picture we can print. Upload a logo as SVG, PNG or JPEG.")) from None
    image.thumbnail((KEPT_DOTS, KEPT_DOTS))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    width, height = image.size
    said = base64.b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:image/png;base64,{said}"/></svg>'
    )


def _shapes(content: bytes) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(say("This SVG cannot be read. Save it once more, as plain SVG.")) from None
    if root.tag not in (f"{{{SVG}}}svg", "svg") or root.getroottree().docinfo.internalDTD is not None:
        raise Refused(say("This SVG cannot be read. Save it once more, as plain SVG."))
    count = [0]
    made = _copied(root, etree, count)
    if made is None or not (made.get("viewBox") or (made.get("width") and made.get("height"))):
        raise Refused(say("This SVG says nothing about its size; save it with a view box."))
    if not any(
        etree.QName(node).localname not in ("svg", "g", "defs", "title", "desc") for node in made.iter()
    ):
        raise Refused(say("This SVG holds no shapes. Turn its letters into paths and save it once more."))
    return etree.tostring(made, encoding="unicode")


def _copied(node, etree, count: list[int]):
    """The node with what is allowed of it; None for what is not: scripts, pictures, letters."""
    if not isinstance(node.tag, str):
        return None
    name = etree.QName(node)
    count[0] += 1
    if count[0] > MOST_NODES:
        raise Refused(say("This SVG has more than %(most)s shapes; simplify it.", most=MOST_NODES))
    if name.namespace not in (SVG, None) or name.localname not in _TAGS:
        return None
    made = etree.Element(f"{{{SVG}}}{name.localname}", nsmap={None: SVG})
    for key, value in _attributes(node, etree).items():
        made.set(key, value)
    if name.localname in ("title", "desc"):
        made.text = (node.text or "")[:200]
    for child in node:
        kept = _copied(child, etree, count)
        if kept is not None:
            made.append(kept)
    return made


def _attributes(node, etree) -> dict[str, str]:
    found = dict(_STYLE.findall(node.get("style", "")))
    for key, value in node.attrib.items():
        local = etree.QName(key).localname
        if local != "href" or value.startswith("#"):  # nothing from elsewhere
            found[local] = value
    return {
        key: value
        for key, value in found.items()
        if (key in _NAMES or key == "href") and not _OUTWARD.search(value) and len(value) < 200_000
    }
