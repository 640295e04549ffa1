"""What became of a wish and, if it was not met, who or what stood in its way."""

from __future__ import annotations

from typing import Any

import numpy as np

from expo.allocation.board import touches
from expo.allocation.finished import Finished
from expo.allocation.objective import wish_points
from expo.allocation.placing import worth
from expo.allocation.prepare import NOWHERE
from expo.allocation.problem import WISH_KINDS, Applicant, Unit, Wish
from expo.allocation.reasons import MET_FROM_PERCENT, Reason, WishOutcome


def outcome(
    case: Finished, applicant: Applicant, party: int, wish: Wish, own: list[Unit], candidates: np.ndarray
) -> WishOutcome:
    """The outcome for an applicant whose party has the units `own`; candidates suit it on an empty floor."""
    percent = _percent(case, applicant, wish, own) if own else 0
    if percent >= MET_FROM_PERCENT:
        return WishOutcome(wish, True, percent)
    return WishOutcome(wish, False, percent, _why_not(case, applicant, party, wish, own, candidates))


def _percent(case: Finished, applicant: Applicant, wish: Wish, units: list[Unit]) -> int:
    if wish.kind == "beside":
        return 100 if _is_beside(case, units, wish.target) else 0
    first = Wish(wish.kind, wish.target, 1)
    full = case.weight[applicant.code] * case.problem.weights.wish
    full = full * max(case.problem.weights.rank_percent[:1], default=0) // 100_000
    return 100 * wish_points(case.problem, case.weight[applicant.code], first, units) // full if full else 0


def _is_beside(case: Finished, units: list[Unit], target: str) -> bool:
    other = case.prepared.number.get(target)
    return other is not None and any(
        touches(u, v) for v in case.block(case.prepared.codes[other]) for u in units
    )


def _why_not(
    case: Finished, applicant: Applicant, party: int, wish: Wish, own: list[Unit], candidates: np.ndarray
) -> Reason:
    floor = case.prepared.floor
    known = {
        "beside": case.prepared.number,
        "stand": floor.index,
        "zone": {zone for _, zone in floor.regions},
        "hall": floor.halls,
    }
    if wish.kind not in WISH_KINDS or (wish.kind in known and wish.target not in known[wish.kind]):
        return Reason("unknown_target", {"target": wish.target})
    if not own:
        return Reason("not_placed")
    if applicant.code not in case.prepared.codes:
        return Reason("follows_pavilion", {"lead": case.prepared.codes[party]})
    if case.prepared.crowd.fixed[party]:
        return Reason("locked")
    if wish.kind == "beside" and not case.block(case.prepared.codes[case.prepared.number[wish.target]]):
        return Reason("neighbour_unplaced", {"target": wish.target})
    fitting = [
        int(b)
        for b in candidates
        if _percent(case, applicant, wish, [floor.units[u] for u in case.members_of(b)]) >= MET_FROM_PERCENT
    ]
    return _lost(case, applicant, party, wish, own, fitting)


def _lost(
    case: Finished, applicant: Applicant, party: int, wish: Wish, own: list[Unit], fitting: list[int]
) -> Reason:
    """Among the blocks that would have fulfilled the wish, the one least in demand and who has it."""
    if not fitting:
        return Reason("no_such_place", {"target": wish.target})
    crowd, blocks = case.prepared.crowd, case.prepared.blocks
    net = [float(worth(crowd, blocks, party, b)) - case.price[case.members_of(b)].sum() for b in fitting]
    best = fitting[int(np.argmax(net))]
    holders = {case.owner[u] for u in case.members_of(best).tolist() if u in case.owner}
    holders -= {applicant.code, *case.prepared.members.get(applicant.code, ())}
    index = case.prepared.floor.index
    figures = {
        "units": case.names(best),
        "price": round(float(case.price[case.members_of(best)].sum())),
        "own_price": round(float(sum(case.price[index[unit.code]] for unit in own))),
        "worth": int(worth(crowd, blocks, party, best)),
    }
    if holders:
        figures |= {"holders": tuple(sorted(holders)), "blocks": len(fitting)}
        return _outweighed(case, party, wish, best, figures) or Reason("taken", figures)
    if not case.at_distance(party, best):
        return Reason("rivals", figures)
    return Reason("traded", figures)


def _outweighed(case: Finished, party: int, wish: Wish, best: int, figures: dict[str, Any]) -> Reason | None:
    """How much more the block was worth to the party than its own, against how much more others wanted it.

    None where the two cannot be compared: standing beside a partner counts for both of them.
    """
    own = case.state.block[party]
    if own == NOWHERE or wish.kind == "beside":
        return None
    crowd, blocks = case.prepared.crowd, case.prepared.blocks
    gain = int(worth(crowd, blocks, party, best)) - int(worth(crowd, blocks, party, own))
    extra = figures["price"] - figures["own_price"]
    return Reason("outweighed", figures | {"gain": gain, "extra": extra}) if 0 < gain <= extra else None
