"""How good an agenda can be at most: the value of the flow that knows maxima and tables but no slots."""

from dataclasses import dataclass

from .encoding import Encoded, encode
from .flow import Choice, Weights, best_value, choose, weigh
from .must_bound import most_musts
from .problem import POINT, Problem, points
from .slot_bound import slot_bound

PRICES = 10
"""Rounds of the search for the price of a must-meet; each runs the flow twice."""


@dataclass(frozen=True)
class Bound:
    """No agenda holds more than `musts` must-meets, and none that holds them has a higher `objective`."""

    musts: int
    objective: float


def upper_bound(problem: Problem) -> float:
    """An objective that no agenda holding the most possible must-meets can exceed.

    Each agenda, its slots forgotten, is a feasible flow: nobody has more meetings than the maximum or than
    slots in which anybody could meet them, and no table serves more meetings than there are slots. The flow
    maximises over all of those, and its optimum is integral, so it is at least as good as every agenda.
    """
    encoded = encode(problem)
    weights = weigh(encoded)
    return bound_of(encoded, weights, choose(encoded, weights)).objective


def bound_of(encoded: Encoded, weights: Weights, choice: Choice) -> Bound:
    """The bound that a flow's choice proves, in score."""
    return Bound(choice.musts, objective_of(encoded, weights, choice.rest))


def tightened(encoded: Encoded, weights: Weights, choice: Choice, held: int) -> Bound:
    """The bound where the flow's, blind to slots, was not reached: slots are looked at, which takes longer.

    `held` is how many must-meets the agenda holds; whether more fit is proved first.
    """
    musts = choice.musts if held >= choice.musts else max(held, most_musts(encoded, choice.musts))
    bound = bound_of(encoded, weights, choice) if musts == choice.musts else _priced(encoded, weights, musts)
    closer = slot_bound(encoded, musts) if held == musts else None
    return bound if closer is None else Bound(musts, min(bound.objective, closer))


def _priced(encoded: Encoded, weights: Weights, musts: int) -> Bound:
    """The flow's bound for agendas with fewer must-meets than it would hold.

    For agendas with m of them and any price p of a must-meet, rest + p m is at most the flow's optimum at
    that price; the bound is the least of optimum - p m over some prices.
    """
    # Above the dearest edge a few times over, one must-meet less no longer pays; the optimum is convex in p.
    low, high = 0, 4 * int(encoded.worth.max()) * weights.unit
    found: dict[int, int] = {}
    for _ in range(PRICES):
        third = (high - low) // 3
        left, right = (_at_price(encoded, weights, p, musts, found) for p in (low + third, high - third))
        low, high = (low, high - third) if left <= right else (low + third, high)
    return Bound(musts, objective_of(encoded, weights, min(found.values())))


def _at_price(encoded: Encoded, weights: Weights, price: int, musts: int, found: dict[int, int]) -> int:
    if price not in found:
        found[price] = best_value(encoded, weights, price) - price * musts
    return found[price]


def objective_of(encoded: Encoded, weights: Weights, rest: int) -> float:
    """A value in units, without its must-meets, as an objective: prices counted down from a clean slate."""
    problem = encoded.problem
    prices = points(problem.change_price) * len(problem.previous)
    prices += points(problem.shortfall_price) * int(encoded.least.sum())
    return (rest // weights.unit - prices) / POINT


def gap_pct(musts: int, objective: float, bound: Bound) -> float:
    """Distance to the bound in percent: of the must-meets or of the objective, whichever is larger."""
    missing = 100 * (1 - musts / bound.musts) if bound.musts else 0.0
    short = max(0.0, bound.objective - objective)
    scale = max(abs(bound.objective), 1 / POINT)
    return max(missing, 100 * short / scale if short else 0.0)
