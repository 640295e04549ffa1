"""Units, prices and certificates brought to one form; what is unknown is compared by its name only."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

_TO = {
    "kg": {"g": "0.001", "kg": "1", "q": "100", "t": "1000", "mt": "1000", "ton": "1000", "tonne": "1000",
           "tonnes": "1000", "tons": "1000", "kgs": "1", "lb": "0.45359237"},
    "l": {"ml": "0.001", "l": "1", "litre": "1", "liter": "1", "litres": "1", "hl": "100", "m3": "1000"},
    "m": {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000"},
    "pcs": {"pcs": "1", "pc": "1", "piece": "1", "pieces": "1", "unit": "1", "units": "1", "ea": "1",
            "dozen": "12"},
}  # fmt: skip
_BASES = {unit: (base, Decimal(times)) for base, several in _TO.items() for unit, times in several.items()}


@lru_cache(maxsize=4_096)
def base_of(unit: str) -> tuple[str, Decimal]:
    """The unit that a unit is counted in, and how many of it make one: "t" → ("kg", 1000)."""
    plain = unit.strip().casefold().rstrip(".")
    return _BASES.get(plain, (plain, Decimal(1)))


def comparable(price_minor: int, currency: str, unit: str, rates: Mapping[str, Decimal]) -> tuple[str, float]:
    """What a price is compared by ("home/kg", or the currency's own where it has no rate), and the price
    so. `rates` holds units of the edition's currency for one minor unit of another."""
    base, times = base_of(unit)
    rate = rates.get(currency)
    key = f"{'home' if rate is not None else currency}/{base}"
    return key, float(Decimal(price_minor) * (Decimal(1) if rate is None else rate) / times)


@lru_cache(maxsize=4_096)
def certificate(name: str) -> str:
    """A certificate as it is compared: "ISO 22000" and "iso-22000" are one."""
    return "".join(char for char in name.casefold() if char.isalnum())
