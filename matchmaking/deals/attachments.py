"""What a file really is, judged by its content; nothing that runs is let in."""

import re
import unicodedata
import zipfile
from io import BytesIO

MOST_BYTES = 10 << 20
MOST_FILES = 20
LONGEST_NAME = 120
_UNPACKED = 200 << 20
_OFFICE = "application/vnd.openxmlformats-officedocument"
SUFFIX = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
}
"""Kinds of files that are taken, with the ending they get."""


def kind_of(data: bytes) -> str | None:
    """The MIME type of a whole, harmless file of a kind we take; None for anything else."""
    if data.startswith(b"%PDF-"):
        return "application/pdf" if _is_quiet_pdf(data) else None
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and b"IEND" in data[-16:]:
        return "image/png"
    if data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-64:]:
        return "image/jpeg"
    return _office_kind(data) if data.startswith(b"PK\x03\x04") else None


def _is_quiet_pdf(data: bytes) -> bool:
    """A PDF that opens without a password and neither runs nor embeds anything."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as opened:
            if opened.is_encrypted or not len(opened.pages):
                return False
            root = opened.Root
            loud = ("/JavaScript", "/EmbeddedFiles")
            named = any(key in root.get("/Names", {}) for key in loud)
            action = root.get("/OpenAction")
            runs = isinstance(action, pikepdf.Dictionary) and action.get("/S") in ("/JavaScript", "/Launch")
            return not named and not runs and "/AA" not in root
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return False


def _office_kind(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {member.filename for member in archive.infolist()}
            if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
                return None
    except (zipfile.BadZipFile, ValueError, OverflowError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None
    if "word/document.xml" in names:
        return f"{_OFFICE}.wordprocessingml.document"
    return f"{_OFFICE}.spreadsheetml.sheet" if "xl/workbook.xml" in names else None


def tidy_name(name: str, kind: str) -> str:
    """A file's name without its path and without signs that mislead, with the ending of what it is."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '"<>|:*?')
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain.strip(". "))
    return (stem[: LONGEST_NAME - 5] or "file") + SUFFIX[kind]
