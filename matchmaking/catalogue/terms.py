"""What an exhibitor says of a product, and the words of trade it may use."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from babel import Locale

from expo.languages import LanguageMap

INCOTERMS = ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF")  # ICC, 2020
UNITS = ("pcs", "kg", "t", "l", "m", "m2", "m3", "pair", "set", "box")
LARGEST_QUANTITY = Decimal(10) ** 12
LARGEST_PRICE = Decimal(10) ** 12
LONGEST_NAME = 200
MOST_CERTIFICATES = 20
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
COUNTRIES = frozenset(c for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", c)) - _NO_COUNTRY


@dataclass(frozen=True)
class Offer:
    """A product as its exhibitor describes it; `price` is in major units for one `unit` (0: on request)."""

    name: LanguageMap
    hs: str
    origin: str
    quantity: Decimal = Decimal(0)
    unit: str = "pcs"
    price: Decimal = Decimal(0)
    currency: str = "CNY"
    incoterm: str = ""
    certificates: tuple[str, ...] = field(default=())
