"""How well a need and an offer fit, criterion by criterion, each with a reason that a person can check.

A fit is counted in whole thousandths, so that every way of computing agrees. Each side weighs the same fits
in its own way, to 100 points; the two sides' points make the score of the pair.
"""

from dataclasses import dataclass

from matchmaking.catalogue.hs import shared_level
from matchmaking.recommendations.trade import Trade

FULL, HALF = 1000, 500
"""What nobody asked for is met in full; what the other side did not state earns half."""
HS_FIT = {6: 1000, 4: 700, 2: 300, 0: 0}
PRICE_SLACK_PCT = 25
"""A price this far above the buyer's limit earns nothing; in between it falls evenly."""

WEIGHTS: dict[str, tuple[int, int]] = {
    "hs": (34, 34),
    "text": (10, 10),
    "price": (14, 12),
    "certificates": (12, 0),
    "quantity": (8, 0),
    "volume": (0, 14),
    "languages": (7, 7),
    "incoterm": (4, 4),
    "origin": (4, 0),
    "market": (0, 10),
    "trade": (4, 6),
    "forum": (3, 3),
}
"""Criterion → points for the buyer and for the exhibitor; 100 for each."""
assert [sum(side) for side in zip(*WEIGHTS.values(), strict=True)] == [100, 100]


@dataclass(frozen=True)
class Need:
    """What a buyer looks for: `hs` of 2, 4 or 6 digits; quantity and prices 0 when open.

    Quantities are in the base of their unit, prices comparable under `price_key` (see `measures`). `texts`
    has the stems of the words, a set for each language; `countries` are the origins wanted, `country` is the
    buyer's own.
    """

    id: int
    buyer: int
    hs: str
    texts: tuple[frozenset[str], ...] = ()
    quantity: float = 0.0
    unit: str = ""
    min_price: float = 0.0
    max_price: float = 0.0
    price_key: str = ""
    incoterm: str = ""
    certificates: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    country: str = ""
    forums: frozenset[str] | None = None


@dataclass(frozen=True)
class Offer:
    """What an exhibitor brings: `hs` of 6 digits, quantity and price 0 when not stated; `markets` are the
    countries it wants to sell in (none: all), `forums` those its people follow (None: it does not tell)."""

    id: int
    exhibitor: int
    hs: str
    stems: frozenset[str] = frozenset()
    origin: str = ""
    quantity: float = 0.0
    unit: str = ""
    price: float = 0.0
    price_key: str = ""
    incoterm: str = ""
    certificates: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    forums: frozenset[str] | None = None


@dataclass(frozen=True)
class Fit:
    """One criterion: what was found, and how well it fits, of 1,000."""

    criterion: str
    code: str
    permille: int

    def points(self, side: int) -> float:
        """The points it brings a side (0: the buyer, 1: the exhibitor), to a tenth."""
        return round(WEIGHTS[self.criterion][side] * self.permille / FULL, 1)


@dataclass(frozen=True)
class Score:
    """What a pair is worth to the buyer, to the exhibitor, and to both, of 100."""

    buyer: int
    exhibitor: int

    @property
    def both(self) -> int:
        """The harmonic mean, rounded down: one side's delight does not make up for the other's boredom."""
        return 2 * self.buyer * self.exhibitor // max(self.buyer + self.exhibitor, 1)


