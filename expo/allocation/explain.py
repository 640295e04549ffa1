"""Why an applicant stands where it stands: reasons as codes and figures, for the pages to put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from expo.allocation import priority
from expo.allocation.bound import Bound, blocks_for
from expo.allocation.checker import touches, wish_points
from expo.allocation.crowd import GAP
from expo.allocation.floor import Floor
from expo.allocation.placing import keeps_distance, opening, worth
from expo.allocation.prepare import NOWHERE, Prepared, prepare
from expo.allocation.problem import WISH_KINDS, Allocation, Applicant, Problem, Unit, Wish

ALTERNATIVES = 5
MET_FROM_PERCENT = 50


@dataclass(frozen=True, slots=True)
class Reason:
    """code names the reason, figures hold what belongs into its sentence (codes, points, m²)."""

    code: str
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """What became of a wish: percent of it fulfilled (met from 50) and, if not met, why."""

    wish: Wish
    met: bool
    percent: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """status is placed, locked, in_pavilion or unplaced; turn is the place in the queue of so many (in_all).

    alternatives are blocks still free that suit, best first, free_count how many there are in all.

    Reasons for being unplaced: no_area, no_units, unknown_zone (zones), too_large and no_such_size (need_m2,
    largest_m2), no_shape (shape), no_power (power_kw), pavilion_unplaced and pavilion_full (lead), rivals
    (rivals, gap_m), void_lock (units), left_over (a place is free, another run should find it), all_taken
    (blocks, price, worth: what the cheapest block is worth to those in the market and to this applicant).
    Reasons for an unmet wish: unknown_target, no_such_place, neighbour_unplaced (target), not_placed, locked,
    follows_pavilion (lead), taken (units, holders, blocks, price, own_price, worth), rivals and traded
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


def explanation(problem: Problem, allocation: Allocation, bound: Bound | None, applicant: str) -> Explanation:
    """One applicant's explanation; KeyError if it is none of the problem's."""
    return explanations(problem, allocation, bound, [applicant])[applicant]


def explanations(
    problem: Problem, allocation: Allocation, bound: Bound | None, applicants: Iterable[str] | None = None
) -> dict[str, Explanation]:
    """Explanations of several applicants (all by default), sharing the preparation."""
    prices = dict(bound.unit_prices) if bound else dict(allocation.unit_prices)
    case = _Case(problem, allocation, prices)
    wanted = case.applicants if applicants is None else applicants
    return {code: case.explain(case.applicants[code]) for code in wanted}


