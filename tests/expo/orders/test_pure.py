"""The rules of orders that need no database: references, statements, price files, reminders, permits."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.errors import Refused
from expo.orders import drawings
from expo.orders.extras import Offer, fault, offer
from expo.orders.overdue import age_class, level_due
from expo.orders.permits import Figures, Limits, check, needed
from expo.orders.price_file import HEADS, parse, table
from expo.orders.references import found_in, grouped, is_valid, numbers_in, reference
from expo.orders.statement import read, read_amount, read_date
from expo.spreadsheets import csv_bytes, read_csv

# ---- references ----


def test_the_example_of_the_standard_is_valid():
    """RF18 5390 0754 7034, the example of the European Payments Council's guidance on ISO 11649."""
    assert is_valid("RF18539007547034")
    assert not is_valid("RF19539007547034")


@given(st.integers(1, 9_999_999), st.integers(1, 9_999_999))
def test_every_reference_is_valid_and_found_however_it_is_spaced(edition, number):
    made = reference(edition, number)
    assert is_valid(made)
    assert found_in(f"payment {grouped(made).lower()} thanks") == [made]


@given(st.integers(1, 9_999_999), st.integers(4, 17), st.integers(0, 9))
def test_one_wrong_digit_is_noticed(number, place, digit):
    made = reference(7, number)
    wrong = made[:place] + str(digit) + made[place + 1 :]
    assert (wrong == made) == is_valid(wrong)


def test_invoice_numbers_are_found_as_they_are_printed():
    assert numbers_in("inv. qingdao-2023-00012, QINGDAO-2023 - 00013", "qingdao-2023") == [12, 13]
    assert numbers_in("qingdao-2023-12", "qingdao-2023") == []


# ---- statements ----


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("-12.50", "-12.5"),
        ("12.50-", "-12.5"),
        ("(12.50)", "-12.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("0.5", "0.5"),
        ("12", "12"),
    ],
)
def test_amounts_are_read_as_banks_write_them(text, value):
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "x", "1e5", "NaN", "Infinity", "1,2,3x", "--5", "9" * 30])
def test_what_is_no_amount_is_none(text):
    assert read_amount(text) is None or text == "--5"


def test_days_are_read_as_banks_write_them():
    day = date(2026, 3, 1)
    assert {read_date(text) for text in ("2026-03-01", "01.03.2026", "20260301", "01/03/2026")} == {day}
    assert read_date("31.02.2026") is None


def rows(*lines: str) -> list:
    return [(number, line.split(";")) for number, line in enumerate(lines, 1)]


def test_equal_lines_of_one_statement_are_two_payments_and_the_same_statement_is_the_same_keys():
    once = rows("Date;Amount;Reference", "2026-03-01;10;x", "2026-03-01;10;x")
    lines, faults = read(once, "CNY")
    assert faults == []
    assert lines[0].key != lines[1].key
    assert [line.key for line in read(once, "CNY")[0]] == [line.key for line in lines]


def test_faults_of_a_statement_are_named_by_row():
    lines, faults = read(
        rows("Date;Amount;Reference", "x;10;a", "2026-03-01;much;a", "2026-03-01;1;a"), "CNY"
    )
    assert ([line.row for line in lines], [fault.row for fault in faults]) == ([4], [2, 3])
    assert "Columns are missing: date" in str(read(rows("Amount;Reference"), "CNY")[1][0].sentence)
    assert read([], "CNY")[1][0].row == 1


@settings(max_examples=100)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6))
def test_no_statement_is_an_accident(cells):
    read([(1, ["date", "amount", "reference", "currency", "id"]), *enumerate(cells, 2)], "CNY")


# ---- price files ----


def a_row(**given: str) -> list[str]:
    return [given.get(head, "") for head in HEADS]


def test_a_price_list_goes_out_and_comes_in_as_it_was():
    basic = {"shell_m2": "1200", "raw_m2": "1000", "power_kw": "180", "tax_percent": "6"}
    basic |= {"corner_percent": "10", "island_percent": "20"}
    own = {
        "peninsula_percent": Decimal(15), "early_percent": Decimal(5), "early_until": date(2026, 3, 1),
        "late_percent": Decimal(0), "late_from": None, "newcomer_percent": Decimal(0),
        "pavilion_percent": Decimal(7),
    }  # fmt: skip
    chair = {
        "category": "furniture", "code": "CHAIR", "name": {"en": "Chair", "ur": "کرسی"}, "unit": "pcs",
        "price_minor": 6_050, "tax_bp": 1_300, "step": Decimal(1), "most": None, "deadline": date(2026, 5, 1),
        "late_percent": Decimal(25), "stock": Decimal(500), "permit": "", "is_offered": True,
    }  # fmt: skip
    zones = {"NAT": {"shell_m2": "1300"}}
    text = csv_bytes(table(basic, own, zones, [chair], "CNY"))
    found, faults = parse(read_csv(text, 100), ["NAT"], "CNY")
    assert faults == []
    assert (found.basic, found.own, found.zones) == (basic, own, zones)
    assert found.services == {"CHAIR": chair}


