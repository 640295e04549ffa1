"""What an exhibitor says of a product, and the words of trade it may use."""

from dataclasses import dataclass
from decimal import Decimal

from expo.countries import COUNTRIES
from expo.languages import LanguageMap
from expo.money import exponent, is_currency
from expo.words import Sentence, say
from matchmaking.catalogue.hs import valid_hs

INCOTERMS = ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF", "DAT")
"""Delivery terms of the ICC, 2020, and one of 2010 that contracts still name."""
LARGEST_QUANTITY = Decimal(10) ** 12
LARGEST_PRICE = Decimal(10) ** 12
LONGEST_NAME = 200
LONGEST_UNIT = 10
MOST_CERTIFICATES = 20


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
    certificates: tuple[str, ...] = ()


def flaws(offer: Offer) -> list[Sentence]:
    """What keeps an offer from being listed, in the order of the form; nothing for a good one."""
    found = (_flaw_of_name(offer), _flaw_of_goods(offer), *_flaws_of_trade(offer))
    return [flaw for flaw in found if flaw]


def _flaw_of_name(offer: Offer) -> Sentence | None:
    if not any(text.strip() for text in offer.name.values()):
        return say("Give the product a name in at least one language.")
    if any(len(text) > LONGEST_NAME for text in offer.name.values()):
        return say("A name has at most %(count)s characters.", count=LONGEST_NAME)
    return None


def _flaw_of_goods(offer: Offer) -> Sentence | None:
    if len(offer.hs) != 6 or not valid_hs(offer.hs):
        return say("%(code)s is no six-digit code of the Harmonized System, such as 0409.00.", code=offer.hs)
    if offer.origin not in COUNTRIES:
        return say("%(code)s is no country. Use two letters, such as KG.", code=offer.origin)
    return None


def _flaws_of_trade(offer: Offer) -> list[Sentence | None]:
    checks = (
        (
            _is_amount(offer.quantity, LARGEST_QUANTITY, 3),
            say("The quantity is a number from 0, with three decimals at most."),
        ),
        (
            1 <= len(offer.unit) <= LONGEST_UNIT,
            say("Say the unit in at most %(count)s characters, such as kg.", count=LONGEST_UNIT),
        ),
        (
            is_currency(offer.currency),
            say("%(code)s is no currency. Use three letters, such as CNY.", code=offer.currency),
        ),
        (
            not is_currency(offer.currency)
            or _is_amount(offer.price, LARGEST_PRICE, exponent(offer.currency)),
            say("The price is a number from 0, with as many decimals as the currency has."),
        ),
        (
            not offer.incoterm or offer.incoterm in INCOTERMS,
            say("%(code)s is no delivery term. Use one such as FOB.", code=offer.incoterm),
        ),
        (
            len(offer.certificates) <= MOST_CERTIFICATES,
            say("List at most %(count)s certificates.", count=MOST_CERTIFICATES),
        ),
    )
    return [None if fine else flaw for fine, flaw in checks]


def _is_amount(value: Decimal, largest: Decimal, decimals: int) -> bool:
    """A finite number from 0 with so many decimals at most."""
    return value.is_finite() and 0 <= value <= largest and value == round(value, decimals)