def score(found: tuple[Fit, ...]) -> Score:
    """The points of both sides."""
    sums = (sum(WEIGHTS[one.criterion][side] * one.permille for one in found) // FULL for side in (0, 1))
    return Score(*sums)


def fits(need: Need, offer: Offer, text: int, trade: Trade) -> tuple[Fit, ...]:
    """Every criterion of a pair; `text` is how near their words are, of 1,000 (see `likeness`)."""
    level = shared_level(need.hs, offer.hs)
    words = Fit("text", "text_open", FULL) if not any(need.texts) else _text(text)
    return (
        Fit("hs", f"hs_{level}", HS_FIT[level]),
        words,
        _price(need, offer),
        _certificates(need, offer),
        _quantity(need, offer),
        _volume(need, offer),
        _languages(need, offer),
        _incoterm(need, offer),
        _country("origin", need.countries, offer.origin),
        _country("market", offer.markets, need.country),
        _trade(need, offer, trade),
        _forum(need, offer),
    )


def _text(permille: int) -> Fit:
    return Fit("text", "text_near" if permille >= HALF else "text_far" if permille else "text_none", permille)


def _price(need: Need, offer: Offer) -> Fit:
    if not need.max_price and not need.min_price:
        return Fit("price", "price_open", FULL)
    if not offer.price:
        return Fit("price", "price_not_stated", HALF)
    if need.price_key != offer.price_key:
        return Fit("price", "price_in_another_measure", HALF)
    if need.max_price and offer.price > need.max_price:
        over = 100 * (offer.price - need.max_price) / (need.max_price * PRICE_SLACK_PCT)
        return Fit("price", "price_above", max(0, int(FULL * (1 - over))))
    if offer.price < need.min_price:
        return Fit("price", "price_below", int(FULL * (offer.price / need.min_price)))
    return Fit("price", "price_within", FULL)


def _certificates(need: Need, offer: Offer) -> Fit:
    if not need.certificates:
        return Fit("certificates", "certificates_open", FULL)
    have = len(need.certificates & offer.certificates)
    code = "all" if have == len(need.certificates) else "some" if have else "none"
    return Fit("certificates", f"certificates_{code}", FULL * have // len(need.certificates))


def _quantity(need: Need, offer: Offer) -> Fit:
    if not need.quantity:
        return Fit("quantity", "quantity_open", FULL)
    if not offer.quantity:
        return Fit("quantity", "quantity_not_stated", HALF)
    if need.unit != offer.unit:
        return Fit("quantity", "quantity_in_another_unit", HALF)
    part = min(FULL, int(FULL * (offer.quantity / need.quantity)))
    return Fit("quantity", "quantity_covered" if part == FULL else "quantity_in_part", part)


def _volume(need: Need, offer: Offer) -> Fit:
    """How much of what is on offer the buyer would take."""
    if not need.quantity or not offer.quantity or need.unit != offer.unit:
        return Fit("volume", "volume_open", HALF)
    part = min(FULL, int(FULL * (need.quantity / offer.quantity)))
    return Fit("volume", "volume_whole" if part == FULL else "volume_in_part", part)


def _languages(need: Need, offer: Offer) -> Fit:
    if not need.languages or not offer.languages:
        return Fit("languages", "languages_not_stated", HALF)
    shared = need.languages & offer.languages
    return Fit("languages", "languages_shared" if shared else "languages_none", FULL if shared else 0)


def _incoterm(need: Need, offer: Offer) -> Fit:
    if not need.incoterm:
        return Fit("incoterm", "incoterm_open", FULL)
    if not offer.incoterm:
        return Fit("incoterm", "incoterm_not_stated", HALF)
    same = need.incoterm == offer.incoterm
    return Fit("incoterm", "incoterm_same" if same else "incoterm_other", FULL if same else 0)


def _country(criterion: str, wanted: frozenset[str], country: str) -> Fit:
    if not wanted:
        return Fit(criterion, f"{criterion}_open", FULL)
    if not country:
        return Fit(criterion, f"{criterion}_not_stated", HALF)
    met = country in wanted
    return Fit(criterion, f"{criterion}_{'wanted' if met else 'other'}", FULL if met else 0)


def _trade(need: Need, offer: Offer, trade: Trade) -> Fit:
    permille = trade.fit(offer.origin, need.country, offer.hs[:2])
    known = trade.rca(offer.origin, offer.hs[:2]), trade.rca(need.country, offer.hs[:2])
    if offer.origin == need.country or None in known:
        return Fit("trade", "trade_unknown", permille)
    return Fit("trade", f"trade_{permille}", permille)


def _forum(need: Need, offer: Offer) -> Fit:
    if need.forums is None or offer.forums is None:
        return Fit("forum", "forum_not_told", HALF)
    shared = need.forums & offer.forums
    return Fit("forum", "forum_shared" if shared else "forum_none", FULL if shared else 0)
