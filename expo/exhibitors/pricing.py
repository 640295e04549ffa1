"""What a place costs: order lines from stands and the edition's prices, to the minor unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import Any

from expo.money import exponent, shares, times

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
CORNERS = (NORTH | EAST, EAST | SOUTH, SOUTH | WEST, WEST | NORTH)
ALL_SIDES = NORTH | EAST | SOUTH | WEST
THOUSANDTH = Decimal("0.001")
CM2_A_M2 = 10_000
TEXTS: dict[str, dict[str, str]] = {
    "shell": {
        "zh": "标准展位 {what}", "ru": "Оборудованный стенд {what}",
        "en": "Shell stand {what}", "ur": "تیار اسٹال {what}",
    },
    "raw": {
        "zh": "光地 {what}", "ru": "Необорудованная площадь {what}",
        "en": "Raw space {what}", "ur": "خالی جگہ {what}",
    },
    "corner": {
        "zh": "角位附加费 {what}%", "ru": "Надбавка за угловое место, {what} %",
        "en": "Corner surcharge, {what} %", "ur": "کونے کا اضافی چارج، {what} فیصد",
    },
    "island": {
        "zh": "岛位附加费 {what}%", "ru": "Надбавка за островное место, {what} %",
        "en": "Island surcharge, {what} %", "ur": "چاروں طرف سے کھلی جگہ کا اضافی چارج، {what} فیصد",
    },
    "power": {
        "zh": "供电接入", "ru": "Подключение к электросети",
        "en": "Power connection", "ur": "بجلی کا کنکشن",
    },
}  # fmt: skip
"""What lines are called. A line keeps its text for good, so these are content, not catalogue entries."""


@dataclass(frozen=True)
class Place:
    """What was allotted: stand codes and net areas in cm² by kind.

    open_sides has, for each stand, its sides on an aisle: N=1, E=2, S=4, W=8 added up.
    """

    shell_stands: tuple[str, ...] = ()
    raw_stands: tuple[str, ...] = ()
    shell_cm2: int = 0
    raw_cm2: int = 0
    open_sides: tuple[int, ...] = ()


@dataclass(frozen=True)
class Prices:
    """Prices in minor units of the currency, surcharges in percent of the floor, tax in basis points."""

    currency: str
    shell_m2: int = 0
    raw_m2: int = 0
    corner_percent: Decimal = Decimal(0)
    island_percent: Decimal = Decimal(0)
    power_kw: int = 0
    tax_bp: int = 0


@dataclass(frozen=True)
class Line:
    """quantity × unit price = net; the line's share of the tax."""

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


def read_prices(given: Mapping[str, Any], currency: str) -> Prices:
    """Prices from the edition's settings, decimals as text: {"shell_m2": "1200.00", …}.

    What is absent, negative or no number is free.
    """

    def amount(name: str) -> Decimal:
        try:
            value = Decimal(str(given.get(name, 0)))
        except InvalidOperation:
            return Decimal(0)
        return value if value.is_finite() and value > 0 else Decimal(0)

    def minor(name: str) -> int:
        return _whole(amount(name).scaleb(exponent(currency)))

    return Prices(
        currency=currency,
        shell_m2=minor("shell_m2"),
        raw_m2=minor("raw_m2"),
        corner_percent=amount("corner_percent"),
        island_percent=amount("island_percent"),
        power_kw=minor("power_kw"),
        tax_bp=min(_whole(amount("tax_percent") * 100), 10_000),
    )


def sidedness(open_sides: Sequence[int]) -> str:
    """'island' when all four sides are open, 'corner' when two aisles meet at a stand, else ''."""
    if reduce(or_, open_sides, 0) == ALL_SIDES:
        return "island"
    return "corner" if any(sides & corner == corner for sides in open_sides for corner in CORNERS) else ""


def quote(place: Place, power_kw: int, prices: Prices) -> Quote:
    """The order for a place: floor by kind, surcharge for its open sides, power.

    What costs nothing is left out.
    The tax is taken once of the whole net sum and parted among the lines by largest remainder, so that it is
    neither more nor less than the law's rate of what is due.
    """
    bare = [
        _line("shell", _m2(place.shell_cm2), "m²", prices.shell_m2, ", ".join(place.shell_stands)),
        _line("raw", _m2(place.raw_cm2), "m²", prices.raw_m2, ", ".join(place.raw_stands)),
    ]
    floor = sum(net for *_, net in bare)
    if kind := sidedness(place.open_sides):
        percent = prices.island_percent if kind == "island" else prices.corner_percent
        bare.append(_line(kind, Decimal(1), "", _whole(floor * percent / 100), f"{percent.normalize():f}"))
    bare.append(_line("power", Decimal(power_kw), "kW", prices.power_kw))
    return Quote(prices.currency, _taxed([line for line in bare if line[-1]], prices.tax_bp))


def _line(kind: str, quantity: Decimal, unit: str, each: int, what: str = "") -> tuple:
    texts = {language: text.format(what=what) for language, text in TEXTS[kind].items()}
    return kind, texts, quantity, unit, each, times(quantity, each)


def _taxed(bare: list[tuple], tax_bp: int) -> tuple[Line, ...]:
    nets = [line[-1] for line in bare]
    if not nets:
        return ()
    tax = shares(_whole(Decimal(sum(nets)) * tax_bp / 10_000), nets)
    return tuple(Line(*line, tax_bp, part) for line, part in zip(bare, tax, strict=True))


def _m2(cm2: int) -> Decimal:
    return (Decimal(cm2) / CM2_A_M2).quantize(THOUSANDTH, ROUND_HALF_EVEN)


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_EVEN))
