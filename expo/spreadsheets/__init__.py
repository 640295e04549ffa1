"""Spreadsheets in and out: CSV and XLSX as rows of text, each with the row number that a person sees."""

from collections.abc import Iterator

from expo.spreadsheets.csv_in import read_csv
from expo.spreadsheets.out import Cell, csv_bytes, xlsx_bytes
from expo.spreadsheets.reading import Row, Unreadable, is_zip
from expo.spreadsheets.stream import Page, csv_stream, json_stream, xlsx_stream
from expo.spreadsheets.text import as_text, escaped, plain_number, unescaped
from expo.spreadsheets.xlsx_in import read_sheets, read_xlsx

__all__ = [
    "Cell",
    "Page",
    "Row",
    "Unreadable",
    "as_text",
    "csv_bytes",
    "csv_stream",
    "escaped",
    "is_zip",
    "json_stream",
    "plain_number",
    "read_csv",
    "read_sheets",
    "read_table",
    "read_xlsx",
    "unescaped",
    "xlsx_bytes",
    "xlsx_stream",
]


def read_table(data: bytes, max_rows: int) -> Iterator[Row]:
    """Rows of a CSV or XLSX file, told apart by content; blank rows are left out. Raises Unreadable."""
    return read_xlsx(data, max_rows) if is_zip(data) else read_csv(data, max_rows)
