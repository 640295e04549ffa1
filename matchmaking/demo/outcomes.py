"""A seeded simulation of what comes of meetings: contracts and intents to buy, a few agreements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from random import Random

from expo.money import convert, times
from matchmaking.demo.texts import Texts, texts

APPETITE_MINOR = 100_000_000_000
"""¥1 bn: what the buyers of the reference case came to order, by the release on it."""
LIKELIEST = 0.6
MOST_LINES = 3
ROUNDS, TRIALS = 3, 3
AGREEMENTS = 24
AGREEMENT = texts("Cooperation agreement|合作协议|Соглашение о сотрудничестве|تعاون کا معاہدہ")


@dataclass(frozen=True)
class Offer:
    """A product: `key` names it, quantity in units, price in minor units of its currency."""

    key: int
    hs: str
    text: Texts
    quantity: Decimal
    unit: str
    price_minor: int
    currency: str


@dataclass(frozen=True)
class Want:
    """A need: `key` names it, `hs` has 2, 4 or 6 digits; a limit of 0 means open."""

    key: int
    hs: str
    quantity: Decimal
    unit: str
    limit_minor: int
    currency: str


@dataclass(frozen=True)
class Held:
    """A meeting that took place; `score` above 0 is how well the two suit each other."""

    key: int
    buyer: str
    seller: str
    score: float
    day: date
    offers: tuple[Offer, ...]
    wants: tuple[Want, ...]


@dataclass(frozen=True)
class Line:
    """What was ordered of one offer, for one need (None in an agreement)."""

    offer: int
    hs: str
    text: Texts
    quantity: Decimal
    unit: str
    price_minor: int
    want: int | None = None

    @property
    def amount_minor(self) -> int:
        return times(self.quantity, self.price_minor)


@dataclass(frozen=True)
class Outcome:
    """A deal to be recorded, of the type and stage that `deals` knows."""

    meeting: int
    buyer: str
    seller: str
    type: str
    stage: str
    currency: str
    lines: tuple[Line, ...]
    signed_on: date


@dataclass(frozen=True)
class Market:
    """Rates into the home currency (home itself: 1) and what all buyers came to order, in minor units."""

    home: str
    rates: Mapping[str, Decimal]
    appetite_minor: int = APPETITE_MINOR

    def value(self, minor: int, currency: str) -> int:
        """An amount in minor units of the home currency."""
        return convert(minor, currency, self.home, self.rates[currency])


Order = tuple[Held, tuple[Line, ...]]


def outcomes(held: Sequence[Held], market: Market, seed: int) -> list[Outcome]:
    """Deals in the order of their meetings' days.

    Each meeting that has something to order makes up a possible order; which of them are signed is drawn with
    chances in proportion to the meetings' scores. Trial draws scale the chances so that the orders signed are
    expected to add up to the appetite; the real draw is another one, and its total is left as it comes out.
    """
    draw = Random(f"{seed}:outcomes")
    orders = [(meeting, lines) for meeting in held if (lines := _order(draw, meeting, market))]
    chances = _tried(orders, market)
    found = []
    for meeting, lines in _signed(draw, orders, chances):
        stage = draw.choices(("contract", "intent"), (3, 2))[0]
        found.append(_outcome(meeting, "purchase", stage, lines))
    found += _agreements(draw, held)
    return sorted(found, key=lambda outcome: (outcome.signed_on, outcome.meeting, outcome.type))


def _tried(orders: Sequence[Order], market: Market) -> list[float]:
    """Chances at which trial draws come to the appetite, though two orders for one need may not both fit."""
    scores = [meeting.score for meeting, _ in orders]
    values = [_worth(order, market) for order in orders]
    aim = float(market.appetite_minor)
    chances = _chances(scores, values, aim)
    trial = Random("trial")
    for _ in range(ROUNDS):
        sums = [
            sum(_worth(order, market) for order in _signed(trial, orders, chances)) for _ in range(TRIALS)
        ]
        if not any(sums):
            break
        aim *= market.appetite_minor * TRIALS / sum(sums)
        chances = _chances(scores, values, aim)
    return chances


def _worth(order: Order, market: Market) -> int:
    meeting, lines = order
    return market.value(sum(line.amount_minor for line in lines), _currency(meeting))


def _signed(draw: Random, orders: Sequence[Order], chances: Sequence[float]) -> list[Order]:
    """The orders drawn, in the order drawn, each cut to what is left of the needs."""
    left = {want.key: want.quantity for meeting, _ in orders for want in meeting.wants}
    drawn = [(orders[i][0], _still_wanted(orders[i][1], left)) for i in _drawn(draw, chances)]
    return [(meeting, lines) for meeting, lines in drawn if lines]


def _order(draw: Random, meeting: Held, market: Market) -> tuple[Line, ...]:
    """For each need, half to all of it of the cheapest fitting offer, at up to 8 % off the list price."""
    lines = []
    for want in meeting.wants:
        fitting = [offer for offer in meeting.offers if _fits(offer, want, market)]
        if not fitting or len(lines) == MOST_LINES:
            continue
        offer = min(fitting, key=lambda one: (-_depth(one.hs, want.hs), one.price_minor, one.key))
        price = max(1, offer.price_minor * draw.randint(92, 100) // 100)
        share = Decimal(draw.randint(50, 100)) / 100
        quantity = (min(want.quantity, offer.quantity) * share).to_integral_value(ROUND_FLOOR)
        if quantity > 0:
            lines.append(Line(offer.key, offer.hs, offer.text, quantity, offer.unit, price, want.key))
    return tuple(lines)


def _fits(offer: Offer, want: Want, market: Market) -> bool:
    """The same goods, counted in the same unit, at a price that is within reach of bargaining."""
    if not offer.hs.startswith(want.hs) or offer.unit != want.unit:
        return False
    limit = market.value(want.limit_minor, want.currency)
    return not limit or market.value(offer.price_minor, offer.currency) * 92 <= limit * 100


def _depth(one: str, other: str) -> int:
    return next((n for n in (6, 4, 2) if one[:n] == other[:n] and len(other) >= n), 0)


def _currency(meeting: Held) -> str:
    """A seller's products have one currency; a deal is made in it."""
    return meeting.offers[0].currency


