"""How much each stand is wanted, from the ranked wishes of all applications."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CLASSES = 5
NEAR_M = 30
"""What counts as near an entrance, metres."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stand as wishes name it: `sides` is the number of open sides, `entrance_m` the way to the door."""

    code: str
    hall: str
    zone: str
    sides: int
    entrance_m: float


@dataclass(frozen=True, slots=True)
class Desire:
    """One wish: its rank (from 1), kind and target, and the zones its exhibitor accepts (none: all)."""

    exhibitor: str
    rank: int
    kind: str
    target: str
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand for a stand: `score` sums wishes at 1 / rank, `named` counts wishes for this very stand."""

    score: float
    named: int


def demand(places: Sequence[Place], wishes: Iterable[Desire]) -> dict[str, Demand]:
    """A first wish weighs 1, a second 1/2, a third 1/3. One for a stand counts there whole; one for a zone,
    a hall, a corner or an entrance is shared out evenly among the stands that would meet it."""
    scores, named = dict.fromkeys((p.code for p in places), 0.0), dict.fromkeys((p.code for p in places), 0)
    for wish in wishes:
        fitting = _fitting(places, wish)
        for place in fitting:
            scores[place.code] += 1 / wish.rank / len(fitting)
        if wish.kind == "stand" and fitting:
            named[wish.target] += 1
    return {code: Demand(score, named[code]) for code, score in scores.items()}


def _fitting(places: Sequence[Place], wish: Desire) -> list[Place]:
    tests = {
        "stand": lambda place: place.code == wish.target,
        "zone": lambda place: place.zone == wish.target,
        "hall": lambda place: place.hall == wish.target,
        "corner": lambda place: place.sides >= 2,
        "near_entrance": lambda place: place.entrance_m <= NEAR_M,
    }
    fits = tests.get(wish.kind)
    if fits is None:
        return []
    is_own = wish.kind == "stand" or not wish.zones
    return [place for place in places if fits(place) and (is_own or place.zone in wish.zones)]


def steps(scores: Iterable[float], classes: int = CLASSES) -> list[float]:
    """Upper ends of the classes, so that each holds about as many of the stands that anybody wants."""
    wanted = sorted(score for score in scores if score > 0)
    if not wanted:
        return []
    ends = [wanted[max(0, len(wanted) * (i + 1) // classes - 1)] for i in range(classes)]
    return sorted(set(ends))


def class_of(score: float, ends: Sequence[float]) -> int:
    """0 for a stand nobody asked for, else the class from 1."""
    if score <= 0:
        return 0
    return next((i for i, end in enumerate(ends, 1) if score <= end), len(ends))


def by_zone(
    asked: Iterable[tuple[Sequence[str], int]], net_m2: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Zone → (applications that accept it, m² they ask for), from (zones accepted, area) of applications.

    Somebody who accepts several zones counts in each of them, somebody who accepts any in all.
    """
    found = {zone: [0, 0] for zone in net_m2}
    for zones, area in asked:
        for zone in zones or net_m2:
            if zone in found:
                found[zone][0] += 1
                found[zone][1] += area
    return {zone: (count, area) for zone, (count, area) in found.items()}
