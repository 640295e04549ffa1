"""CSV as rows of text, read line by line: a file takes no more memory than its bytes and one row."""

import csv
import io
import re
from codecs import iterdecode
from collections.abc import Iterator
from itertools import chain, count

from expo.spreadsheets.reading import (
    MOST_COLUMNS,
    PIECE,
    Row,
    Unreadable,
    refuse_too_many,
    refuse_too_many_blank,
)
from expo.spreadsheets.text import unescaped
from expo.words import Sentence
from expo.words import say as _t

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 100_000
LONGEST_LINE = 2_000_000


def read_csv(data: bytes, max_rows: int) -> Iterator[Row]:
    """Rows of a UTF-8 CSV file (a byte order mark is fine) parted by comma, semicolon or tab."""
    _refuse_what_is_no_text(data)
    lines = _lines(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline=""))
    first = next(lines, "")
    named = re.fullmatch(r"sep=([,;\t])", first.rstrip("\r\n"))  # as Excel writes it
    delimiter = named[1] if named else _delimiter(first)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines if named else chain([first], lines), delimiter=delimiter, strict=True)
    row, filled = 1 if named else 0, 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_csv_fault(str(error)), row) from None
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_t("The row has more than %(most)s columns.", most=MOST_COLUMNS), row)
        if any(cell.strip() for cell in cells):
            filled += 1
            refuse_too_many(filled - 1, max_rows, row)
            yield row, [unescaped(cell) for cell in cells]
        else:
            refuse_too_many_blank(row - filled, row)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text, read as they are needed; Unreadable for one that fills memory."""
    for row in count(1):
        line = text.readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE:
            raise Unreadable(_t("The row has more than %(most)s characters.", most=LONGEST_LINE), row)
        if not line:
            return
        yield line


def _refuse_what_is_no_text(data: bytes) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_t("The file is in UTF-16. Save it again as “CSV UTF-8”."))
    try:
        for _ in iterdecode((data[at : at + PIECE] for at in range(0, len(data), PIECE)), "utf-8"):
            pass  # in pieces, because the whole may be four times as large as its bytes
    except UnicodeDecodeError:
        raise _not_utf_8(data) from None
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise Unreadable(_t("The file holds a zero byte: it is damaged, or not a text file."), row)


def _not_utf_8(data: bytes) -> Unreadable:
    try:
        data.decode()
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    byte = f"0x{data[start]:02x}"
    sentence = _t("The file is not in UTF-8 (byte %(byte)s). Save it again as “CSV UTF-8”.", byte=byte)
    return Unreadable(sentence, data.count(b"\n", 0, start) + 1)


def _delimiter(head: str) -> str:
    """What parts the heads."""
    outside_quotes = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=outside_quotes.count)


def _csv_fault(message: str) -> Sentence:
    if "unexpected end of data" in message:
        return _t("A quotation mark is opened in this row and never closed.")
    if "field limit" in message:
        return _t("A cell is longer than %(most)s characters.", most=LONGEST_CELL)
    if "expected after" in message:
        return _t("Text follows a closing quotation mark; inside quotes, write each quotation mark twice.")
    return _t("The row cannot be read as CSV: %(error)s.", error=message)
