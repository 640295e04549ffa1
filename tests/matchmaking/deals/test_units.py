"""Units measure what they measure, and goods are counted in what can measure them."""

import pytest

from matchmaking.catalogue.hs_names import CHAPTERS
from matchmaking.deals.content import annualised, quantity
from matchmaking.deals.headings import LAST, may_exist
from matchmaking.deals.units import COMMON, measure_of, suits


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        ("kg", "mass"),
        ("KG", "mass"),
        ("pcs.", "count"),
        ("m²", "area"),
        ("т", "mass"),
        ("kWh", "energy"),
        ("", None),
        ("wagonload", None),
    ],
)
def test_a_unit_measures(unit, measure):
    assert measure_of(unit) == measure


@pytest.mark.parametrize(
    ("hs", "unit", "suited"),
    [
        ("040900", "kg", True),
        ("040900", "bottle", True),
        ("040900", "m2", False),
        ("040900", "kWh", False),
        ("271600", "kWh", True),
        ("271600", "pcs", False),
        ("271121", "mmbtu", True),
        ("870323", "pcs", True),
        ("870323", "l", False),
        ("570110", "m2", True),
        ("852872", "pcs", True),
        ("100199", "hour", False),
        ("100199", "nothing", False),
    ],
)
def test_goods_are_counted_in_what_can_measure_them(hs, unit, suited):
    assert suits(hs, unit) == suited


def test_every_common_unit_is_known_and_every_chapter_has_headings():
    assert {measure_of(unit) for unit in COMMON} >= {"mass", "count", "volume", "area", "length", "energy"}
    assert {chapter for chapter, last in LAST.items() if last} == set(CHAPTERS)


@pytest.mark.parametrize(
    ("hs", "there"),
    [
        ("040900", True),
        ("041100", False),
        ("970690", True),
        ("970790", False),
        ("770100", False),
        ("040000", False),
        ("0409", False),
        ("٠٤٠٩٠٠", False),
    ],
)
def test_headings_lie_within_their_chapter(hs, there):
    assert may_exist(hs) == there


@pytest.mark.parametrize(
    ("minor", "months", "a_year"),
    [
        (1000, None, 1000),
        (1000, 12, 1000),
        (1000, 36, 333),
        (100, 24, 50),
        (5, 24, 2),
        (15, 24, 8),
        (100, 1, 1200),
    ],
)
def test_a_sum_of_several_years_as_one_of_a_year(minor, months, a_year):
    assert annualised(minor, months) == a_year


@pytest.mark.parametrize(
    ("value", "text"), [("10.000", "10"), ("10", "10"), ("0.500", "0.5"), ("1E+3", "1000")]
)
def test_a_quantity_is_written_in_one_way(value, text):
    assert quantity(value) == text
