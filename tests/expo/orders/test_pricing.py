"""What a place costs, to the minor unit."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.exhibitors.pricing import TEXTS, Line, Place, Prices, quote, read_prices, sidedness
from expo.languages import LANGUAGES

PRICES = Prices(
    "CNY",
    shell_m2=120_000,
    raw_m2=100_000,
    corner_percent=Decimal(10),
    island_percent=Decimal(20),
    power_kw=18_000,
    tax_bp=600,
)


def test_a_corner_of_two_shell_units_with_power():
    place = Place(shell_stands=("A-01", "A-02"), shell_cm2=180_000, open_sides=(9, 3))
    asked = quote(place, 5, PRICES)
    assert [(line.kind, line.quantity, line.unit_price_minor, line.net_minor) for line in asked.lines] == [
        ("shell", Decimal(18), 120_000, 2_160_000),
        ("corner", Decimal(1), 216_000, 216_000),
        ("power", Decimal(5), 18_000, 90_000),
    ]
    assert (asked.net_minor, asked.tax_minor, asked.total_minor) == (2_466_000, 147_960, 2_613_960)
    assert asked.lines[0].text["en"] == "Shell stand A-01, A-02"


def test_an_island_of_raw_space():
    asked = quote(Place(raw_stands=("R-1",), raw_cm2=1_440_000, open_sides=(15,)), 0, PRICES)
    assert [(line.kind, line.net_minor) for line in asked.lines] == [
        ("raw", 14_400_000),
        ("island", 2_880_000),
    ]


@pytest.mark.parametrize(
    ("sides", "kind"),
    [
        ((), ""),
        ((1, 1), ""),
        ((5,), ""),
        ((1, 2), ""),
        ((1, 3), "corner"),
        ((7,), "corner"),
        ((9, 6), "island"),
    ],
)
def test_a_corner_is_where_two_aisles_meet(sides, kind):
    assert sidedness(sides) == kind


def test_what_has_no_price_is_not_on_the_order():
    assert quote(Place(shell_stands=("A",), shell_cm2=90_000, open_sides=(15,)), 3, Prices("CNY")).lines == ()


def test_the_tax_of_many_small_lines_is_the_tax_of_the_whole():
    prices = Prices("CNY", shell_m2=5, raw_m2=5, power_kw=5, tax_bp=1_000)
    place = Place(shell_stands=("A",), shell_cm2=10_000, raw_stands=("B",), raw_cm2=10_000)
    asked = quote(place, 1, prices)
    assert [(line.net_minor, line.tax_minor) for line in asked.lines] == [(5, 1), (5, 1), (5, 0)]


def test_prices_are_read_in_the_minor_unit_of_their_currency():
    given_ = {"shell_m2": "1200.50", "tax_percent": "6.5", "corner_percent": "7.5", "raw_m2": "nonsense"}
    assert read_prices(given_, "CNY") == Prices(
        "CNY", shell_m2=120_050, corner_percent=Decimal("7.5"), tax_bp=650
    )
    assert read_prices({"shell_m2": "1200.50"}, "JPY").shell_m2 == 1200
    assert read_prices({"shell_m2": "-1", "tax_percent": "Infinity"}, "CNY") == Prices("CNY")


def test_every_line_is_called_something_in_every_language():
    assert {kind: set(texts) for kind, texts in TEXTS.items()} == dict.fromkeys(TEXTS, set(LANGUAGES))


def adds_up(line: Line) -> bool:
    return abs(line.net_minor - line.quantity * line.unit_price_minor) <= Decimal("0.5")


areas = st.integers(0, 40_000_000)
prices = st.builds(
    Prices,
    st.sampled_from(["CNY", "JPY", "KWD"]),
    shell_m2=st.integers(0, 10**8),
    raw_m2=st.integers(0, 10**8),
    corner_percent=st.decimals(0, 100, places=2),
    island_percent=st.decimals(0, 100, places=2),
    power_kw=st.integers(0, 10**6),
    tax_bp=st.integers(0, 10_000),
)


@settings(max_examples=150, deadline=None)
@given(areas, areas, st.lists(st.integers(0, 15), max_size=4), st.integers(0, 500), prices)
def test_every_order_adds_up_and_is_the_same_twice(shell, raw, sides, power, prices):
    place = Place(("A-1",), ("R-1",), shell, raw, tuple(sides))
    asked = quote(place, power, prices)
    assert asked == quote(place, power, prices)
    assert all(adds_up(line) and line.net_minor > 0 and line.quantity > 0 for line in asked.lines)
    assert abs(asked.tax_minor - Decimal(asked.net_minor) * prices.tax_bp / 10_000) <= Decimal("0.5")
    exact = [Decimal(line.net_minor) * prices.tax_bp / 10_000 for line in asked.lines]
    assert all(abs(line.tax_minor - tax) < 2 for line, tax in zip(asked.lines, exact, strict=True))
    assert asked.total_minor == sum(line.net_minor + line.tax_minor for line in asked.lines)
