"""Drawings as they are handed in: their kind told from their content, their name made harmless."""

import re
import struct
import unicodedata
from io import BytesIO

from expo.errors import Refused
from expo.words import say

LARGEST = 10 * 1024 * 1024
LARGEST_SIDE = 30_000
MOST = 6
"""Drawings an application may hold."""
KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "dxf": "image/vnd.dxf",
}
_WRONG = say("Hand in a PDF, PNG, JPEG or DXF file. What this file holds is none of them.")


def kind_of(content: bytes) -> str:
    """'pdf', 'png', 'jpg' or 'dxf' by what the file holds, never by its name. Refused for anything else."""
    if not content:
        raise Refused(say("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(say("The file has more than %(mb)s MB.", mb=LARGEST >> 20))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpg(content)
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    if _is_dxf(content):
        return "dxf"
    raise Refused(_WRONG)


def _png(content: bytes) -> str:
    if content[12:16] != b"IHDR" or len(content) < 33 or b"IEND" not in content[-64:]:
        raise Refused(say("This PNG file is damaged."))
    _refuse_large(*struct.unpack(">II", content[16:24]))
    return "png"


def _jpg(content: bytes) -> str:
    """The frame header tells the size; no pixel is decoded."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _refuse_large(width, height)
            return "jpg"
        at += 2 + length
    raise Refused(say("This JPEG file is damaged."))


def _refuse_large(width: int, height: int) -> None:
    if not 0 < width <= LARGEST_SIDE or not 0 < height <= LARGEST_SIDE:
        raise Refused(say("The picture is larger than %(side)s dots on a side.", side=LARGEST_SIDE))


def _pdf(content: bytes) -> str:
    """A PDF that opens, without a password and without anything that runs."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as opened:
            pages = len(opened.pages)
            runs = "/OpenAction" in opened.Root or "/AA" in opened.Root
            names = opened.Root.get("/Names", {})
            runs = runs or "/JavaScript" in names or "/EmbeddedFiles" in names
    except pikepdf.PasswordError:
        raise Refused(say("This PDF asks for a password. Save it without one.")) from None
    except Exception:  # a damaged file fails in as many ways as there are parts in it
        raise Refused(say("This PDF file is damaged.")) from None
    if runs:
        raise Refused(say("This PDF holds scripts or other files. Print it into a plain PDF."))
    if not pages:
        raise Refused(say("This PDF has no page."))
    return "pdf"


def _is_dxf(content: bytes) -> bool:
    """Group code 0, then SECTION; comments (group code 999) may come first. Or the binary form's sentinel."""
    if content.startswith(b"AutoCAD Binary DXF\r\n\x1a\x00"):
        return True
    head = re.sub(rb"^\xef\xbb\xbf", b"", content[:4096])
    head = re.sub(rb"\A(?:\s*999\r?\n[^\n]*\n)*", b"", head)
    return bool(re.match(rb"\s*0\r?\n\s*SECTION\r?\n\s*2\r?\n", head)) and b"EOF" in content[-64:]


def safe_name(name: str, kind: str) -> str:
    """The file's name as it may stand in a header: a few letters and digits and the ending of its kind."""
    plain = unicodedata.normalize("NFKD", re.split(r"[\\/]", name)[-1]).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", plain.rsplit(".", 1)[0]).strip("-_")[:60]
    return f"{stem or 'drawing'}.{kind}"