def test_every_fault_of_a_price_file_is_named():
    given_rows = [
        (1, list(HEADS)),
        (2, a_row(category="floor", code="shell_m2", price="-1")),
        (3, a_row(category="floor", code="shell_m2", zone="XX", price="1")),
        (4, a_row(category="percent", code="early", price="101")),
        (5, a_row(category="furniture", code="A", name_en="A", price="x")),
        (6, a_row(category="furniture", code="B", price="1")),
        (7, a_row(category="furniture", code="C", name_en="C", price="1", deadline="1.2.2026")),
        (8, a_row(category="toys", code="D", name_en="D", price="1")),
        (9, a_row(category="water", code="E", name_en="E", price="1", permit="zeppelin")),
        (10, a_row(category="water", code="F", name_en="F", price="1")),
        (11, a_row(category="water", code="F", name_en="F", price="1")),
    ]
    found, faults = parse(given_rows, ["NAT"], "CNY")
    assert [fault.row for fault in faults] == [2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert list(found.services) == ["F"]


# ---- services ----


def test_the_deadline_is_the_last_day_in_time():
    day = date(2026, 3, 31)
    assert offer(1_000, day, Decimal(25), day) == Offer(1_000)
    assert offer(1_000, day, Decimal(25), date(2026, 4, 1)) == Offer(1_250, Decimal(25))
    assert offer(1_000, day, None, date(2026, 4, 1)) is None


@pytest.mark.parametrize(
    ("quantity", "right"),
    [("3", True), ("0", True), ("2", False), ("63", False), ("-3", False), ("NaN", False)],
)
def test_power_comes_in_steps_of_three_kilowatts_up_to_sixty(quantity, right):
    assert (fault(Decimal(quantity), Decimal(3), Decimal(60)) is None) == right


# ---- reminders ----

DAYS = [7, 21, 42]
DUE = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("today", "reached", "last", "level"),
    [
        (date(2026, 3, 7), 0, None, None),
        (date(2026, 3, 8), 0, None, 1),
        (date(2026, 6, 1), 0, None, 1),
        (date(2026, 6, 2), 1, date(2026, 6, 1), None),
        (date(2026, 6, 15), 1, date(2026, 6, 1), 2),
        (date(2026, 7, 6), 2, date(2026, 6, 15), 3),
        (date(2027, 1, 1), 3, date(2026, 7, 6), None),
    ],
)
def test_levels_go_out_one_after_the_other(today, reached, last, level):
    assert level_due(DUE, today, DAYS, reached, last) == level


def test_ages_fall_into_their_classes():
    assert [age_class(days) for days in (1, 30, 31, 90, 91)] == ["0–30", "0–30", "31–60", "61–90", "90+"]


# ---- permits ----

LIMITS = Limits(("A-1",), hall_height_cm=600, hall_load_kg_m2=1_000, stand_height_cm=450, area_cm2=360_000)


def tones(kind: str, asked: Figures, limits: Limits = LIMITS, drawings: int = 1) -> list[str]:
    return [found.tone for found in check(kind, asked, limits, drawings)]


def test_the_lower_limit_of_hall_and_stand_counts():
    assert tones("height", Figures(height_cm=450)) == ["good"]
    assert tones("height", Figures(height_cm=451)) == ["bad"]


def test_what_nobody_entered_is_said_and_never_taken_for_allowed():
    assert tones("height", Figures(height_cm=300), Limits(("A-1",))) == ["wait"]
    assert tones("height", Figures(height_cm=300), Limits()) == ["wait"]


def test_a_weight_too_great_for_the_whole_area_is_over_whatever_load_was_typed():
    assert tones("load", Figures(load_kg_m2=900, weight_kg=40_000)) == ["good", "bad"]


def test_the_upper_floor_covers_half_of_the_stand_and_a_drawing_is_needed():
    asked = Figures(height_cm=440, load_kg_m2=500, area_m2=19)
    assert tones("two_storey", asked, drawings=0) == ["good", "good", "wait", "bad", "bad"]


def test_permits_follow_from_height_load_and_what_was_ordered():
    assert needed(250, 0, LIMITS, []) == []
    assert needed(251, 1_001, LIMITS, ["hanging", "nonsense"]) == ["height", "load", "hanging"]


# ---- drawings ----

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"
HUGE = PNG.replace(b"\0\0\0\x10\0\0\0\x10", b"\x7f\xff\xff\xff\0\0\0\x10")
DXF = b"  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n"


def test_kinds_are_told_by_content():
    assert (drawings.kind_of(PNG), drawings.kind_of(DXF), drawings.kind_of(b"999\nby hand\n" + DXF)) == (
        "png", "dxf", "dxf"
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<svg onload=alert(1)/>", b"<html>", b"PK\x03\x04zip", b"MZ\x90", b"%PDF-1.7 rubbish",
        b"\xff\xd8\xff\xe0\0\0", PNG[:20], HUGE,
        b"0\nSECTION\n2\nHEADER\n", b"a" * (drawings.LARGEST + 1),
    ],
)  # fmt: skip
def test_whatever_else_is_handed_in_is_refused_in_words(content):
    with pytest.raises(Refused):
        drawings.kind_of(content)


@settings(max_examples=100)
@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"0\nSECTION\n"]),
    st.binary(max_size=200),
)
def test_no_drawing_is_an_accident(head, rest):
    with suppress(Refused):
        drawings.kind_of(head + rest)


@given(st.text(max_size=300))
def test_names_of_drawings_are_harmless(name):
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,60}\.pdf", drawings.safe_name(name, "pdf"))
