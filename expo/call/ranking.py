"""What reviews come to: a percentage a review, and mean, median and spread over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev


@dataclass(frozen=True)
class Weighed:
    """A criterion: scores run from 0 to `best`, `weight` is its share."""

    id: int
    weight: int
    best: int


@dataclass(frozen=True)
class Standing:
    """What the reviews of a proposal come to; figures in percent, None without a scored review."""

    mean: float | None
    median: float | None
    spread: float | None
    reviews: int
    abstentions: int


def percent(scores: Mapping[int, int], criteria: Sequence[Weighed]) -> float | None:
    """A review's scores (criterion → score) as percent of the best; criteria left out do not count."""
    given = [one for one in criteria if one.id in scores]
    whole = sum(one.weight for one in given)
    if not whole:
        return None
    return 100 * sum(one.weight * scores[one.id] / one.best for one in given) / whole


def standing(reviews: Iterable[tuple[bool, Mapping[int, int]]], criteria: Sequence[Weighed]) -> Standing:
    """The standing from reviews, each (abstains, scores)."""
    reviews = list(reviews)
    totals = [
        total
        for abstains, scores in reviews
        if not abstains and (total := percent(scores, criteria)) is not None
    ]
    away = sum(1 for abstains, _scores in reviews if abstains)
    if not totals:
        return Standing(None, None, None, 0, away)
    return Standing(fmean(totals), median(totals), pstdev(totals), len(totals), away)
