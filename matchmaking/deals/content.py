"""What a deal says, as plain values: lines, parties, projects, and how they are sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from expo import money

MOST_MINOR = 10**17
"""The largest amount of a deal, in minor units: well within what the database counts."""


@dataclass(frozen=True)
class Line:
    """What is sold: HS of six digits, language map of words, quantity in `unit`, price in minor units.

    `incoterm` and `delivery` (in words) say how it is handed over.
    """

    hs: str
    text: Mapping[str, str]
    quantity: Decimal
    unit: str
    unit_price_minor: int
    product_id: int | None = None
    incoterm: str = ""
    delivery: str = ""

    @property
    def amount_minor(self) -> int:
        """Quantity × price, rounded once."""
        return money.times(self.quantity, self.unit_price_minor)


@dataclass(frozen=True)
class Party:
    """An organisation that signs beside seller and buyer, and who signs for it."""

    organisation_id: int
    role: str
    signatory: str = ""


@dataclass(frozen=True)
class Project:
    """What an investment or a cooperation is about: how (`form`), in which country, planned jobs."""

    form: str
    country: str
    place: str = ""
    sector: str = ""
    summary: Mapping[str, str] | None = None
    jobs: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


FORMS: dict[str, tuple[str, ...]] = {
    "investment": ("new", "expansion", "joint_venture", "acquisition", "fund", "public_private"),
    "cooperation": ("trade", "technology", "logistics", "training", "standards", "services", "alliance"),
}
"""Type → the ways such a project is carried out."""


def home_of(total_minor: int, currency: str, home: str, rate: Decimal) -> int:
    """A total in the edition's currency: the one conversion there is."""
    return money.convert(total_minor, currency, home, rate)


def home_shares(home_minor: int, amounts: Sequence[int]) -> list[int]:
    """The lines' shares of a converted total; they add up to it exactly."""
    return money.shares(home_minor, amounts) if sum(amounts) else [0] * len(amounts)


def annualised(minor: int, term_months: int | None) -> int:
    """A sum over so many months as one of a year, half to even; without a term the sum itself."""
    if term_months is None:
        return minor
    whole, rest = divmod(12 * minor, term_months)
    return whole + (2 * rest > term_months or (2 * rest == term_months and whole % 2 == 1))


def sealed_lines(lines: Sequence[Any]) -> list[list[Any]]:
    """Lines as events keep them: HS, quantity, unit, price, amount, terms, words."""
    return [
        [
            x.hs, quantity(x.quantity), x.unit, x.unit_price_minor, x.amount_minor, x.incoterm, x.delivery,
            dict(x.text),
        ]
        for x in lines
    ]  # fmt: skip


def quantity(value: Decimal | str) -> str:
    """A quantity in one way only: 10, not 10.000."""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
