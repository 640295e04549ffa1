"""Exchange rates of the reference edition: yuan for one unit of a currency, rounded, for demonstration."""

from decimal import ROUND_HALF_UP, Decimal

from expo.money import exponent

HOME = "CNY"
ON_DATE = "2023-06-15"
SOURCE = "Demonstration rates of the organiser; the dollar as implied by ¥1 bn = $140 M"
RATES = {
    "CNY": Decimal(1),
    "USD": Decimal("7.143"),
    "EUR": Decimal("7.72"),
    "RUB": Decimal("0.085"),
    "KZT": Decimal("0.0158"),
    "INR": Decimal("0.0871"),
    "PKR": Decimal("0.0249"),
    "AED": Decimal("1.945"),
    "TRY": Decimal("0.302"),
    "JPY": Decimal("0.0509"),
    "KRW": Decimal("0.0056"),
}


def from_usd(usd: Decimal, currency: str) -> Decimal:
    """A dollar price in another currency, to its minor unit and never nothing."""
    least = Decimal(1).scaleb(-exponent(currency))
    return max(least, (usd * RATES["USD"] / RATES[currency]).quantize(least, ROUND_HALF_UP))


def to_usd(price: Decimal, currency: str) -> Decimal:
    """The other way round, unrounded."""
    return price * RATES[currency] / RATES["USD"]
