"""Every value is written so that it reads back the same."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.exhibitors import models as exhibitors
from expo.registration import models as registration
from expo.spreadsheets import as_text
from matchmaking.folder import cells, columns
from matchmaking.folder.values import BadCell

NAME = st.from_regex(r"[A-Za-z0-9А-я链][A-Za-z0-9 .\-]{0,10}[A-Za-z0-9]", fullmatch=True)
CM = st.integers(0, 10_000_000)
DIGITS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=3)
FIRST, LAST = datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2199-12-31")
KINDS = [
    (cells.CODE, NAME),
    (cells.INTEGER, st.integers(0, 2_147_483_647)),
    (cells.METRES, CM),
    (cells.QUANTITY, DIGITS),
    (cells.POINTS, st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)),
    (cells.PRICE, DIGITS),
    (cells.DATE, st.dates(FIRST.date(), LAST.date())),
    (cells.LOCAL, st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(microsecond=0))),
    (cells.YES_NO, st.booleans()),
    (cells.OPEN_SIDES, st.integers(1, 15)),
    (cells.CODES, st.lists(NAME, unique=True, min_size=1)),
    (cells.SLOTS, st.lists(st.integers(1, 10_000), unique=True, min_size=1)),
    (cells.ENTRANCES, st.lists(st.fixed_dictionaries({"name": NAME, "x": CM, "y": CM}), min_size=1)),
    (
        cells.COLUMNS,
        st.lists(st.fixed_dictionaries({"x": CM, "y": CM, "width": CM, "depth": CM}), min_size=1),
    ),
    (
        cells.POINTS_ORIGIN,
        st.lists(st.fixed_dictionaries({"source": NAME, "points": st.integers(-999, 999)}), min_size=1),
    ),
    (
        columns.WISH_LIST,
        st.lists(
            st.one_of(
                st.tuples(st.sampled_from(["corner", "near_entrance"]), st.just("")),
                st.tuples(st.sampled_from(["beside", "stand", "zone", "hall"]), NAME),
            ),
            unique=True,
            min_size=1,
        ),
    ),
    (
        columns.PART_LIST,
        st.lists(st.tuples(NAME, st.sampled_from(columns.ROLES)), unique=True, min_size=1),
    ),
]


@pytest.mark.parametrize(("kind", "values"), KINDS)
@given(data=st.data())
def test_a_written_value_reads_back_the_same(kind, values, data):
    value = data.draw(values)
    assert kind.read(as_text(kind.write(value)).strip()) == value


@given(st.text(max_size=30))
@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_whatever_is_typed_is_a_value_or_refused_in_words(kind, text):
    try:
        kind.read(text.strip())
    except BadCell as bad:
        assert str(bad.sentence)


def test_numbers_are_written_without_needless_zeros():
    assert as_text(cells.QUANTITY.write(Decimal("12.500"))) == "12.5"
    assert as_text(cells.METRES.write(300)) == "3"
    assert as_text(cells.PRICE.write(Decimal("12.50"))) == "12.50"


def test_dates_of_a_workbook_with_a_clock_are_read():
    assert cells.LOCAL.read("2023-06-15") == datetime(2023, 6, 15)  # noqa: DTZ001
    assert cells.DATE.read("2023-06-15") == date(2023, 6, 15)


def test_the_words_are_those_of_the_database():
    assert columns.SHAPES == exhibitors.SHAPES
    assert columns.SIZES == exhibitors.SIZES
    assert columns.STATES == exhibitors.STATES
    assert columns.WISHES == exhibitors.WISHES
    assert columns.PEOPLE == registration.KINDS
