"""Compiled: clearing part of the floor: around a spot, for a block somebody dreams of, beside a partner."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.crowd import STAND
from expo.allocation.placing import FREE, beside, draw, is_free, keeps_distance, leave, suits, take, worth
from expo.allocation.prepare import NOWHERE

MOST_CLEARED = 24
AROUND, DREAM = 0.45, 0.9  # up to which draw a spot, or a dreamt-of block, is cleared; above: for a pair
WISHED = 0.5  # up to which draw the dreamer thinks of a stand it wished for
UNDECIDED = 0.3  # how likely a block is passed over, so that not always the same one is dreamt of
FOR_THE_WAITING = 0.6  # up to which draw the dreamer is one without a place


@njit(cache=True, nogil=True)
def pick(lottery, size):
    """A whole number from 0 to size, size not included."""
    return int(draw(lottery) * size)


@njit(cache=True, nogil=True)
def ruin(crowd, blocks, state, vicinity, cost, share, wait, cleared, before):
    """Clear one neighbourhood; returns (parties cleared, points lost, points gained, block already given).

    The first entries of cleared and before tell who stood where; a party that had no place has NOWHERE.
    """
    way = draw(state.lottery)
    wanted = 2 + pick(state.lottery, 7)
    pairs = len(crowd.pair_other)
    if way < AROUND or (way >= DREAM and pairs == 0):
        u = pick(state.lottery, len(state.owner))
        count, lost = _clear_around(crowd, blocks, state, vicinity, u, wanted, cleared, before, 0)
        return count, lost, 0, NOWHERE
    if way >= DREAM:
        a, b = _beside_its_partner(crowd, blocks, state, cost, share, pick(state.lottery, pairs))
        if b == NOWHERE or not _movable(crowd, blocks, state, b):
            return 0, 0, 0, NOWHERE
        count, lost, gained = _clear_for_dream(crowd, blocks, state, vicinity, a, b, cleared, before)
        return count, lost, gained, b
    a = pick(state.lottery, len(state.block))
    if way < FOR_THE_WAITING and wait[0] > 0:
        a = wait[1 + pick(state.lottery, wait[0])]
    if not crowd.fixed[a]:
        b = NOWHERE
        if draw(state.lottery) < WISHED:
            b = _wished(crowd, blocks, state, cost, share, a)
        if b == NOWHERE:
            b = _dream(crowd, blocks, state, cost, share, a, 1 + pick(state.lottery, 8))
        if b != NOWHERE and b != state.block[a] and _movable(crowd, blocks, state, b):
            count, lost, gained = _clear_for_dream(crowd, blocks, state, vicinity, a, b, cleared, before)
            return count, lost, gained, b
    return 0, 0, 0, NOWHERE


@njit(cache=True, nogil=True)
def _clear(crowd, blocks, state, a, cleared, before, count):
    """Take party a off the floor if it may move and is on it; returns (parties cleared, points lost)."""
    if a < 0 or crowd.fixed[a] or state.block[a] == NOWHERE or count >= MOST_CLEARED:
        return count, 0
    cleared[count] = a
    before[count] = state.block[a]
    return count + 1, leave(crowd, blocks, state, a)


@njit(cache=True, nogil=True)
def _clear_around(crowd, blocks, state, vicinity, u, wanted, cleared, before, count):
    """Clear until so many are wanted, from unit u outwards."""
    lost = 0
    for n in range(vicinity.shape[1]):
        if count >= wanted:
            break
        count, less = _clear(crowd, blocks, state, state.owner[vicinity[u, n]], cleared, before, count)
        lost += less
    return count, lost


@njit(cache=True, nogil=True)
def _clear_for_dream(crowd, blocks, state, vicinity, a, goal, cleared, before):
    """Clear party a and whoever stands on its goal, now and then its surroundings, and give a the goal."""
    count, lost = _clear(crowd, blocks, state, a, cleared, before, 0)
    if count == 0:
        cleared[0], before[0], count = a, NOWHERE, 1
    for k in range(blocks.unit_first[goal], blocks.unit_first[goal + 1]):
        owner = state.owner[blocks.units[k]]
        count, less = _clear(crowd, blocks, state, owner, cleared, before, count)
        lost += less
    if draw(state.lottery) < 0.5:
        u = blocks.units[blocks.unit_first[goal]]
        count, less = _clear_around(crowd, blocks, state, vicinity, u, count + 3, cleared, before, count)
        lost += less
    gained = 0
    if is_free(blocks, state, goal) and keeps_distance(crowd, blocks, state, a, goal):
        gained = take(crowd, blocks, state, a, goal)
    return count, lost, gained


@njit(cache=True, nogil=True)
def _beside_its_partner(crowd, blocks, state, cost, share, k):
    """Pair k's first party and a block it would like beside the second; NOWHERE if they touch already."""
    a, other = np.searchsorted(crowd.pair_first, k, side="right") - 1, crowd.pair_other[k]
    there = state.block[other]
    if there == NOWHERE or crowd.fixed[a] or crowd.need[a] <= 0:
        return a, NOWHERE
    if state.block[a] != NOWHERE and beside(blocks, state, state.block[a], other):
        return a, NOWHERE
    size = blocks.unit_first[there + 1] - blocks.unit_first[there]
    u = blocks.units[blocks.unit_first[there] + pick(state.lottery, size)]
    around = state.near_first[u + 1] - state.near_first[u]
    if around == 0:
        return a, NOWHERE
    v = state.near[state.near_first[u] + pick(state.lottery, around)]
    return a, NOWHERE if state.owner[v] == other else _with_unit(
        crowd, blocks, state, cost, share, a, v, other
    )


