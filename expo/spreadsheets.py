"""Spreadsheets in and out: CSV and XLSX as rows of text, each with the row number that a person sees."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from expo.words import Sentence
from expo.words import say as _t

Row = tuple[int, list[str]]
Cell = str | int | Decimal | date | time | bool | None

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 100_000
MOST_COLUMNS = 1_000
MOST_UNPACKED = 1 << 30
MOST_BLANK_ROWS = 100_000
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?:(?! t="str")[^>])*><f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_MARKS = frozenset("'=@+-\t\r")
_HARMLESS_SIGNED = re.compile(r"[+-][\d\s().,/-]*")


class Unreadable(Exception):
    """A file that cannot be read on; `row` is where (counted from 1), if anybody can say."""

    def __init__(self, sentence: Sentence, row: int | None = None):
        super().__init__(str(sentence))
        self.sentence = sentence
        self.row = row


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as every XLSX file is."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def read_table(data: bytes, max_rows: int) -> Iterator[Row]:
    """Rows of a CSV or XLSX file, told apart by content; blank rows are left out. Raises Unreadable."""
    return read_xlsx(data, max_rows) if is_zip(data) else read_csv(data, max_rows)


# ---- CSV in ----


def read_csv(data: bytes, max_rows: int) -> Iterator[Row]:
    """Rows of a UTF-8 CSV file (a byte order mark is fine) parted by comma, semicolon or tab."""
    text = _decoded(data)
    delimiter, text, offset = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row, filled = offset, 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_csv_fault(str(error)), row) from None
        if any(cell.strip() for cell in cells):
            filled += 1
            _refuse_too_many(filled - 1, max_rows, row)
            yield row, [unescaped(cell) for cell in cells]


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_t("The file is in UTF-16. Save it again as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        sentence = _t("The file is not in UTF-8 (byte %(byte)s). Save it again as “CSV UTF-8”.", byte=byte)
        raise Unreadable(sentence, row) from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(_t("The file holds a zero byte: it is damaged, or not a text file."), row)
    return text


def _delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text without a "sep=;" line as Excel writes it, and how many rows that line took."""
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=([,;\t])\r?", first)
    if named:
        return named[1], rest, 1
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=outside_quotes.count), text, 0


def _csv_fault(message: str) -> Sentence:
    if "unexpected end of data" in message:
        return _t("A quotation mark is opened in this row and never closed.")
    if "field limit" in message:
        return _t("A cell is longer than %(most)s characters.", most=LONGEST_CELL)
    if "expected after" in message:
        return _t("Text follows a closing quotation mark; inside quotes, write each quotation mark twice.")
    return _t("The row cannot be read as CSV: %(error)s.", error=message)


def _refuse_too_many(count: int, max_rows: int, row: int) -> None:
    if count > max_rows:
        raise Unreadable(
            _t("The file has more than %(most)s rows; that is more than is read at once.", most=max_rows), row
        )


# ---- XLSX in ----


def read_sheets(data: bytes, max_rows: int) -> dict[str, Iterator[Row]]:
    """The rows of every sheet of a workbook by its name; formulas give the value that was calculated last."""
    book = _workbook(data)
    return {page.title: _page_rows(page, max_rows) for page in book.worksheets}


def read_xlsx(data: bytes, max_rows: int) -> Iterator[Row]:
    """Rows of the first sheet."""
    yield from next(iter(read_sheets(data, max_rows).values()), ())


def _page_rows(page: Any, max_rows: int) -> Iterator[Row]:
    page.reset_dimensions()
    filled = row = 0
    try:
        for row, cells in enumerate(page.iter_rows(values_only=True), start=1):
            if len(cells) > MOST_COLUMNS:
                raise Unreadable(_t("The sheet has more than %(most)s columns.", most=MOST_COLUMNS), row)
            texts = [cell if type(cell) is str else as_text(cell) for cell in cells]
            if any(texts):
                filled += 1
                _refuse_too_many(filled - 1, max_rows, row)
                yield row, [unescaped(text) for text in texts]
            else:
                _refuse_too_many(row - filled, MOST_BLANK_ROWS, row)
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as there are parts in it
        raise Unreadable(_damaged(error), row + 1) from None


