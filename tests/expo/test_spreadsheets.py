"""Cells come back as they were written, and a file that cannot be read says where and why."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from expo.spreadsheets import (
    Unreadable,
    as_text,
    csv_bytes,
    escaped,
    read_csv,
    read_sheets,
    read_table,
    unescaped,
    xlsx_bytes,
)

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t\"';,=+-@")
TEXT = st.text(CHARACTERS)
FILLED = st.lists(TEXT, min_size=3, max_size=3).filter(lambda row: any(cell.strip() for cell in row))
ROWS = st.lists(FILLED, max_size=8)


def fault(data: bytes, max_rows: int = 100) -> tuple[str, int | None]:
    with pytest.raises(Unreadable) as found:
        list(read_table(data, max_rows))
    return str(found.value), found.value.row


@given(ROWS)
def test_csv_comes_back_as_it_was_written(rows):
    head = ["a", "b", "c"]
    assert [cells for _, cells in read_csv(csv_bytes([head, *rows]), 100)] == [head, *rows]


def test_xlsx_comes_back_as_it_was_written():
    rows = [
        ["a", "b"],
        ["=1+1", "'quoted"],
        ["", "Ӯ 链 صنعت"],
        ["+86 532 000", "-x"],
        [" two\nlines ", "1e5"],
    ]
    assert [cells for _, cells in read_sheets(xlsx_bytes({"t": rows}), 100)["t"]] == rows


def test_numbers_and_dates_of_a_workbook_become_plain_text():
    book = Workbook()
    day, hour = date(2023, 6, 15), time(9, 30)
    book.active.append([3.0, 2.5, 1e-7, 12, True, day, datetime.combine(day, hour), hour, None])
    out = io.BytesIO()
    book.save(out)
    ((row, cells),) = read_table(out.getvalue(), 100)
    assert row == 1
    assert cells == ["3", "2.5", "0.0000001", "12", "yes", "2023-06-15", "2023-06-15 09:30", "09:30"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_head(delimiter):
    data = f'a{delimiter}"b,;b"{delimiter}c\n1{delimiter}2{delimiter}3\n'.encode()
    assert list(read_csv(data, 100)) == [(1, ["a", "b,;b", "c"]), (2, ["1", "2", "3"])]


def test_a_line_that_names_the_delimiter_counts_as_a_row():
    assert list(read_csv(b"sep=;\na;b\n1;2\n", 100)) == [(2, ["a", "b"]), (3, ["1", "2"])]


def test_a_byte_order_mark_is_no_part_of_the_first_head():
    assert list(read_csv(b"\xef\xbb\xbfcode\nA\n", 100))[0] == (1, ["code"])


def test_blank_rows_are_left_out_but_counted():
    assert list(read_csv(b"a\n\n ,\nb\n", 100)) == [(1, ["a"]), (4, ["b"])]


def test_a_wrong_encoding_is_told_with_its_row():
    data = "code,name_en\nA,Stand\nB,Fläche\n".encode("latin-1")
    assert fault(data) == ("The file is not in UTF-8 (byte 0xe4). Save it again as “CSV UTF-8”.", 3)


def test_utf_16_is_named():
    assert fault("a,b".encode("utf-16"))[0] == "The file is in UTF-16. Save it again as “CSV UTF-8”."


def test_a_zero_byte_is_told_with_its_row():
    assert fault(b"a,b\n1,\0\n") == ("The file holds a zero byte: it is damaged, or not a text file.", 2)


def test_an_unclosed_quotation_mark_is_told_where_it_opens():
    assert fault(b'a,b\n1,2\n3,"4\n5,6\n') == (
        "A quotation mark is opened in this row and never closed.",
        3,
    )


def test_text_after_a_closing_quotation_mark_is_told():
    assert fault(b'a,b\n"x"y,2\n')[1] == 2


def test_a_table_with_too_many_rows_is_not_read_on():
    data = csv_bytes([["a"], *([str(n)] for n in range(101))])
    assert fault(data) == ("The file has more than 100 rows; that is more than is read at once.", 102)
    assert len(list(read_table(data, 101))) == 102


def test_a_workbook_with_too_many_rows_is_not_read_on():
    assert fault(xlsx_bytes({"t": [["a"], *([str(n)] for n in range(101))]}))[1] == 102


def test_a_formula_that_nobody_calculated_is_told():
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, "=A2*2"])
    out = io.BytesIO()
    book.save(out)
    sentence = "The formula in B2 has no value yet. Open the file as a spreadsheet and save it."
    assert fault(out.getvalue()) == (sentence, 2)


def test_an_overlong_cell_is_told():
    assert fault(b"a\n" + b"x" * 100_001)[1] == 2


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b"PK\x05\x06" + bytes(18)])
def test_what_only_looks_like_a_workbook_is_told(data):
    assert fault(data)[0].startswith("The file is not a workbook that can be read")


def test_a_workbook_cut_short_is_told():
    assert fault(xlsx_bytes({"t": [["a", "b"]] * 50})[:-200])[0].startswith("The file is not a workbook")


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("expo.spreadsheets.guard.MOST_UNPACKED", 1 << 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (5 << 20))
    assert fault(out.getvalue())[0] == "The workbook unpacks to 5 MB; that is too much."


@given(TEXT)
def test_escaped_text_comes_back(text):
    assert unescaped(escaped(text)) == text


@given(st.sampled_from("=@+-\t\r"), TEXT)
def test_no_cell_begins_like_a_formula(mark, text):
    made = escaped(mark + "A1" + text)
    assert made[0] == "'"


def test_a_telephone_number_stays_as_it_is():
    assert escaped("+86 (532) 8666-0000") == "+86 (532) 8666-0000"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_keeps_its_value_and_has_no_exponent(number):
    text = as_text(number)
    assert Decimal(text) == number
    assert "E" not in text


# ---- what would fill memory ----


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n1" + b"," * 1_001 + b"\n", "The row has more than 1000 columns."),
        (b"," * 2_000_000 + b"\n", "The row has more than 2000000 characters."),
        (b"a,b\n1" + b"," * 2_000_000 + b"\n", "The row has more than 2000000 characters."),
        (b"a,b\n" + b"\n" * 100_001, "The file has more than 100000 blank rows."),
    ],
)
def test_a_text_file_that_fills_memory_is_not_read_on(data, said):
    assert fault(data)[0] == said


def test_a_fault_far_down_a_long_file_is_told_with_its_row():
    data = b"name\n" + ("链" * 33 + "\n").encode() * 30_000
    assert fault(data + b"\xff\n")[1] == 30_002
    assert len(list(read_table(data, 30_000))) == 30_001


PAGE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def a_workbook(**parts: bytes) -> bytes:
    """A workbook with parts replaced or added: page, strings, styles, picture."""
    names = {
        "page": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "picture": "xl/media/image1.png",
    }
    given = {names[name]: content for name, content in parts.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes({"t": [["a"], ["b"]]}))) as plain,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in {*plain.namelist(), *given}:
            made.writestr(name, given.get(name) or plain.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("styles", b" " * (5 << 20), "The workbook unpacks to 5 MB; that is too much."),
        ("strings", b" " * (65 << 20), "The workbook unpacks to 65 MB; that is too much."),
        ("page", PAGE + b"<row>" + b"<c/>" * (2 << 20), "The row has more than 4194304 characters."),
        ("page", PAGE + b'<row r="1"/>' * 100_102, "The file has more than 100 rows; "),
        (
            "page",
            PAGE + b'<row r="99999999999"><c><v>1</v></c></row></sheetData></worksheet>',
            "The file has ",
        ),
        (
            "page",
            PAGE + b'<row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
            "The sheet has ",
        ),
    ],
)
def test_a_workbook_that_fills_memory_is_not_read(part, content, said):
    assert fault(a_workbook(**{part: content}))[0].startswith(said)


def test_a_workbook_may_hold_large_pictures():
    assert list(read_table(a_workbook(picture=b" " * (5 << 20)), 100)) == [(1, ["a"]), (2, ["b"])]


@pytest.mark.parametrize("entity", [b'SYSTEM "file:///etc/hostname"', b'"abc"'])
def test_a_workbook_fetches_nothing_and_multiplies_nothing(entity):
    head = b"<!DOCTYPE x [<!ENTITY a " + entity + b'><!ENTITY b "' + b"&a;" * 9 + b'">]>'
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x&b;</t></is></c></row></sheetData></worksheet>'
    data = a_workbook(page=head + PAGE + cell)
    try:
        assert sum(len(cell) for _, cells in read_table(data, 100) for cell in cells) <= 28
    except Unreadable as refused:
        assert "ParseError" in str(refused)
