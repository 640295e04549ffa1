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


def unmet(
    encoded: Encoded, meetings: tuple[Meeting, ...], people: dict[PairCode, tuple[str, str]] | None = None
) -> dict[PairCode, str]:
    """A reason code of REASONS for every request that is not held."""
    held = {(m[0], m[1]): m[2] for m in meetings}
    idle, load = _idle(encoded, held, people or {})
    met = Counter(code for pair in held for code in pair)
    full = [met[code] >= encoded.most[x] or not idle[x].any() for x, code in enumerate(encoded.codes)]
    return {
        pair.code: encoded.reason[e] or _reason(encoded, e, idle, load, full)
        for e, pair in enumerate(encoded.pairs)
        if pair.code not in held
    }


def _idle(
    encoded: Encoded, held: dict[PairCode, int], people: dict[PairCode, tuple[str, str]]
) -> tuple[np.ndarray, np.ndarray]:
    """Parties × slots: whether any of its people is there and has no meeting; groups × slots: seats taken."""
    number = {code: i for i, code in enumerate(encoded.people)}
    time = encoded.present.copy()
    load = np.zeros(encoded.seats.shape, int)
    for e, pair in enumerate(encoded.pairs):
        if pair.code in held:
            slot = held[pair.code]
            time[[number[who] for who in people.get(pair.code, pair.code)], slot] = False
            load[encoded.group[e], slot] += 1
            if encoded.part_of[encoded.group[e]] >= 0:
                load[encoded.part_of[encoded.group[e]], slot] += 1
    if not len(encoded.codes):
        return time, load
    return np.logical_or.reduceat(time[encoded.folk], encoded.folk_from[:-1]), load


def _reason(encoded: Encoded, e: int, idle: np.ndarray, load: np.ndarray, full: list[bool]) -> str:
    buyer, supplier, group = encoded.left[e], encoded.right[e], encoded.group[e]
    if full[buyer] or full[supplier]:
        both = full[buyer] and full[supplier]
        return "both_full" if both else "buyer_full" if full[buyer] else "supplier_full"
    common = encoded.allowed[e] & idle[buyer] & idle[supplier]
    if not common.any():
        return "no_slot_left"
    seats = load[group] < encoded.seats[group]
    if encoded.part_of[group] >= 0:
        seats &= load[encoded.part_of[group]] < encoded.seats[encoded.part_of[group]]
    return "order_not_possible" if (common & seats).any() else "tables_full"
