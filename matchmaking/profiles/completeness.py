"""How complete a profile is, what is missing, and what it would bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expo.words import Sentence, say


@dataclass(frozen=True)
class Missing:
    """What is missing: the page it is said on ('profile', 'needs' or 'products'), how much of the whole it
    is, of 100, and the sentence that says what it brings."""

    key: str
    page: str
    share: int
    said: Sentence


BUYER: tuple[Missing, ...] = (
    Missing("needs", "needs", 30, say("Say what you look for: without a need nobody can be recommended.")),
    Missing("hs6", "needs", 10, say("Choose six digits for a need: up to 10 points more than a chapter.")),
    Missing("words", "needs", 10, say("Put needs in words: they find offers in any language, 10 points.")),
    Missing("prices", "needs", 8, say("Name a price: 14 points are for what lies within it.")),
    Missing("quantities", "needs", 8, say("Name quantities: exhibitors weigh them with 14 points.")),
    Missing("languages", "profile", 12, say("Say which languages you speak: 7 points, and an interpreter.")),
    Missing("about", "profile", 8, say("Say who you are: exhibitors accept more readily whom they know.")),
    Missing("contact", "profile", 8, say("Name a person and an address, or no agenda reaches you.")),
    Missing("certificates", "needs", 6, say("Name the certificates you need: 12 points are for them.")),
)
EXHIBITOR: tuple[Missing, ...] = (
    Missing("products", "products", 35, say("List products: without any nobody can be recommended.")),
    Missing("prices", "products", 12, say("Give half of your products a price: 14 points for buyers.")),
    Missing("quantities", "products", 10, say("Say how much you have: buyers and you weigh it.")),
    Missing("languages", "profile", 13, say("Say which languages you speak: 7 points, and an interpreter.")),
    Missing("markets", "profile", 10, say("Say where you want to sell: 10 points go to buyers from there.")),
    Missing("certificates", "products", 10, say("Name certificates: buyers weigh them with 12 points.")),
    Missing("about", "contact", 10, say("Fill in the directory entry: buyers read it before they accept.")),
)
assert sum(one.share for one in BUYER) == sum(one.share for one in EXHIBITOR) == 100


@dataclass(frozen=True)
class Completeness:
    """So much of 100, and what is missing, the most rewarding first."""

    percent: int
    missing: tuple[Missing, ...]


def of_buyer(facts: Mapping[str, Any]) -> Completeness:
    """`facts`: how many needs there are, and of these with six digits, words, prices, quantities,
    certificates; languages; whether there is an `about` and a contact."""
    return _of(BUYER, facts)


def of_exhibitor(facts: Mapping[str, Any]) -> Completeness:
    """`facts`: how many products, and of these with prices, quantities, certificates; languages, markets,
    whether there is an `about`."""
    return _of(EXHIBITOR, facts)


def _of(parts: tuple[Missing, ...], facts: Mapping[str, Any]) -> Completeness:
    missing = tuple(sorted((one for one in parts if not facts[one.key]), key=lambda one: -one.share))
    return Completeness(100 - sum(one.share for one in missing), missing)
