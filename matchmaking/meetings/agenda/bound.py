"""How good an agenda can be at most: the value of the flow that knows maxima and tables but no slots."""

from dataclasses import dataclass

from .encoding import Encoded, encode
from .flow import Choice, Weights, choose, weigh
from .problem import POINT, Problem, points


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
