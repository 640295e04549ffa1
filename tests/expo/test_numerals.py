"""Numbers are read as each language writes them, and nothing that only programs write is a number."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.numerals import hidden_number, read_decimal, read_integer

LANGUAGES = ("en", "zh", "ru", "ur")


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("12.50", "en", "12.50"), ("1,234.5", "en", "1234.5"), ("1,234", "zh", "1234"), ("0.5", "ru", "0.5"),
        ("1234,5", "ru", "1234.5"), ("1 234,5", "ru", "1234.5"), ("1\u00a0234", "ru", "1234"),
        ("۱۲٫۵", "ur", "12.5"), ("١٢٬٣٤٥", "ur", "12345"), ("１２．５", "zh", "12.5"), (" -3 ", "en", "-3"),
        ("007", "en", "7"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text, language, number):
    assert read_decimal(text, language) == Decimal(number)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["", "-", ".", ".5", "5.", "1e3", "1E3", "1_000", "NaN", "sNaN", "Infinity", "+5", "0x10", "1,2,3",
     "1.2.3",      "１_０", "½", "²", "१२", "1,5" + "0" * 50, "1 2", "12 34", "1'000", "--1", "1-"],
)  # fmt: skip
def test_what_is_no_number_in_any_language(text, language):
    with pytest.raises(ValueError):
        read_decimal(text, language)


def test_a_comma_that_could_mean_two_things_is_refused():
    with pytest.raises(ValueError):
        read_decimal("1,5", "en")
    with pytest.raises(ValueError):
        read_integer("1.5", "en")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_plain_number_is_itself_in_every_language(number):
    assert {read_decimal(format(number, "f"), language) for language in LANGUAGES} == {number}


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_refused(text):
    for language in LANGUAGES:
        with suppress(ValueError):
            assert read_decimal(text, language).is_finite()


@pytest.mark.parametrize(
    ("brought", "number"), [("7", 7), ("", 0), (None, 0), ("²", 0), ("-1", 0), ("٣", 0), ("9" * 5000, 0)]
)
def test_a_hidden_number_is_a_number_or_none(brought, number):
    assert hidden_number(brought) == number
