"""Why a request is not in the agenda: one reason code for each, checked in the order a person would ask."""

import numpy as np

from .encoding import Encoded
from .problem import PairCode

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


def unmet(encoded: Encoded, slot: np.ndarray, left: np.ndarray, right: np.ndarray) -> dict[PairCode, str]:
    """A reason code of REASONS for every request that is not held: its `slot` is -1.

    `left` and `right` are who sits there, of either party.
    """
    held = np.flatnonzero(slot >= 0)
    time, load = _idle(encoded, slot[held], held, left[held], right[held])
    met = np.bincount(np.concatenate([encoded.left[held], encoded.right[held]]), minlength=len(time))
    full = (met >= encoded.most) | ~time.any(1) if len(encoded.codes) else np.zeros(0, bool)
    return {
        encoded.pairs[e].code: encoded.reason[e] or _reason(encoded, e, time, load, full)
        for e in np.flatnonzero(slot < 0)
    }


def _idle(
    encoded: Encoded, slot: np.ndarray, held: np.ndarray, left: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Parties × slots: whether any of its people is there and has no meeting; groups × slots: seats taken."""
    time = encoded.present.copy()
    time[left, slot] = time[right, slot] = False
    load = np.zeros(encoded.seats.shape, int)
    group = encoded.group[held]
    np.add.at(load, (group, slot), 1)
    part = encoded.part_of[group]
    np.add.at(load, (part[part >= 0], slot[part >= 0]), 1)
    if not len(encoded.codes):
        return time, load
    return np.logical_or.reduceat(time[encoded.folk], encoded.folk_from[:-1]), load


def _reason(encoded: Encoded, e: int, idle: np.ndarray, load: np.ndarray, full: np.ndarray) -> str:
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
