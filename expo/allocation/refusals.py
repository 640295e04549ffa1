"""Why an applicant has no place."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from expo.allocation.blocks import HOLED
from expo.allocation.crowd import GAP
from expo.allocation.finished import Finished
from expo.allocation.floor import Floor
from expo.allocation.placing import worth
from expo.allocation.prepare import NOWHERE
from expo.allocation.problem import Applicant
from expo.allocation.reasons import Reason


def refusal(case: Finished, applicant: Applicant, lead: str, party: int, candidates: np.ndarray) -> Reason:
    """The first thing that keeps the applicant off the floor; candidates suit it when the floor is empty."""
    crowd, blocks, floor = case.prepared.crowd, case.prepared.blocks, case.prepared.floor
    if lead != applicant.code:
        return Reason("pavilion_full" if case.block(lead) else "pavilion_unplaced", {"lead": lead})
    if crowd.need[party] <= 0:
        return Reason("no_area")
    if not floor.units:
        return Reason("no_units")
    regions = crowd.regions[crowd.region_first[party] : crowd.region_first[party + 1]]
    if not len(regions):
        return Reason("unknown_zone", {"zones": applicant.zones})
    if case.problem.locks.get(applicant.code):
        return Reason("void_lock", {"units": case.problem.locks[applicant.code]})
    if not len(candidates):
        return _missing(case, applicant, party, regions)
    occupied = set(case.owner)
    open_blocks = [b for b in candidates if occupied.isdisjoint(case.members_of(b).tolist())]
    if open_blocks:
        if any(case.at_distance(party, int(b)) for b in open_blocks):
            return Reason("left_over")  # a plan made by hand may leave somebody out who would fit
        rivals = crowd.rivals[crowd.rival_first[party] : crowd.rival_first[party + 1]]
        names = tuple(case.prepared.codes[r] for r in rivals if case.state.block[r] != NOWHERE)
        gap = float(crowd.terms[GAP]) / 100
        return Reason("rivals", {"rivals": names, "gap_m": gap})
    costs = [float(case.price[case.members_of(b)].sum()) for b in candidates]
    cheapest = int(np.argmin(costs))
    own = int(worth(crowd, blocks, party, candidates[cheapest]))
    return Reason("all_taken", {"blocks": len(candidates), "price": round(costs[cheapest]), "worth": own})


def _missing(case: Finished, applicant: Applicant, party: int, regions: np.ndarray) -> Reason:
    """Which demand leaves no block at all, even on an empty floor."""
    crowd, blocks = case.prepared.crowd, case.prepared.blocks
    kind = np.isin(blocks.region, regions) & (blocks.raw == crowd.raw[party])
    sized = kind & (blocks.area >= crowd.least[party]) & (blocks.area <= crowd.limit[party])
    if not sized.any():
        largest = largest_area(case.prepared.floor, regions, bool(crowd.raw[party]))
        return Reason(
            "too_large" if largest < crowd.least[party] else "no_such_size",
            {"need_m2": crowd.least[party] / 10_000, "largest_m2": largest / 10_000},
        )
    left = sized & (blocks.reduced < crowd.need[party]) & ((blocks.bits & crowd.shape[party]) > 0)
    if not crowd.shape[party] & HOLED:
        left &= (blocks.bits & HOLED) == 0
    if not left.any():
        return Reason("no_shape", {"shape": applicant.shape})
    for serves, reason in (
        (blocks.power >= crowd.power[party], Reason("no_power", {"power_kw": crowd.power[party] / 1000})),
        (blocks.water >= crowd.water[party], Reason("no_water")),
        (blocks.height >= crowd.height[party], Reason("no_height", {"height_m": crowd.height[party] / 100})),
        (blocks.load >= crowd.load[party], Reason("no_load", {"load_kg_m2": int(crowd.load[party])})),
    ):
        left &= serves
        if not left.any():
            return reason
    return Reason("all_locked", {"blocks": int(left.sum())})


def largest_area(floor: Floor, regions: np.ndarray, raw: bool) -> int:
    """The largest stretch of floor of these regions that hangs together, in cm²."""
    here = np.isin(floor.region, regions) & (floor.raw == raw)
    if not here.any():
        return 0
    from_unit = np.repeat(np.arange(len(here)), np.diff(floor.near_first))
    same = here[from_unit] & here[floor.near] & (floor.region[from_unit] == floor.region[floor.near])
    links = coo_matrix((np.ones(same.sum()), (from_unit[same], floor.near[same])), shape=(len(here),) * 2)
    stretch = connected_components(links, directed=False)[1]
    return int(np.bincount(stretch, weights=floor.area * here).max())
