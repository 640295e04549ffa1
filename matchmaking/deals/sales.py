"""A sale at a stand as it is told, and what no sale can be: for the till and for those of a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from expo import money
from expo.words import Sentence, say
from matchmaking.catalogue.hs import valid_hs
from matchmaking.deals.content import MOST_MINOR
from matchmaking.deals.headings import may_exist
from matchmaking.deals.units import suits

PAID_BY = ("cash", "card", "wallet")
LONGEST_KEY = 64


@dataclass(frozen=True)
class Sale:
    """Something sold at a stand; `key` is the device's own, the price in minor units of `currency`."""

    key: str
    day: date
    hs: str
    text: str
    quantity: Decimal
    unit: str
    unit_price_minor: int
    currency: str
    paid_by: str = "cash"


def faults(sale: Sale, first_day: date, last_day: date) -> Iterator[tuple[str, Sentence]]:
    """(field, why) of whatever cannot be, for an expo from one day to the other."""
    if not first_day <= sale.day <= last_day:
        yield "day", say("Sales are made on the days of the expo.")
    if not 1 <= len(sale.key) <= LONGEST_KEY or sale.paid_by not in PAID_BY:
        yield "paid_by", say("Choose how it was paid.")
    if len(sale.hs) != 6 or not valid_hs(sale.hs) or not may_exist(sale.hs):
        yield "hs", say("%(code)s is not an HS code of six digits.", code=sale.hs)
    elif not suits(sale.hs, sale.unit):
        yield (
            "unit",
            say("Goods of HS %(code)s are not counted in %(unit)s.", code=sale.hs, unit=sale.unit),
        )
    if not money.is_currency(sale.currency):
        yield "currency", say("%(code)s is not a currency code of ISO 4217.", code=sale.currency)
    if not 0 < sale.quantity <= 10**9 or sale.quantity != round(sale.quantity, 3):
        yield "quantity", say("A quantity is above zero and has at most three decimals.")
    elif sale.unit_price_minor <= 0:
        yield "price", say("A price is above zero.")
    elif money.times(sale.quantity, sale.unit_price_minor) > MOST_MINOR // 1000:
        yield "price", say("That is more money than a till can hold. Check quantity and price.")
