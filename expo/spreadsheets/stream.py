"""Rows as CSV, JSON and workbooks while they are read: a million rows take no memory to speak of."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from expo.spreadsheets.out import Cell, sheet_value
from expo.spreadsheets.text import as_text

PIECE = 1 << 16
MOST_ROWS = 1_048_576
"""What a page of a workbook holds, its head among them; what goes beyond begins another page."""
_DAY_ONE = date(1899, 12, 30)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill'
    ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border><left/><right/><top/><bottom/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class Page(NamedTuple):
    """A page of a workbook: its name, its rows (the first is the head), its columns' widths in characters."""

    name: str
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def csv_stream(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Rows as UTF-8 CSV with a byte order mark; text a spreadsheet would run is escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    out.write("\ufeff")
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def json_stream(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Rows as an array of objects, one a line; decimals as text, so that no digit is lost."""
    held, before = ["["], "\n"
    for row in rows:
        values = (str(cell) if isinstance(cell, Decimal | date | time) else cell for cell in row)
        held.append(before + json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False))
        before = ",\n"
        if len(held) > 500:
            yield "".join(held).encode()
            held = []
    yield ("".join(held) + "\n]\n").encode()


def xlsx_stream(pages: Iterable[Page]) -> Iterator[bytes]:
    """Pages as one workbook: numbers and dates as such, text never as a formula, bold frozen heads."""
    sink = _Sink()
    names: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for page in pages:
            rows = iter(page.rows)
            head = next(rows, ())
            more: Sequence[Cell] | None = head
            while more is not None:
                names.append(_name(page.name, names))
                with archive.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as part:
                    part.write(_top(page.widths).encode())
                    part.write(_row(1, head, bold=True).encode())
                    count, more, held = 1, None, []
                    for row in rows:
                        if count == MOST_ROWS:
                            more = row
                            break
                        count += 1
                        held.append(_row(count, row))
                        if len(held) == 200:
                            part.write("".join(held).encode())
                            held = []
                            if sink.size > PIECE:
                                yield sink.take()
                    part.write(("".join(held) + "</sheetData></worksheet>").encode())
                    if more is not None:
                        rows = _again(more, rows)
        for path, text in _frame(names):
            archive.writestr(path, text)
    yield sink.take()


class _Sink(io.RawIOBase):
    """Takes what the archive writes and hands it on; cannot be sought in, like a connection."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        held, self._held, self.size = b"".join(self._held), [], 0
        return held


def _again(first: Sequence[Cell], rest: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield first
    yield from rest


def _plain(cell: Cell) -> str:
    value = sheet_value(cell) if isinstance(cell, str) else cell
    return as_text(value)


def _name(wanted: str, taken: Sequence[str]) -> str:
    """A page's name as programs accept it: 31 characters, none of \\/?*[]:, none twice."""
    clean = "".join(" " if sign in "\\/?*[]:" else sign for sign in wanted)[:27]
    names = [clean, *(f"{clean} {number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)


def _top(widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
        ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + "<sheetData>"
    )


def _row(number: int, cells: Sequence[Cell], *, bold: bool = False) -> str:
    return f'<row r="{number}">{"".join(_cell(cell, bold) for cell in cells)}</row>'


def _cell(cell: Cell, bold: bool) -> str:
    style = ' s="1"' if bold else ""
    value = sheet_value(cell)
    if value is None:
        return f"<c{style}/>"
    if isinstance(value, date):
        return f'<c s="2"><v>{(value - _DAY_ONE).days}</v></c>'
    if isinstance(value, int | Decimal):
        return f"<c{style}><v>{value}</v></c>"
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say what the pages are called and where they lie."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n in numbers
    )
    yield "xl/styles.xml", _STYLES
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    yield (
        "_rels/.rels",
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        ' ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{parts}</Types>',
    )