def _refuse_uncalculated(archive: zipfile.ZipFile) -> None:
    """A formula without a value would be read as an empty cell: a program wrote it and none opened it."""
    for name in archive.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            tail = b""
            with archive.open(name) as page:
                while chunk := page.read(1 << 20):
                    if found := _UNCALCULATED.search(tail + chunk):
                        raise _uncalculated(found[1].decode())
                    tail = chunk[-4096:]


def _uncalculated(cell: str) -> Unreadable:
    row = int(re.sub(r"\D", "", cell))
    return Unreadable(
        _t(
            "The formula in %(cell)s has no value yet. Open the file as a spreadsheet and save it.", cell=cell
        ),
        row,
    )


def _damaged(error: Exception) -> Sentence:
    return _t("The workbook is damaged (%(error)s).", error=type(error).__name__)


def _workbook(data: bytes):
    from openpyxl import load_workbook  # costs 0.2 s, which pages that read no workbook need not pay

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > MOST_UNPACKED:
                raise Unreadable(
                    _t("The workbook unpacks to %(mb)s MB; that is too much.", mb=unpacked >> 20)
                )
            _refuse_uncalculated(archive)
        return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Unreadable:
        raise
    except Exception as error:  # see above
        raise Unreadable(
            _t("The file is not a workbook that can be read (%(error)s).", error=type(error).__name__)
        ) from None


def as_text(value: object) -> str:
    """A value as this house writes it: 3.0 → 3, dates as 2023-06-15, clock times as 09:30, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return plain_number(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return (
            value.strftime("%Y-%m-%d") if value.time() == time(0) else _without_seconds(value.isoformat(" "))
        )
    if isinstance(value, timedelta):
        value = (datetime(1, 1, 1, tzinfo=UTC) + value).time()
    return _without_seconds(value.isoformat()) if isinstance(value, time) else str(value)


def plain_number(value: Decimal) -> str:
    """A number without exponent or needless zeros: 1E+3 → 1000, 2.50 → 2.5."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _without_seconds(text: str) -> str:
    return re.sub(r"(\d\d:\d\d):00(\.0+)?$", r"\1", text)


# ---- out ----


def csv_bytes(rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> bytes:
    """Rows as UTF-8 CSV, `bom` for readers that guess encodings; text a spreadsheet would run is escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_safe_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def xlsx_bytes(
    sheets: Mapping[str, Iterable[Sequence[Cell]]], widths: Mapping[str, Sequence[int]] = {}
) -> bytes:
    """Sheets as one workbook: numbers and dates as such, text never as a formula, bold frozen heads.

    `widths` gives a sheet's columns in characters; those not named keep the reader's own width.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.freeze_panes = "A2"
        for column, width in enumerate(widths.get(name, ()), start=1):
            page.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows):
            values = [_sheet_value(value) for value in row]
            page.append([_bold(page, value) for value in values] if number == 0 else values)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_value(value: Cell) -> Any:
    """Numbers and dates as they are; escaped text never begins like a formula; nothing for an empty cell."""
    if isinstance(value, str | bool):
        return _safe_text(value) or None
    return value


def _bold(page: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, value)
    cell.font = Font(bold=True)
    return cell


def _safe_text(value: Cell) -> str:
    return escaped(_NOT_IN_XML.sub("", value)) if isinstance(value, str) else as_text(value)


def _runs(text: str) -> bool:
    """Whether a spreadsheet might run this text as a formula (OWASP: CSV injection); +86 532 is harmless."""
    if text[:1] not in _MARKS:
        return False
    bare = text.lstrip("'")
    return bare[:1] in ("=", "@", "\t", "\r") or (
        bare[:1] in ("+", "-") and not _HARMLESS_SIGNED.fullmatch(bare)
    )


def escaped(text: str) -> str:
    """Text with an apostrophe before anything a spreadsheet might run; `unescaped` takes it off again."""
    return "'" + text if _runs(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text[:1] == "'" and _runs(text) else text
