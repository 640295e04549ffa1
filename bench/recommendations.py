"""Recommendations: true matches found among the first ten, how evenly exhibitors are shown, and the time."""

import gc
import math
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from bench.record import record
from matchmaking.recommendations.exposure import LENGTH, Lists, lists, rank
from matchmaking.recommendations.instances import Instance, worn
from matchmaking.recommendations.measuring import at_random, by_code_only, evenness, ordered, recall
from matchmaking.recommendations.pairing import Pairs, pairs_of

SIZES = ((500, 250), (1_000, 500), (2_000, 1_000), (3_400, 1_600))
"""Buyers and exhibitors; the last are 5,000 profiles."""
SAMPLED = 40


def measure(buyers: int, exhibitors: int, seed: int) -> float:
    """One market: in batch, then single profiles of it; the CPU seconds of the batch."""
    instance = worn(buyers, exhibitors, seed)
    name = f"{buyers}x{exhibitors}"
    with record("recommendations", name, seed, method="batch", profiles=buyers + exhibitors) as figures:
        started = time.process_time()
        pairs = pairs_of(instance.needs, instance.offers, instance.offers, instance.trade)
        plain = lists(pairs, pairs.buyer, pairs.exhibitor, even=False)
        evened = lists(pairs, pairs.buyer, pairs.exhibitor)
        lists(pairs, pairs.exhibitor, pairs.buyer)
        spent = time.process_time() - started
        figures["cpu_s"] = round(spent, 3)
        figures |= {"needs": len(instance.needs), "offers": len(instance.offers), "pairs": len(pairs)}
        figures |= _quality(instance, pairs, plain, "before") | _quality(instance, pairs, evened, "after")
    _baselines(instance, pairs, name, seed)
    _singles(instance, name, seed)
    return spent


def _quality(instance: Instance, pairs: Pairs, found: Lists, when: str) -> dict[str, object]:
    owner, listed = pairs.buyer[found.pairs], pairs.exhibitor[found.pairs]
    shown = ordered(owner, listed, found.values, LENGTH)
    even, share = evenness(shown, {offer.exhibitor for offer in instance.offers})
    return {
        f"recall_at_10_{when}": round(recall(shown, instance.truth), 4),
        f"gini_{when}": round(even, 4),
        f"shown_{when}": round(share, 4),
    }


def _baselines(instance: Instance, pairs: Pairs, name: str, seed: int) -> None:
    with record("recommendations", name, seed, method="hs_only") as figures:
        values = by_code_only(instance, pairs)
        chosen = np.flatnonzero(rank(pairs.buyer, values) < LENGTH)
        figures |= _quality(instance, pairs, Lists(chosen, values[chosen], {}), "before")
    with record("recommendations", name, seed, method="random") as figures:
        found = at_random(instance, seed, LENGTH)
        even, share = evenness(found, {offer.exhibitor for offer in instance.offers})
        figures |= {"recall_at_10_before": round(recall(found, instance.truth), 4)}
        figures |= {"gini_before": round(even, 4), "shown_before": round(share, 4)}


def _singles(instance: Instance, name: str, seed: int) -> None:
    """One profile of either side against the market of its chapters."""
    offers_in, needs_in, of_buyer, of_exhibitor = (defaultdict(list) for _ in range(4))
    for offer in instance.offers:
        offers_in[offer.hs[:2]].append(offer)
        of_exhibitor[offer.exhibitor].append(offer)
    for need in instance.needs:
        needs_in[need.hs[:2]].append(need)
        of_buyer[need.buyer].append(need)

    def market(mine: Sequence) -> tuple[list, list]:
        chapters = sorted({one.hs[:2] for one in mine})
        return [n for c in chapters for n in needs_in[c]], [o for c in chapters for o in offers_in[c]]

    def for_buyer(mine: list) -> None:
        there = market(mine)[1]
        pairs = pairs_of(mine, there, there, instance.trade)
        lists(pairs, pairs.buyer, pairs.exhibitor, even=False)

    def for_exhibitor(mine: list) -> None:
        asked, there = market(mine)
        pairs = pairs_of(asked, mine, there, instance.trade)
        lists(pairs, pairs.exhibitor, pairs.buyer, even=False)

    gc.freeze()  # as web processes do: the market at hand is not looked through for rubbish with each request
    for side, profiles, make in (("buyer", of_buyer, for_buyer), ("exhibitor", of_exhibitor, for_exhibitor)):
        sample = sorted(profiles)[:: max(1, len(profiles) // SAMPLED)]
        with record("recommendations", name, seed, method=f"one {side}", sampled=len(sample)) as figures:
            spent = sorted(_spent(make, profiles[one]) for one in sample)
            figures |= {
                "median_ms": round(spent[len(spent) // 2], 1),
                "p95_ms": round(spent[-(len(spent) // 20) - 1], 1),
                "most_ms": round(spent[-1], 1),
            }


def _spent(make: Callable[[list], None], mine: list) -> float:
    """CPU milliseconds of one list."""
    started = time.process_time()
    make(mine)
    return 1000 * (time.process_time() - started)


def main(arguments: list[str]) -> None:
    """Four sizes; --seeds N repeats the largest with other seeds."""
    measure(200, 100, 0)  # what is loaded and compiled at first is not part of the time
    times = [measure(*size, seed=1) for size in SIZES]
    profiles = [sum(size) for size in SIZES]
    exponent = math.log(times[-1] / times[1]) / math.log(profiles[-1] / profiles[1])
    with record("recommendations", "growth", 1, method="batch") as figures:
        figures["growth_exponent"] = round(exponent, 2)
    more = int(arguments[arguments.index("--seeds") + 1]) if "--seeds" in arguments else 1
    for seed in range(2, more + 1):
        measure(*SIZES[-1], seed=seed)


if __name__ == "__main__":
    main(sys.argv[1:])
