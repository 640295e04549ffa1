"""Compiled: what everybody would take at given prices if nobody else were there; the bound's every step."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.blocks import CORNER
from expo.allocation.crowd import HALL, SPARE, STANDARD, ZONE


@njit(cache=True, nogil=True)
def weigh(crowd, blocks, market, cost):
    """Everybody takes the block of most worth after its cost, clashes allowed: (gain, block) of each party.

    Within a stall only blocks that no other beats in cost, nearness and corner at once can be anybody's best;
    these few (front) are found once and offered to every party of the class.
    """
    size = len(market.parties)
    gain, chosen = np.zeros(size), np.full(size, -1, np.int64)
    at = np.zeros(size, np.int64)
    front = np.empty(256, np.int64)
    net = np.empty(256)
    for c in range(len(market.party_first) - 1):
        begin, end = market.party_first[c], market.party_first[c + 1]
        for i in range(begin, end):
            at[i] = crowd.region_first[market.parties[i]]
        for s in range(market.stall_first[c], market.stall_first[c + 1]):
            r = market.stall_region[s]
            if market.list_first[s + 1] - market.list_first[s] > len(front):
                front, net = (
                    np.empty(market.list_first[s + 1] - market.list_first[s], np.int64),
                    np.empty(market.list_first[s + 1] - market.list_first[s]),
                )
            kept = _front(crowd, blocks, market, cost, c, s, front, net)
            for i in range(begin, end):
                a = market.parties[i]
                if at[i] == crowd.region_first[a + 1] or crowd.regions[at[i]] != r:
                    continue
                at[i] += 1
                own = _own(crowd, market, c, i, r)
                for k in range(kept):
                    score = own + net[k] + market.near_rate[i] * market.nearness[front[k]]
                    if blocks.bits[front[k]] & CORNER:
                        score += market.corner[i]
                    if score > gain[i]:
                        gain[i], chosen[i] = score, front[k]
        for i in range(begin, end):
            for k in range(market.special_first[i], market.special_first[i + 1]):
                score = market.special_worth[k] - cost[market.special[k]]
                if score > gain[i]:
                    gain[i], chosen[i] = score, market.special[k]
    return gain, chosen


@njit(cache=True, nogil=True)
def _own(crowd, market, c, i, r):
    """What the party gains anywhere in region r, whatever the block."""
    a = market.parties[i]
    own = market.slack[i]
    if market.shrinks[c] == 0:
        own += crowd.base[a] + crowd.terms[SPARE] * crowd.need[a] / crowd.terms[STANDARD]
    for k in range(crowd.wish_first[a], crowd.wish_first[a + 1]):
        kind, target = crowd.wish_kind[k], crowd.wish_target[k]
        in_zone = kind == ZONE and crowd.zone_of_region[r] == target
        if in_zone or (kind == HALL and crowd.hall_of_region[r] == target):
            own += crowd.wish_amount[k]
    return own


@njit(cache=True, nogil=True)
def _front(crowd, blocks, market, cost, c, s, front, net):
    """Fill front with the blocks of stall s that none beats, net with what they bring before wishes."""
    model = market.parties[market.party_first[c]]
    rate = crowd.terms[SPARE] / crowd.terms[STANDARD]
    need, base, shrinks = crowd.need[model], crowd.base[model], market.shrinks[c] == 1
    kept = 0
    for k in range(market.list_first[s], market.list_first[s + 1]):
        b = market.listed[k]
        own = -cost[b] - rate * blocks.area[b]
        if shrinks:
            own = (
                base * (blocks.area[b] / need)
                if blocks.area[b] < need
                else base - rate * (blocks.area[b] - need)
            )
            own -= cost[b]
        near, corner = market.nearness[b], blocks.bits[b] & CORNER
        beaten = False
        for m in range(kept):
            if (
                net[m] >= own
                and market.nearness[front[m]] >= near
                and blocks.bits[front[m]] & CORNER >= corner
            ):
                beaten = True
                if m > 0:
                    front[m], front[m - 1] = front[m - 1], front[m]
                    net[m], net[m - 1] = net[m - 1], net[m]
                break
        if beaten:
            continue
        left = 0
        for m in range(kept):
            other = front[m]
            if own >= net[m] and near >= market.nearness[other] and corner >= blocks.bits[other] & CORNER:
                continue
            front[left], net[left] = other, net[m]
            left += 1
        front[left], net[left] = b, own
        kept = left + 1
    return kept
