"""Money: integers in minor units with an ISO 4217 code, converted once and rounded so that parts add up."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision

from expo.languages import BABEL_LOCALES

EXACT = Context(prec=80)
"""Digits enough for any product of ours: the usual 28 would round a large amount twice."""
CURRENCIES = frozenset(Locale("en").currencies)


def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 code known to CLDR."""
    return code in CURRENCIES


def exponent(currency: str) -> int:
    """Digits after the decimal mark: 2 for CNY, 0 for JPY (CLDR)."""
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """12.34 CNY → 1234. ValueError if the amount has more digits than the currency."""
    scaled = amount.scaleb(exponent(currency))
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has more decimals than {currency} allows")
    return int(scaled)


def to_major(minor: int, currency: str) -> Decimal:
    """1234 CNY → Decimal('12.34')."""
    return Decimal(minor).scaleb(-exponent(currency))


def times(quantity: Decimal, unit_price_minor: int) -> int:
    """Quantity × price in minor units, half to even: the one rounding rule of the house."""
    return int(EXACT.multiply(quantity, unit_price_minor).to_integral_value(ROUND_HALF_EVEN))


def convert(minor: int, currency: str, into: str, rate: Decimal) -> int:
    """Minor units of `currency` as those of `into`; `rate` is units of `into` for one of `currency`."""
    shift = exponent(into) - exponent(currency)
    product = EXACT.multiply(Decimal(minor), rate)
    return int(product.scaleb(shift, EXACT).to_integral_value(ROUND_HALF_EVEN))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` by weights so that the parts add up exactly (largest remainder, ties to the first)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must add up to more than nothing")
    exact = [divmod(total * weight, whole) for weight in weights]
    parts = [quotient for quotient, _ in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-exact[i][1], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def in_words(minor: int, currency: str, language: str) -> str:
    """'¥12.34' as readers of `language` write it, always with the currency."""
    return format_currency(to_major(minor, currency), currency, locale=BABEL_LOCALES[language])
