"""Points already certain before anybody is placed, and the pairs that could come to stand together at all."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.classes import Market
from expo.allocation.crowd import GAP
from expo.allocation.placing import State, beside, worth
from expo.allocation.prepare import NOWHERE, Prepared

MOST_MARKS = 200_000_000


def certain(prepared: Prepared, state: State, market: Market) -> int:
    """Points of the locked parties, and of every pair that stands together or still might.

    Whether two might touch is told from the units that their classes could cover at all; where to remember
    those would take more than MOST_MARKS bytes, every pair counts as one that might.
    """
    crowd, blocks = prepared.crowd, prepared.blocks
    class_of = np.full(len(crowd.need), -1, np.int64)
    class_of[market.parties] = np.repeat(np.arange(len(market.party_first) - 1), np.diff(market.party_first))
    extent = np.diff(prepared.floor.region_first)[market.stall_region]
    cover_first = np.concatenate([[0], np.cumsum(extent)]).astype(np.int64)
    if not len(crowd.pair_other) or cover_first[-1] > MOST_MARKS:
        cover_first = cover_first[:1]
    cover = _cover(blocks, state, market, cover_first)
    return int(_certain(crowd, blocks, state, market, class_of, cover_first, cover))


@njit(cache=True, nogil=True)
def _cover(blocks, state, market, cover_first):
    """Stall by stall, which units of its region lie in one of its blocks."""
    cover = np.zeros(cover_first[-1], np.int8)
    for s in range(len(cover_first) - 1):
        start = cover_first[s] - state.region_first[market.stall_region[s]]
        for k in range(market.list_first[s], market.list_first[s + 1]):
            b = market.listed[k]
            for n in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
                cover[start + blocks.units[n]] = 1
    return cover


@njit(cache=True, nogil=True)
def _certain(crowd, blocks, state, market, class_of, cover_first, cover):
    total = 0
    mark = np.zeros(len(state.owner), np.int64)
    for a in range(len(state.block)):
        b = state.block[a]
        if b != NOWHERE:
            total += worth(crowd, blocks, a, b)
        marked = False
        for k in range(crowd.pair_first[a], crowd.pair_first[a + 1]):
            other = crowd.pair_other[k]
            there = state.block[other]
            hopeless = (crowd.need[a] <= 0 and b == NOWHERE) or (crowd.need[other] <= 0 and there == NOWHERE)
            if other > a or hopeless:
                continue
            if b != NOWHERE and there != NOWHERE:
                if beside(blocks, state, b, other):
                    total += crowd.pair_amount[k]
                continue
            if not marked:
                _reach(crowd, blocks, state, market, class_of, cover_first, cover, a, mark, a + 1, True)
                marked = True
            if not _are_rivals(crowd, a, other) and _reach(
                crowd, blocks, state, market, class_of, cover_first, cover, other, mark, a + 1, False
            ):
                total += max(0, crowd.pair_amount[k])
    return total


@njit(cache=True, nogil=True)
def _are_rivals(crowd, a, other):
    """Rivals that must keep any distance at all never touch."""
    known = False
    for k in range(crowd.rival_first[a], crowd.rival_first[a + 1]):
        known = known or crowd.rivals[k] == other
    return known and crowd.terms[GAP] > 0


@njit(cache=True, nogil=True)
def _reach(crowd, blocks, state, market, class_of, cover_first, cover, a, mark, stamp, write):
    """Walk the units party a could ever stand on: stamp what touches them, or tell whether one is stamped.

    Somebody with units that it must have, or whom nothing was remembered for, could be anywhere.
    """
    if state.block[a] != NOWHERE:
        for k in range(blocks.unit_first[state.block[a]], blocks.unit_first[state.block[a] + 1]):
            if _step(state, blocks.units[k], mark, stamp, write):
                return True
        return False
    c = class_of[a]
    if len(cover_first) == 1 or crowd.must_first[a] != crowd.must_first[a + 1]:
        if write:
            mark[:] = stamp
        return True
    at = crowd.region_first[a]
    for s in range(market.stall_first[c], market.stall_first[c + 1]):
        r = market.stall_region[s]
        if at == crowd.region_first[a + 1] or crowd.regions[at] != r:
            continue
        at += 1
        for i in range(cover_first[s + 1] - cover_first[s]):
            if cover[cover_first[s] + i] and _step(state, state.region_first[r] + i, mark, stamp, write):
                return True
    return False


@njit(cache=True, nogil=True)
def _step(state, u, mark, stamp, write):
    if not write:
        return mark[u] == stamp
    for n in range(state.near_first[u], state.near_first[u + 1]):
        mark[state.near[n]] = stamp
    return False
