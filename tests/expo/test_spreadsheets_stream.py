"""Files written while their rows are read hold the same as those written at once, in little memory."""

import io
import json
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from expo.spreadsheets import Page, csv_stream, json_stream, read_csv, read_sheets, stream, xlsx_stream

HEAD = ("name", "count", "sum", "day", "fine")
ROWS = [
    ("=1+1", 3, Decimal("12.50"), date(2023, 6, 15), True),
    ("链 & <b>", -1, Decimal("0"), None, False),
    ("-x\x0b", 10**15, Decimal("1E+3"), date(2024, 2, 29), None),
]


def test_a_workbook_holds_numbers_as_numbers_and_text_never_as_a_formula():
    data = b"".join(xlsx_stream([Page("A/B", [HEAD, *ROWS], (20, 9)), Page("A/B", [("only",)])]))
    book = load_workbook(io.BytesIO(data))
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert book.sheetnames == ["A B", "A B 2"]
    assert [row[1:4] for row in first] == [
        [3, 12.5, first[0][3]],
        [-1, 0, None],
        [10**15, 1000, first[2][3]],
    ]
    assert (first[0][3].date(), book.worksheets[0]["A1"].font.b) == (date(2023, 6, 15), True)
    assert [cells[0] for _, cells in read_sheets(data, 100)["A B"]][1:] == ["=1+1", "链 & <b>", "-x"]


def test_what_does_not_fit_on_a_page_goes_on_upon_another_under_the_same_head(monkeypatch):
    monkeypatch.setattr(stream, "MOST_ROWS", 3)
    data = b"".join(xlsx_stream([Page("t", [("n",), *((n,) for n in range(5))])]))
    pages = [[row[0].value for row in page.iter_rows()] for page in load_workbook(io.BytesIO(data))]
    assert pages == [["n", 0, 1], ["n", 2, 3], ["n", 4]]


def test_csv_and_json_come_back_as_they_were_written():
    table = b"".join(csv_stream([HEAD, *ROWS]))
    assert [cells for _, cells in read_csv(table, 100)][1] == ["=1+1", "3", "12.50", "2023-06-15", "yes"]
    objects = json.loads(b"".join(json_stream(HEAD, ROWS)))
    assert objects[0] == {"name": "=1+1", "count": 3, "sum": "12.50", "day": "2023-06-15", "fine": True}
    assert json.loads(b"".join(json_stream(HEAD, []))) == []


@pytest.mark.parametrize("write", [csv_stream, lambda rows: xlsx_stream([Page("t", rows)])])
def test_ten_times_the_rows_take_no_more_memory(write):
    peaks = []
    for count in (2_000, 20_000):
        tracemalloc.start()
        for _piece in write(("word", n, Decimal(n)) for n in range(count)):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 200_000
