"""What a place costs, to the minor unit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.languages import LANGUAGES
from expo.orders.pricing import Line, Plot, Prices, Terms, quote, quoted, read_prices, sidedness
from expo.orders.texts import TEXTS

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
    plots = [Plot("A-01", "shell", 90_000, 9), Plot("A-02", "shell", 90_000, 1)]
    asked = quote(plots, Terms(power_kw=5), PRICES)
    assert [(line.kind, line.quantity, line.unit_price_minor, line.net_minor) for line in asked.lines] == [
        ("shell", Decimal(18), 120_000, 2_160_000),
        ("corner", Decimal(1), 216_000, 216_000),
        ("power", Decimal(5), 18_000, 90_000),
    ]
    assert (asked.net_minor, asked.tax_minor, asked.total_minor) == (2_466_000, 147_960, 2_613_960)
    assert asked.lines[0].text["en"] == "Shell stand A-01, A-02"


def test_an_island_of_raw_space():
    asked = quote([Plot("R-1", "raw", 1_440_000, 15)], Terms(), PRICES)
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
        ((7,), "peninsula"),
        ((9, 3), "peninsula"),
        ((9, 6), "island"),
    ],
)
def test_a_corner_is_where_two_aisles_meet(sides, kind):
    assert sidedness(sides) == kind


def test_what_has_no_price_is_not_on_the_order():
    assert quote([Plot("A", "shell", 90_000, 15)], Terms(power_kw=3), Prices("CNY")).lines == ()


def test_the_tax_of_many_small_lines_is_the_tax_of_the_whole():
    prices = Prices("CNY", shell_m2=5, raw_m2=5, power_kw=5, tax_bp=1_000)
    plots = [Plot("A", "shell", 10_000), Plot("B", "raw", 10_000)]
    asked = quote(plots, Terms(power_kw=1), prices)
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


DAY = date(2026, 3, 1)
percents = st.decimals(0, 100, places=2)
plots = st.lists(
    st.builds(
        Plot, st.just("A"), st.sampled_from(["shell", "raw"]), st.integers(0, 40_000_000), st.integers(0, 15),
        st.sampled_from(["", "NAT", "INT"]),
    ),
    max_size=5,
)  # fmt: skip
terms = st.builds(Terms, st.integers(0, 500), st.just(DAY), st.booleans(), st.booleans(), st.booleans())
prices = st.builds(
    Prices,
    st.sampled_from(["CNY", "JPY", "KWD"]),
    shell_m2=st.integers(0, 10**8),
    raw_m2=st.integers(0, 10**8),
    corner_percent=percents,
    island_percent=percents,
    power_kw=st.integers(0, 10**6),
    tax_bp=st.integers(0, 10_000),
    peninsula_percent=st.none() | percents,
    zones=st.just({}) | st.just({"NAT": {"shell": 77_777}}),
    early_percent=percents,
    early_until=st.none() | st.just(DAY),
    late_percent=percents,
    late_from=st.none() | st.just(DAY),
    newcomer_percent=percents,
    pavilion_percent=percents,
)


@settings(max_examples=150, deadline=None)
@given(plots, terms, prices)
def test_every_order_adds_up_and_is_the_same_twice(plots, terms, prices):
    asked = quote(plots, terms, prices)
    assert asked == quote(plots, terms, prices)
    assert all(adds_up(line) and line.net_minor and line.quantity > 0 for line in asked.lines)
    rate = 0 if terms.exempt else prices.tax_bp
    assert abs(asked.tax_minor - Decimal(asked.net_minor) * rate / 10_000) <= Decimal("0.5")
    assert asked.net_minor >= 0
    assert asked.total_minor == sum(line.net_minor + line.tax_minor for line in asked.lines)


def test_each_rate_is_taxed_by_itself():
    bare = [(kind, {}, Decimal(1), "", net, net, rate) for kind, net, rate in (
        ("a", 333, 600), ("b", 333, 1300), ("c", 333, 600), ("d", 100, 0))]  # fmt: skip
    asked = quoted("CNY", bare)
    assert [line.tax_minor for line in asked.lines] == [20, 43, 20, 0]


def test_a_zone_has_prices_of_its_own_and_days_change_what_is_due():
    prices = Prices(
        "CNY", shell_m2=100, zones={"NAT": {"shell": 150}}, early_percent=Decimal(10), early_until=DAY,
        late_percent=Decimal(20), late_from=date(2026, 4, 1), newcomer_percent=Decimal(5),
    )  # fmt: skip
    plots = [Plot("A", "shell", 90_000, zone="NAT"), Plot("B", "shell", 90_000, zone="INT")]

    def nets(**given):
        return [(line.kind, line.net_minor) for line in quote(plots, Terms(**given), prices).lines]

    assert nets(on=date(2026, 3, 2)) == [("shell", 900), ("shell", 1350)]
    assert nets(on=DAY, newcomer=True)[2:] == [("early", -225), ("newcomer", -112)]
    assert nets(on=date(2026, 4, 1))[2:] == [("late", 450)]


def test_discounts_never_exceed_the_floor():
    prices = Prices("CNY", shell_m2=3, newcomer_percent=Decimal(70), pavilion_percent=Decimal(70))
    asked = quote([Plot("A", "shell", 10_000)], Terms(newcomer=True, pavilion=True), prices)
    assert [line.net_minor for line in asked.lines] == [3, -2, -1]