def _chances(scores: Sequence[float], values: Sequence[int], appetite: float) -> list[float]:
    """Chances c × score, none above the likeliest, such that the values expected add up to the appetite."""
    low, high = 0.0, LIKELIEST / min((score for score in scores if score > 0), default=1.0)
    for _ in range(60):
        middle = (low + high) / 2
        total = sum(min(LIKELIEST, middle * score) * v for score, v in zip(scores, values, strict=True))
        low, high = (middle, high) if total < appetite else (low, middle)
    return [min(LIKELIEST, high * score) for score in scores]


def _drawn(draw: Random, chances: Sequence[float]) -> list[int]:
    """A systematic sample: with each one's own chance, but a number in all that hardly varies."""
    order = list(range(len(chances)))
    draw.shuffle(order)
    at, chosen = draw.random(), []
    for i in order:
        at += chances[i]
        if at >= 1:
            at -= 1
            chosen.append(i)
    return chosen


def _still_wanted(lines: Sequence[Line], left: dict[int, Decimal]) -> tuple[Line, ...]:
    """Nobody orders more of a need than is left of it."""
    kept = []
    for line in lines:
        quantity = min(line.quantity, left[line.want]) if line.want is not None else line.quantity
        if quantity > 0 and line.want is not None:
            left[line.want] -= quantity
            kept.append(replace(line, quantity=quantity))
    return tuple(kept)


def _agreements(draw: Random, held: Sequence[Held]) -> list[Outcome]:
    """A few of the best meetings end in an agreement without a sum, one a seller."""
    by_seller: dict[str, Held] = {}
    for meeting in sorted(held, key=lambda one: (-one.score, one.key)):
        if meeting.offers:
            by_seller.setdefault(meeting.seller, meeting)
    best = list(by_seller.values())[: 3 * AGREEMENTS]
    found = []
    for meeting in draw.sample(best, min(AGREEMENTS, len(best) // 3)):
        offer = meeting.offers[0]
        line = Line(offer.key, offer.hs, AGREEMENT, Decimal(1), "set", 0)
        found.append(_outcome(meeting, "cooperation", draw.choice(("memorandum", "contract")), (line,)))
    return found


def _outcome(meeting: Held, kind: str, stage: str, lines: tuple[Line, ...]) -> Outcome:
    return Outcome(
        meeting.key, meeting.buyer, meeting.seller, kind, stage, _currency(meeting), lines, meeting.day
    )


def totals(found: Sequence[Outcome], market: Market) -> dict[str, int]:
    """The worth by type, in minor units of the home currency."""
    sums: dict[str, int] = defaultdict(int)
    for outcome in found:
        sums[outcome.type] += market.value(sum(line.amount_minor for line in outcome.lines), outcome.currency)
    return dict(sums)
