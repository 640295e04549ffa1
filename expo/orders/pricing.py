"""What a place costs: order lines from stands and the edition's prices, to the minor unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import Any

from expo.money import exponent, shares, times
from expo.orders.texts import text_of

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
CORNERS = (NORTH | EAST, EAST | SOUTH, SOUTH | WEST, WEST | NORTH)
ALL_SIDES = NORTH | EAST | SOUTH | WEST
THOUSANDTH = Decimal("0.001")
CM2_A_M2 = 10_000
KINDS = ("shell", "raw")


@dataclass(frozen=True)
class Plot:
    """A stand that was allotted: net area in cm²; sides on an aisle as the sum of N=1, E=2, S=4, W=8."""

    code: str
    kind: str
    area_cm2: int
    open_sides: int = 0
    zone: str = ""


@dataclass(frozen=True)
class Terms:
    """Whose order it is and when: what surcharges and discounts depend on."""

    power_kw: int = 0
    on: date | None = None
    newcomer: bool = False
    pavilion: bool = False
    exempt: bool = False


@dataclass(frozen=True)
class Prices:
    """Prices in minor units of the currency, surcharges in percent of the floor, tax in basis points.

    zones: zone code → price of a m² by kind, where it differs. peninsula_percent None: as for a corner.
    """

    currency: str
    shell_m2: int = 0
    raw_m2: int = 0
    corner_percent: Decimal = Decimal(0)
    island_percent: Decimal = Decimal(0)
    power_kw: int = 0
    tax_bp: int = 0
    peninsula_percent: Decimal | None = None
    zones: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    early_percent: Decimal = Decimal(0)
    early_until: date | None = None
    late_percent: Decimal = Decimal(0)
    late_from: date | None = None
    newcomer_percent: Decimal = Decimal(0)
    pavilion_percent: Decimal = Decimal(0)

    def m2(self, kind: str, zone: str) -> int:
        """The price of a m² there."""
        usual = self.shell_m2 if kind == "shell" else self.raw_m2
        return self.zones.get(zone, {}).get(kind, usual)

    def side_percent(self, kind: str) -> Decimal:
        """The surcharge for open sides of a kind."""
        peninsula = self.corner_percent if self.peninsula_percent is None else self.peninsula_percent
        return {"corner": self.corner_percent, "peninsula": peninsula, "island": self.island_percent}[kind]


@dataclass(frozen=True)
class Line:
    """quantity × unit price = net; the line's share of the tax. A discount's price is negative."""

    kind: str
    text: dict[str, str]
    quantity: Decimal
    unit: str
    unit_price_minor: int
    net_minor: int
    tax_bp: int
    tax_minor: int


@dataclass(frozen=True)
class Quote:
    """The lines of an order; totals are their sums."""

    currency: str
    lines: tuple[Line, ...]

    @property
    def net_minor(self) -> int:
        """Before tax."""
        return sum(line.net_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        """The tax on all lines."""
        return sum(line.tax_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """What is due."""
        return self.net_minor + self.tax_minor


def read_amount(given: object) -> Decimal:
    """A decimal as it is kept in settings; what is absent, negative or no number is nothing."""
    try:
        value = Decimal(str(given or 0))
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and value > 0 else Decimal(0)


def read_prices(given: Mapping[str, Any], currency: str) -> Prices:
    """Prices from the edition's settings, decimals as text: {"shell_m2": "1200.00", …}.

    What is absent, negative or no number is free.
    """

    def minor(name: str) -> int:
        return in_minor(read_amount(given.get(name)), currency)

    return Prices(
        currency=currency,
        shell_m2=minor("shell_m2"),
        raw_m2=minor("raw_m2"),
        corner_percent=read_amount(given.get("corner_percent")),
        island_percent=read_amount(given.get("island_percent")),
        power_kw=minor("power_kw"),
        tax_bp=min(whole(read_amount(given.get("tax_percent")) * 100), 10_000),
    )


def in_minor(amount: Decimal, currency: str) -> int:
    """An amount in minor units, rounded half to even where it is finer than the currency."""
    return whole(amount.scaleb(exponent(currency)))


def sidedness(open_sides: Sequence[int]) -> str:
    """'island' with four open sides, 'peninsula' with three, 'corner' where two aisles meet; else ''.

    Sides of several stands count together; two that never meet at a stand are a passage, not a corner.
    """
    union = reduce(or_, open_sides, 0)
    if union == ALL_SIDES:
        return "island"
    if not any(sides & corner == corner for sides in open_sides for corner in CORNERS):
        return ""
    return "peninsula" if union.bit_count() == 3 else "corner"


def quote(plots: Sequence[Plot], terms: Terms, prices: Prices) -> Quote:
    """The order for a place: floor by zone and kind, surcharges and discounts on it, power.

    What costs nothing is left out.
    """
    bare = _floor(plots, prices)
    floor = sum(net for *_, net, _tax in bare)
    left = floor  # discounts together never exceed the floor
    for kind, sign, percent in _percents(plots, terms, prices):
        each = sign * min(whole(floor * percent / 100), left if sign < 0 else floor * 100)
        left += min(each, 0)
        name = text_of(kind, f"{percent.normalize():f}")
        bare.append((kind, name, Decimal(1), "", each, each, prices.tax_bp))
    bare.append(_line("power", Decimal(terms.power_kw), "kW", prices.power_kw, "", prices.tax_bp))
    return quoted(prices.currency, [line for line in bare if line[-2]], exempt=terms.exempt)


def quoted(currency: str, bare: Sequence[tuple], *, exempt: bool = False) -> Quote:
    """Lines (kind, text, quantity, unit, each, net, tax in basis points) with their tax.

    The tax of each rate is taken once of its net sum and parted among its lines by largest remainder, so that
    it is neither more nor less than the law's rate of what is due.
    """
    rated = [(*line[:-1], 0) if exempt else line for line in bare]
    parts: dict[int, int] = {}
    for rate in {line[-1] for line in rated}:
        places = [at for at, line in enumerate(rated) if line[-1] == rate]
        parts |= dict(zip(places, taxes([rated[at][-2] for at in places], rate), strict=True))
    return Quote(currency, tuple(Line(*line, parts[at]) for at, line in enumerate(rated)))


def taxes(nets: Sequence[int], tax_bp: int) -> list[int]:
    """The tax of lines of one rate: that of their sum, parted so that the parts add up."""
    total = sum(nets)
    if total <= 0:
        return [0] * len(nets)
    return shares(whole(Decimal(total) * tax_bp / 10_000), nets)


def _floor(plots: Sequence[Plot], prices: Prices) -> list[tuple]:
    """The floor, dearest kind first, one line a zone and kind."""
    groups: dict[tuple[int, str], list[Plot]] = defaultdict(list)
    for plot in plots:
        groups[KINDS.index(plot.kind), plot.zone if plot.zone in prices.zones else ""].append(plot)
    found = []
    for (kind, zone), inside in sorted(groups.items()):
        area, codes = sum(plot.area_cm2 for plot in inside), ", ".join(plot.code for plot in inside)
        found.append(_line(KINDS[kind], _m2(area), "m²", prices.m2(KINDS[kind], zone), codes, prices.tax_bp))
    return found


def _percents(plots: Sequence[Plot], terms: Terms, prices: Prices) -> list[tuple[str, int, Decimal]]:
    """Which surcharges (+1) and discounts (-1) apply, in percent of the floor."""
    found = []
    if kind := sidedness([plot.open_sides for plot in plots]):
        found.append((kind, 1, prices.side_percent(kind)))
    if terms.on and prices.early_until and terms.on <= prices.early_until:
        found.append(("early", -1, prices.early_percent))
    if terms.on and prices.late_from and terms.on >= prices.late_from:
        found.append(("late", 1, prices.late_percent))
    if terms.newcomer:
        found.append(("newcomer", -1, prices.newcomer_percent))
    if terms.pavilion:
        found.append(("pavilion", -1, prices.pavilion_percent))
    return found


def _line(kind: str, quantity: Decimal, unit: str, each: int, what: str, tax_bp: int) -> tuple:
    return kind, text_of(kind, what), quantity, unit, each, times(quantity, each), tax_bp


def _m2(cm2: int) -> Decimal:
    return (Decimal(cm2) / CM2_A_M2).quantize(THOUSANDTH, ROUND_HALF_EVEN)


def whole(value: Decimal) -> int:
    """Rounded half to even: the one rounding rule of the house."""
    return int(value.to_integral_value(ROUND_HALF_EVEN))
