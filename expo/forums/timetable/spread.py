"""How far apart answers from several seeds lie, which stands in for a bound nobody has for this task."""

from collections.abc import Sequence
from dataclasses import dataclass

from expo.forums.timetable.problem import DEFAULT_ROUNDS, Problem, Timetable
from expo.forums.timetable.solve import build_timetable


@dataclass(frozen=True)
class Spread:
    """The best answer of several seeds and how the others compare with it."""

    best: Timetable
    hards: tuple[int, ...]
    totals: tuple[float, ...]
    percent: float
    """how much dearer the dearest total of equally few unplaced talks is than the best, in per cent"""


def best_and_spread(problem: Problem, seeds: Sequence[int], rounds: int = DEFAULT_ROUNDS) -> Spread:
    """Solve once per seed. Raises ValueError without a seed."""
    if not seeds:
        raise ValueError("A spread needs at least one seed.")
    answers = [build_timetable(problem, seed=seed, rounds=rounds) for seed in seeds]
    best = min(answers, key=lambda answer: (answer.hard, answer.total))
    equals = [answer.total for answer in answers if answer.hard == best.hard]
    percent = 100.0 * (max(equals) - best.total) / best.total if best.total > 0 else 0.0
    hards, totals = tuple(a.hard for a in answers), tuple(a.total for a in answers)
    return Spread(best, hards, totals, percent)
