"""How good lists are where the truth is known, and the plain ways to compare them with."""

from collections.abc import Iterable, Mapping
from random import Random

import numpy as np

from matchmaking.recommendations.exposure import gini, rank
from matchmaking.recommendations.fit import HS_FIT
from matchmaking.recommendations.instances import Instance
from matchmaking.recommendations.pairing import Pairs


def recall(
    found: Mapping[int, Iterable[int]], truth: Mapping[int, frozenset[int]], places: int = 10
) -> float:
    """The share of each buyer's true matches among its first `places`, on average over buyers who have any;
    a buyer with more matches than places can have all its places right."""
    shares = [
        len(set(list(found.get(buyer, ()))[:places]) & matches) / min(len(matches), places)
        for buyer, matches in truth.items()
        if matches
    ]
    return sum(shares) / len(shares) if shares else 0.0


def ordered(owner: np.ndarray, listed: np.ndarray, values: np.ndarray, places: int) -> dict[int, list[int]]:
    """Owner → the `places` best listed, the best first."""
    place = rank(owner, values)
    keep = np.flatnonzero(place < places)
    keep = keep[np.lexsort((place[keep], owner[keep]))]
    found: dict[int, list[int]] = {}
    for one, other in zip(owner[keep].tolist(), listed[keep].tolist(), strict=True):
        found.setdefault(one, []).append(other)
    return found


def evenness(lists: Mapping[int, Iterable[int]], everybody: Iterable[int]) -> tuple[float, float]:
    """(Gini of how often each is shown, share of them shown at all)."""
    counts = dict.fromkeys(everybody, 0)
    for several in lists.values():
        for one in several:
            counts[one] = counts.get(one, 0) + 1
    shown = np.array(list(counts.values()))
    return gini(shown), float((shown > 0).mean()) if len(shown) else 0.0


def by_code_only(instance: Instance, pairs: Pairs) -> np.ndarray:
    """The values of pairs by the level of the HS code alone; ties stay in the order of the pairs."""
    best: dict[tuple[int, int], int] = {}
    offered: dict[str, dict[int, set[str]]] = {}
    for offer in instance.offers:
        offered.setdefault(offer.hs[:2], {}).setdefault(offer.exhibitor, set()).add(offer.hs)
    for need in instance.needs:
        for exhibitor, codes in offered.get(need.hs[:2], {}).items():
            level = max(_level(need.hs, code) for code in codes)
            key = (need.buyer, exhibitor)
            best[key] = max(best.get(key, 0), HS_FIT[level])
    couples = zip(pairs.buyer.tolist(), pairs.exhibitor.tolist(), strict=True)
    return np.array([best[couple] for couple in couples], np.int64)


def _level(wanted: str, offered: str) -> int:
    return max(n for n in (2, 4, 6) if len(wanted) >= n and wanted[:n] == offered[:n])


def at_random(instance: Instance, seed: int, places: int) -> dict[int, list[int]]:
    """Anybody."""
    draw = Random(f"at random {seed}")  # noqa: S311
    everybody = sorted({offer.exhibitor for offer in instance.offers})
    count = min(places, len(everybody))
    return {buyer: draw.sample(everybody, count) for buyer in sorted({need.buyer for need in instance.needs})}
