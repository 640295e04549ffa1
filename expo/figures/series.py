"""Arrivals over time: minutes as they come, put into even steps, beside those of another day."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


def steps(
    counts: Mapping[datetime, int], first: datetime, last: datetime, size: timedelta
) -> list[tuple[datetime, int]]:
    """Sums of each step of `size` from `first` until before `last`; steps without anything are 0."""
    found: dict[datetime, int] = {}
    at = first
    while at < last:
        found[at] = 0
        at += size
    for moment, count in counts.items():
        if first <= moment < last:
            found[first + (moment - first) // size * size] += count
    return sorted(found.items())


def peak(counts: Mapping[datetime, int], size: timedelta = timedelta(hours=1)) -> tuple[datetime, int] | None:
    """When the busiest stretch of `size` began, and how many came in it; the earliest of equals."""
    moments = sorted(moment for moment, count in counts.items() if count)
    best: tuple[datetime, int] | None = None
    start = held = 0
    for moment in moments:
        held += counts[moment]
        while moments[start] <= moment - size:
            held -= counts[moments[start]]
            start += 1
        if best is None or held > best[1]:
            best = (moments[start], held)
    return best


def median_quarter(stays: Iterable[tuple[int, int]]) -> int | None:
    """The quarter of an hour in which the middle one of these stays ends; (quarter, people) each."""
    rows = sorted(stays)
    total = sum(people for _quarter, people in rows)
    passed = 0
    for quarter, people in rows:
        passed += people
        if 2 * passed >= total:
            return quarter
    return None