class _Case:
    """The finished floor, with who stands where and what each unit is worth."""

    def __init__(self, problem: Problem, allocation: Allocation, prices: Mapping[str, float]):
        self.problem, self.placements = problem, allocation.placements
        self.prepared: Prepared = prepare(problem)
        self.applicants = {applicant.code: applicant for applicant in problem.applicants}
        self.turn = {code: turn for turn, code in enumerate(priority.order(problem), 1)}
        self.weight = priority.weights(problem)
        floor = self.prepared.floor
        self.price = np.array([prices.get(unit.code, 0.0) for unit in floor.units])
        self.owner: dict[int, str] = {}
        for code, units in allocation.placements.items():
            self.owner |= {floor.index[unit]: code for unit in units if unit in floor.index}
        self.state = opening(self.prepared, 0)
        self._seat_everybody()

    def explain(self, applicant: Applicant) -> Explanation:
        party = self.prepared.number[applicant.code]
        lead = self.prepared.codes[party]
        units = tuple(self.placements.get(applicant.code, ()))
        status = self._status(applicant, lead)
        own = self.block(lead)
        candidates = self.candidates(party) if lead == applicant.code else np.zeros(0, np.int64)
        free = self.free(party, candidates)
        return Explanation(
            applicant=applicant.code,
            status=status,
            units=units,
            turn=self.turn[applicant.code],
            in_all=len(self.turn),
            reasons=() if status != "unplaced" else (self._refusal(applicant, lead, party, candidates),),
            wishes=tuple(self._outcome(applicant, party, wish, own, candidates) for wish in applicant.wishes),
            alternatives=tuple(self.names(b) for b in free[:ALTERNATIVES]),
            free_count=len(free),
        )

    def block(self, lead: str) -> list[Unit]:
        """The units of a whole party."""
        index, units = self.prepared.floor.index, self.prepared.floor.units
        party = (lead, *self.prepared.members.get(lead, ()))
        return [units[index[u]] for code in party for u in self.placements.get(code, ()) if u in index]

    def members_of(self, block: int) -> np.ndarray:
        """Unit numbers of a block."""
        blocks = self.prepared.blocks
        return blocks.units[blocks.unit_first[block] : blocks.unit_first[block + 1]]

    def names(self, block: int) -> tuple[str, ...]:
        """Unit codes of a block."""
        return tuple(self.prepared.floor.units[u].code for u in self.members_of(block))

    def candidates(self, party: int) -> np.ndarray:
        """Blocks the party might have had on an empty floor."""
        if self.prepared.crowd.need[party] <= 0:
            return np.zeros(0, np.int64)
        return blocks_for(self.prepared, party)

    def free(self, party: int, candidates: np.ndarray) -> list[int]:
        """Those nobody stands on and no rival is near, best first."""
        prepared = self.prepared
        shut = {*self.owner, *(int(u) for u in prepared.blocked)}
        found = [
            (-int(worth(prepared.crowd, prepared.blocks, party, b)), int(b))
            for b in candidates
            if shut.isdisjoint(self.members_of(b).tolist()) and self.at_distance(party, b)
        ]
        return [b for _, b in sorted(found)]

    def at_distance(self, party: int, block: int) -> bool:
        """Whether the party's placed rivals are far enough from the block."""
        return bool(keeps_distance(self.prepared.crowd, self.prepared.blocks, self.state, party, block))

    def _seat_everybody(self) -> None:
        """Find the block of each placed party, for the rule about rivals."""
        blocks = self.prepared.blocks
        for party, lead in enumerate(self.prepared.codes):
            units = sorted(self.prepared.floor.index[unit.code] for unit in self.block(lead))
            if not units or self.state.block[party] != NOWHERE:
                continue
            rect = self.prepared.floor.rect[units]
            corner = units[int(np.lexsort((rect[:, 1], rect[:, 0]))[0])]
            for b in range(blocks.first[corner], blocks.first[corner + 1]):
                if self.members_of(b).tolist() == units:
                    self.state.block[party] = b

    def _status(self, applicant: Applicant, lead: str) -> str:
        if not self.placements.get(applicant.code):
            idle_lead = applicant.code in self.prepared.members and self.block(lead)
            return "placed" if idle_lead else "unplaced"
        if self.problem.locks.get(applicant.code):
            return "locked"
        return "placed" if lead == applicant.code else "in_pavilion"

    def _refusal(self, applicant: Applicant, lead: str, party: int, candidates: np.ndarray) -> Reason:
        crowd, blocks, floor = self.prepared.crowd, self.prepared.blocks, self.prepared.floor
        if lead != applicant.code:
            return Reason("pavilion_full" if self.block(lead) else "pavilion_unplaced", {"lead": lead})
        if crowd.need[party] <= 0:
            return Reason("no_area")
        if not floor.units:
            return Reason("no_units")
        regions = crowd.regions[crowd.region_first[party] : crowd.region_first[party + 1]]
        if not len(regions):
            return Reason("unknown_zone", {"zones": applicant.zones})
        if self.problem.locks.get(applicant.code):
            return Reason("void_lock", {"units": self.problem.locks[applicant.code]})
        if not len(candidates):
            return self._missing(applicant, party, regions)
        occupied = set(self.owner)
        open_blocks = [b for b in candidates if occupied.isdisjoint(self.members_of(b).tolist())]
        if open_blocks:
            rivals = crowd.rivals[crowd.rival_first[party] : crowd.rival_first[party + 1]]
            names = tuple(self.prepared.codes[r] for r in rivals if self.state.block[r] != NOWHERE)
            gap = float(crowd.terms[GAP]) / 100
            return Reason("rivals", {"rivals": names, "gap_m": gap}) if names else Reason("left_over")
        costs = [float(self.price[self.members_of(b)].sum()) for b in candidates]
        cheapest = int(np.argmin(costs))
        own = int(worth(crowd, blocks, party, candidates[cheapest]))
        return Reason("all_taken", {"blocks": len(candidates), "price": round(costs[cheapest]), "worth": own})

    def _missing(self, applicant: Applicant, party: int, regions: np.ndarray) -> Reason:
        """Which demand leaves no block at all, even on an empty floor."""
        crowd, blocks = self.prepared.crowd, self.prepared.blocks
        kind = np.isin(blocks.region, regions) & (blocks.raw == crowd.raw[party])
        sized = kind & (blocks.area >= crowd.need[party]) & (blocks.area <= crowd.limit[party])
        if not sized.any():
            largest = largest_area(self.prepared.floor, regions, bool(crowd.raw[party]))
            return Reason(
                "too_large" if largest < crowd.need[party] else "no_such_size",
                {"need_m2": crowd.need[party] / 10_000, "largest_m2": largest / 10_000},
            )
        shaped = sized & ((blocks.bits & crowd.shape[party]) > 0)
        if not shaped.any():
            return Reason("no_shape", {"shape": applicant.shape})
        if not (shaped & (blocks.power >= crowd.power[party])).any():
            return Reason("no_power", {"power_kw": crowd.power[party] / 1000})
        return Reason("no_shape", {"shape": applicant.shape})

    def _outcome(
        self, applicant: Applicant, party: int, wish: Wish, own: list[Unit], candidates: np.ndarray
    ) -> WishOutcome:
        percent = self._percent(applicant, wish, own) if own else 0
        if percent >= MET_FROM_PERCENT:
            return WishOutcome(wish, True, percent)
        return WishOutcome(wish, False, percent, self._why_not(applicant, party, wish, own, candidates))

    def _percent(self, applicant: Applicant, wish: Wish, units: list[Unit]) -> int:
        if wish.kind == "beside":
            return 100 if self._is_beside(units, wish.target) else 0
        first = Wish(wish.kind, wish.target, 1)
        full = self.weight[applicant.code] * self.problem.weights.wish
        full = full * max(self.problem.weights.rank_percent[:1], default=0) // 100_000
        return (
            100 * wish_points(self.problem, self.weight[applicant.code], first, units) // full if full else 0
        )

    def _is_beside(self, units: list[Unit], target: str) -> bool:
        other = self.prepared.number.get(target)
        return other is not None and any(
            touches(u, v) for v in self.block(self.prepared.codes[other]) for u in units
        )

    def _why_not(
        self, applicant: Applicant, party: int, wish: Wish, own: list[Unit], candidates: np.ndarray
    ) -> Reason:
        floor = self.prepared.floor
        known = {
            "beside": self.prepared.number,
            "stand": floor.index,
            "zone": {zone for _, zone in floor.regions},
            "hall": floor.halls,
        }
        if wish.kind not in WISH_KINDS or (wish.kind in known and wish.target not in known[wish.kind]):
            return Reason("unknown_target", {"target": wish.target})
        if not own:
            return Reason("not_placed")
        if applicant.code not in self.prepared.codes:
            return Reason("follows_pavilion", {"lead": self.prepared.codes[party]})
        if self.prepared.crowd.fixed[party]:
            return Reason("locked")
        if wish.kind == "beside" and not self.block(self.prepared.codes[self.prepared.number[wish.target]]):
            return Reason("neighbour_unplaced", {"target": wish.target})
        fitting = [
            int(b)
            for b in candidates
            if self._percent(applicant, wish, [floor.units[u] for u in self.members_of(b)])
            >= MET_FROM_PERCENT
        ]
        return self._lost(applicant, party, wish, own, fitting)

    def _lost(
        self, applicant: Applicant, party: int, wish: Wish, own: list[Unit], fitting: list[int]
    ) -> Reason:
        """Among the blocks that would have fulfilled the wish, the one least in demand and who has it."""
        if not fitting:
            return Reason("no_such_place", {"target": wish.target})
        crowd, blocks = self.prepared.crowd, self.prepared.blocks
        net = [float(worth(crowd, blocks, party, b)) - self.price[self.members_of(b)].sum() for b in fitting]
        best = fitting[int(np.argmax(net))]
        holders = {self.owner[u] for u in self.members_of(best).tolist() if u in self.owner}
        holders -= {applicant.code, *self.prepared.members.get(applicant.code, ())}
        index = self.prepared.floor.index
        figures = {
            "units": self.names(best),
            "price": round(float(self.price[self.members_of(best)].sum())),
            "own_price": round(float(sum(self.price[index[unit.code]] for unit in own))),
            "worth": int(worth(crowd, blocks, party, best)),
        }
        if holders:
            return Reason("taken", figures | {"holders": tuple(sorted(holders)), "blocks": len(fitting)})
        if not self.at_distance(party, best):
            return Reason("rivals", figures)
        return Reason("traded", figures)


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
