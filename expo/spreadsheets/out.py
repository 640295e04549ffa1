"""Rows as CSV and workbooks."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from expo.spreadsheets.text import as_text, escaped

Cell = str | int | Decimal | date | time | bool | None
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
            values = [sheet_value(value) for value in row]
            page.append([_bold(page, value) for value in values] if number == 0 else values)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_value(value: Cell) -> Any:
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