@njit(cache=True, nogil=True)
def _wished(crowd, blocks, state, cost, share, a):
    """A block with a stand party a wished for, if it wished for any."""
    size = crowd.wish_first[a + 1] - crowd.wish_first[a]
    if size == 0 or crowd.need[a] <= 0:
        return NOWHERE
    k = crowd.wish_first[a] + pick(state.lottery, size)
    if crowd.wish_kind[k] != STAND:
        return NOWHERE
    return _with_unit(crowd, blocks, state, cost, share, a, crowd.wish_target[k], NOWHERE)


@njit(cache=True, nogil=True)
def _with_unit(crowd, blocks, state, cost, share, a, u, other):
    """The block worth most to party a among those that hold unit u and none of the other party's."""
    best, found = -1e300, NOWHERE
    for k in range(blocks.with_first[u], blocks.with_first[u + 1]):
        b = blocks.with_unit[k]
        if not suits(crowd, blocks, a, b) or not _in_its_regions(crowd, blocks, a, b):
            continue
        score = worth(crowd, blocks, a, b) - share * cost[b]
        if score <= best or draw(state.lottery) < UNDECIDED:
            continue
        if other == NOWHERE or not _owns_some(blocks, state, b, other):
            best, found = score, b
    return found


@njit(cache=True, nogil=True)
def _in_its_regions(crowd, blocks, a, b):
    for j in range(crowd.region_first[a], crowd.region_first[a + 1]):
        if crowd.regions[j] == blocks.region[b]:
            return True
    return False


@njit(cache=True, nogil=True)
def _owns_some(blocks, state, b, other):
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        if state.owner[blocks.units[k]] == other:
            return True
    return False


@njit(cache=True, nogil=True)
def _dream(crowd, blocks, state, cost, share, a, tries):
    """A block party a would like, whoever stands there: the best of a few drawn at random."""
    best, found = -1e300, NOWHERE
    regions = crowd.region_first[a + 1] - crowd.region_first[a]
    if regions == 0 or crowd.need[a] <= 0:
        return found
    for _ in range(tries):
        r = crowd.regions[crowd.region_first[a] + pick(state.lottery, regions)]
        size = state.region_first[r + 1] - state.region_first[r]
        u = state.region_first[r] + pick(state.lottery, size)
        for b in range(blocks.first[u], blocks.first[u + 1]):
            if blocks.area[b] > crowd.limit[a]:
                break
            if suits(crowd, blocks, a, b):
                score = worth(crowd, blocks, a, b) - share * cost[b]
                if score > best:
                    best, found = score, b
    return found


@njit(cache=True, nogil=True)
def _movable(crowd, blocks, state, b):
    """Whether nobody who must stay stands on block b."""
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        owner = state.owner[blocks.units[k]]
        if owner < FREE or (owner >= 0 and crowd.fixed[owner]):
            return False
    return True
