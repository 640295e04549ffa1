"""Why a request is not in the agenda: one reason code for each, checked in the order a person would ask."""

from collections import Counter

import numpy as np

from .encoding import Encoded
from .problem import Meeting, PairCode

REASONS = (
    "forbidden",  # the organiser or one side said no
    "two_fixed_tables",  # both have a table of their own
    "no_table",  # every table belongs to somebody else
    "never_free_together",  # no slot in which both are there
    "never_free_together_am",
    "never_free_together_pm",
    "both_full",  # both are at their maximum, or busy in every slot they have, with dearer meetings
    "buyer_full",
    "supplier_full",
    "tables_full",  # both are free at some slots, but there every table is taken
    "order_not_possible",  # only slots that break a precedence are left
    "no_slot_left",  # each has free slots, none in common
)


def unmet(encoded: Encoded, meetings: tuple[Meeting, ...]) -> dict[PairCode, str]:
    """A reason code of REASONS for every request that is not held."""
    held = {(m[0], m[1]): m[2] for m in meetings}
    busy, load = _occupied(encoded, held)
    met = Counter(code for pair in held for code in pair)
    full = [
        met[code] >= encoded.most[x] or not (encoded.free[x] & ~busy[x]).any()
        for x, code in enumerate(encoded.codes)
    ]
    return {
        pair.code: encoded.reason[e] or _reason(encoded, e, busy, load, full)
        for e, pair in enumerate(encoded.pairs)
        if pair.code not in held
    }


def _occupied(encoded: Encoded, held: dict[PairCode, int]) -> tuple[np.ndarray, np.ndarray]:
    busy = np.zeros(encoded.free.shape, bool)
    load = np.zeros((len(encoded.seats), encoded.problem.slots), int)
    for e, pair in enumerate(encoded.pairs):
        if pair.code in held:
            slot = held[pair.code]
            busy[[encoded.left[e], encoded.right[e]], slot] = True
            load[encoded.group[e], slot] += 1
    return busy, load


def _reason(encoded: Encoded, e: int, busy: np.ndarray, load: np.ndarray, full: list[bool]) -> str:
    buyer, supplier, group = encoded.left[e], encoded.right[e], encoded.group[e]
    if full[buyer] or full[supplier]:
        both = full[buyer] and full[supplier]
        return "both_full" if both else "buyer_full" if full[buyer] else "supplier_full"
    common = encoded.allowed[e] & ~busy[buyer] & ~busy[supplier]
    if not common.any():
        return "no_slot_left"
    seats = load[group] < encoded.seats[group]
    return "order_not_possible" if (common & seats).any() else "tables_full"
