"""Workbooks that would fill memory or read wrong, found before the reader begins."""

import re
import zipfile
from typing import IO

from expo.spreadsheets.reading import MOST_BLANK_ROWS, PIECE, Unreadable, refuse_too_many
from expo.words import say as _t

MOST_UNPACKED = 1 << 30
LARGEST_PART = 4 << 20
LARGEST_STRINGS = 64 << 20
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?:(?! t="str")[^>])*><f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_PAGE = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_UNREAD = re.compile(r"xl/(drawings|charts|media|embeddings|diagrams|comments|customXml)")


def look_through(archive: zipfile.ZipFile, max_rows: int) -> None:
    """What the reader would choke on is found before it begins: it holds a row, and every part that is not
    a page, in memory as objects hundreds of times as large as the file."""
    if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
        mb = sum(member.file_size for member in archive.infolist()) >> 20
        raise Unreadable(_t("The workbook unpacks to %(mb)s MB; that is too much.", mb=mb))
    for member in archive.infolist():
        if _PAGE.fullmatch(member.filename):
            with archive.open(member) as page:
                _look_through_page(page, max_rows)
        elif member.file_size > _most(member.filename):
            mb = member.file_size >> 20
            raise Unreadable(_t("The workbook unpacks to %(mb)s MB; that is too much.", mb=mb))


def _most(part: str) -> int:
    """How large a part may be: cells' texts may be many, pictures are not looked at."""
    if part.endswith("/sharedStrings.xml"):
        return LARGEST_STRINGS
    return LARGEST_PART if part.endswith((".xml", ".rels")) and not _UNREAD.match(part) else MOST_UNPACKED


def _look_through_page(page: IO[bytes], max_rows: int) -> None:
    """A formula without a value would be read as an empty cell: a program wrote it and none opened it."""
    tail, rows, since = b"", 0, 0
    while chunk := page.read(PIECE):
        if found := _UNCALCULATED.search(tail + chunk):
            raise _uncalculated(found[1].decode())
        here = [found.start() for found in _ROW.finditer(chunk)]
        rows += len(here)
        refuse_too_many(rows - MOST_BLANK_ROWS, max_rows, max_rows)
        since = len(chunk) - here[-1] if here else since + len(chunk)
        if since > LARGEST_PART:
            raise Unreadable(_t("The row has more than %(most)s characters.", most=LARGEST_PART), rows)
        tail = chunk[-4096:]


def _uncalculated(cell: str) -> Unreadable:
    row = int(re.sub(r"\D", "", cell))
    return Unreadable(
        _t(
            "The formula in %(cell)s has no value yet. Open the file as a spreadsheet and save it.", cell=cell
        ),
        row,
    )
