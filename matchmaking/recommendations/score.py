"""How well an offer answers a need: up to 100 points, each with a reason that a person can check."""

from dataclasses import dataclass

from matchmaking.catalogue.hs import shared_level

HS_POINTS = {0: 0, 2: 12, 4: 28, 6: 40}
PRICE, CERTIFICATES, QUANTITY, LANGUAGES, INCOTERM, ORIGIN, MARKET = 15, 15, 10, 8, 5, 4, 3
"""With the 40 of the HS code they make 100. What nobody asked for is met in full; what the other side did
not state, or stated in another currency or unit, earns half."""

PRICE_SLACK_PCT = 25
"""A price this far above the buyer's limit earns nothing; in between it falls evenly."""


@dataclass(frozen=True)
class Need:
    """What a buyer looks for: `hs` of 2, 4 or 6 digits, quantity and price limit 0 when open.

    `countries` are the origins wanted, `country` the buyer's own; both ISO 3166 alpha-2, empty for open.
    The limit is per unit, in minor units of the currency.
    """

    code: str
    buyer: str
    hs: str
    quantity: float = 0.0
    unit: str = ""
    max_price_minor: int = 0
    currency: str = ""
    incoterm: str = ""
    certificates: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    country: str = ""


@dataclass(frozen=True)
class Offer:
    """What a supplier brings: `hs` of 6 digits, quantity and price 0 when not stated.

    `markets` are the countries the supplier wants to sell in, empty for all.
    """

    code: str
    supplier: str
    hs: str
    origin: str = ""
    quantity: float = 0.0
    unit: str = ""
    price_minor: int = 0
    currency: str = ""
    incoterm: str = ""
    certificates: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One line of the account: a code, the points earned of those possible, and the figures behind them."""

    code: str
    points: int
    most: int
    figures: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Score:
    """The sum and its reasons; 0 without reasons when not even the HS chapter is shared."""

    total: int
    reasons: tuple[Reason, ...]


def mutual_score(need: Need, offer: Offer) -> Score:
    """What the two are worth to each other, of 100: the buyer's wishes and the supplier's markets."""
    level = shared_level(need.hs, offer.hs)
    if not level:
        return Score(0, ())
    reasons = (
        Reason(f"hs_{level}", HS_POINTS[level], HS_POINTS[6], (("wanted", need.hs), ("offered", offer.hs))),
        _price(need, offer),
        _certificates(need, offer),
        _quantity(need, offer),
        _languages(need, offer),
        _incoterm(need, offer),
        _origin(need, offer),
        _market(need, offer),
    )
    return Score(sum(r.points for r in reasons), reasons)


def _price(need: Need, offer: Offer) -> Reason:
    if not need.max_price_minor:
        return Reason("price_open", PRICE, PRICE)
    if not offer.price_minor:
        return Reason("price_not_stated", PRICE // 2, PRICE)
    figures = (("asked", offer.price_minor), ("limit", need.max_price_minor), ("currency", offer.currency))
    if need.currency != offer.currency:
        return Reason("price_in_another_currency", PRICE // 2, PRICE, (*figures, ("wanted", need.currency)))
    over = offer.price_minor - need.max_price_minor
    if over <= 0:
        return Reason("price_within", PRICE, PRICE, figures)
    return Reason("price_above", _price_points(offer.price_minor, need.max_price_minor), PRICE, figures)


def _price_points(asked: int, limit: int) -> int:
    """Whole points, counted in whole numbers so that every way of computing agrees."""
    slack = limit * PRICE_SLACK_PCT
    return max(0, PRICE * (slack - 100 * (asked - limit)) // slack)


def _quantity(need: Need, offer: Offer) -> Reason:
    figures = (("offered", offer.quantity), ("wanted", need.quantity), ("unit", need.unit))
    if not need.quantity:
        return Reason("quantity_open", QUANTITY, QUANTITY)
    if not offer.quantity:
        return Reason("quantity_not_stated", QUANTITY // 2, QUANTITY)
    if need.unit != offer.unit:
        return Reason("quantity_in_another_unit", QUANTITY // 2, QUANTITY, (*figures, ("their", offer.unit)))
    if offer.quantity >= need.quantity:
        return Reason("quantity_covered", QUANTITY, QUANTITY, figures)
    return Reason("quantity_in_part", int(QUANTITY * offer.quantity / need.quantity), QUANTITY, figures)


def _certificates(need: Need, offer: Offer) -> Reason:
    if not need.certificates:
        return Reason("certificates_open", CERTIFICATES, CERTIFICATES)
    have = need.certificates & offer.certificates
    figures = (("have", tuple(sorted(have))), ("missing", tuple(sorted(need.certificates - have))))
    code = "all" if have == need.certificates else "some" if have else "none"
    points = CERTIFICATES * len(have) // len(need.certificates)
    return Reason(f"certificates_{code}", points, CERTIFICATES, figures)


def _languages(need: Need, offer: Offer) -> Reason:
    if not need.languages or not offer.languages:
        return Reason("languages_not_stated", LANGUAGES // 2, LANGUAGES)
    shared = tuple(sorted(need.languages & offer.languages))
    if not shared:
        return Reason("languages_none", 0, LANGUAGES)
    return Reason("languages_shared", LANGUAGES, LANGUAGES, (("languages", shared),))


def _incoterm(need: Need, offer: Offer) -> Reason:
    if not need.incoterm:
        return Reason("incoterm_open", INCOTERM, INCOTERM)
    if not offer.incoterm:
        return Reason("incoterm_not_stated", INCOTERM // 2, INCOTERM)
    same = need.incoterm == offer.incoterm
    figures = (("wanted", need.incoterm), ("offered", offer.incoterm))
    return Reason("incoterm_same" if same else "incoterm_other", INCOTERM * same, INCOTERM, figures)


def _origin(need: Need, offer: Offer) -> Reason:
    return _country("origin", need.countries, offer.origin, ORIGIN)


def _market(need: Need, offer: Offer) -> Reason:
    return _country("market", offer.markets, need.country, MARKET)


def _country(what: str, wanted: frozenset[str], country: str, most: int) -> Reason:
    if not wanted:
        return Reason(f"{what}_open", most, most)
    if not country:
        return Reason(f"{what}_not_stated", most // 2, most)
    met = country in wanted
    return Reason(f"{what}_wanted" if met else f"{what}_other", most * met, most, (("country", country),))
