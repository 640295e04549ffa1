"""Workbooks as rows of text."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from expo.spreadsheets.guard import look_through
from expo.spreadsheets.reading import MOST_COLUMNS, Row, Unreadable, refuse_too_many, refuse_too_many_blank
from expo.spreadsheets.text import as_text, unescaped
from expo.words import Sentence
from expo.words import say as _t


def read_sheets(data: bytes, max_rows: int) -> dict[str, Iterator[Row]]:
    """The rows of every sheet of a workbook by its name; formulas give the value that was calculated last."""
    book = _workbook(data, max_rows)
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
                refuse_too_many(filled - 1, max_rows, row)
                yield row, [unescaped(text) for text in texts]
            else:
                refuse_too_many_blank(row - filled, row)
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as there are parts in it
        raise Unreadable(_damaged(error), row + 1) from None


def _damaged(error: Exception) -> Sentence:
    return _t("The workbook is damaged (%(error)s).", error=type(error).__name__)


def _workbook(data: bytes, max_rows: int):
    from openpyxl import load_workbook  # costs 0.2 s, which pages that read no workbook need not pay

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            look_through(archive, max_rows)
        return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Unreadable:
        raise
    except Exception as error:  # see above
        raise Unreadable(
            _t("The file is not a workbook that can be read (%(error)s).", error=type(error).__name__)
        ) from None
