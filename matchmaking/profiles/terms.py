"""What a buyer says of something it looks for, and what keeps that from being a need."""

from dataclasses import dataclass, field
from decimal import Decimal

from expo.countries import COUNTRIES
from expo.languages import LanguageMap
from expo.money import exponent, is_currency
from expo.words import Sentence, say
from matchmaking.catalogue.hs import valid_hs
from matchmaking.catalogue.terms import (
    INCOTERMS,
    LARGEST_PRICE,
    LARGEST_QUANTITY,
    LONGEST_UNIT,
    MOST_CERTIFICATES,
)

MOST_NEEDS = 200
"""Needs of one buyer."""
LONGEST_TEXT = 500
MOST_COUNTRIES = 60


@dataclass(frozen=True)
class Wish:
    """Something looked for: prices in major units for one `unit` (0: open), `hs` of 2, 4 or 6 digits."""

    hs: str
    text: LanguageMap = field(default_factory=dict)
    quantity: Decimal = Decimal(0)
    unit: str = "pcs"
    min_price: Decimal = Decimal(0)
    max_price: Decimal = Decimal(0)
    currency: str = "CNY"
    incoterm: str = ""
    certificates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def flaws(wish: Wish) -> list[Sentence]:
    """What is wrong, in the order of the form; nothing for a good one."""
    known = is_currency(wish.currency)
    decimals = exponent(wish.currency) if known else 0
    checks = (
        (
            valid_hs(wish.hs),
            say("%(code)s is no HS code. Give two, four or six digits, such as 0409.", code=wish.hs),
        ),
        (
            all(len(text) <= LONGEST_TEXT for text in wish.text.values()),
            say("Put it in at most %(count)s characters.", count=LONGEST_TEXT),
        ),
        (
            _is_amount(wish.quantity, LARGEST_QUANTITY, 3),
            say("The quantity is a number from 0, with three decimals at most."),
        ),
        (
            1 <= len(wish.unit) <= LONGEST_UNIT,
            say("Say the unit in at most %(count)s characters, such as kg.", count=LONGEST_UNIT),
        ),
        (known, say("%(code)s is no currency. Use three letters, such as CNY.", code=wish.currency)),
        (
            not known
            or all(_is_amount(one, LARGEST_PRICE, decimals) for one in (wish.min_price, wish.max_price)),
            say("The price is a number from 0, with as many decimals as the currency has."),
        ),
        (
            not wish.max_price or wish.min_price <= wish.max_price,
            say("The lowest price is above the highest."),
        ),
        (
            not wish.incoterm or wish.incoterm in INCOTERMS,
            say("%(code)s is no delivery term. Use one such as FOB.", code=wish.incoterm),
        ),
        (
            len(wish.certificates) <= MOST_CERTIFICATES,
            say("List at most %(count)s certificates.", count=MOST_CERTIFICATES),
        ),
        (
            set(wish.countries) <= COUNTRIES and len(wish.countries) <= MOST_COUNTRIES,
            say("List at most %(count)s countries, each by its two letters.", count=MOST_COUNTRIES),
        ),
    )
    return [flaw for fine, flaw in checks if not fine]


def _is_amount(value: Decimal, largest: Decimal, decimals: int) -> bool:
    return value.is_finite() and 0 <= value <= largest and value == round(value, decimals)
