"""Why somebody stands where they stand, as codes and figures, for the pages to put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from expo.allocation.problem import Wish

MET_FROM_PERCENT = 50
"""A wish counts as met from here on."""


@dataclass(frozen=True, slots=True)
class Reason:
    """code names the reason, figures hold what belongs into its sentence (codes, points, m²)."""

    code: str
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """What became of a wish: percent of it fulfilled (met from MET_FROM_PERCENT) and, if not met, why."""

    wish: Wish
    met: bool
    percent: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """status is placed, locked, in_pavilion or unplaced; turn is the place in the queue of so many (in_all).

    alternatives are blocks still free that suit, best first, free_count how many there are in all.

    Reasons for being unplaced: no_area, no_units, unknown_zone (zones), too_large and no_such_size (need_m2,
    largest_m2), no_shape (shape), no_power (power_kw), no_water, no_height (height_m), no_load (load_kg_m2),
    all_locked (blocks), pavilion_unplaced and pavilion_full (lead), rivals
    (rivals, gap_m), void_lock (units), left_over (a place is free, another run should find it), all_taken
    (blocks, price, worth: what the cheapest block is worth to those in the market and to this applicant).
    The reason for having less than asked for: smaller (given_m2, asked_m2, least_m2).
    Reasons for an unmet wish: unknown_target, no_such_place, neighbour_unplaced (target), not_placed, locked,
    follows_pavilion (lead), taken (units, holders, blocks, price, own_price, worth), outweighed (those and
    gain: how much more it is worth to this applicant than its place, extra: to the others), rivals and traded
    (units, price, own_price, worth).
    """

    applicant: str
    status: str
    units: tuple[str, ...]
    turn: int
    in_all: int
    reasons: tuple[Reason, ...]
    wishes: tuple[WishOutcome, ...]
    alternatives: tuple[tuple[str, ...], ...]
    free_count: int
