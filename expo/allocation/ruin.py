"""Compiled: clearing part of the floor: around a spot, for a block somebody dreams of, beside a partner."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.placing import FREE, beside, draw, is_free, keeps_distance, leave, suits, take, worth
from expo.allocation.prepare import NOWHERE

MOST_CLEARED = 24
AROUND, DREAM = 0.45, 0.9  # up to which draw a spot, or a dreamt-of block, is cleared; above: for a pair
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
        k = pick(state.lottery, pairs)
        count, lost = _clear_for_pair(crowd, blocks, state, vicinity, k, wanted, cleared, before)
        return count, lost, 0, NOWHERE
    a = pick(state.lottery, len(state.block))
    if way < FOR_THE_WAITING and wait[0] > 0:
        a = wait[1 + pick(state.lottery, wait[0])]
    if not crowd.fixed[a]:
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
def _clear_for_pair(crowd, blocks, state, vicinity, k, wanted, cleared, before):
    """Clear pair k's first party and, if the two stand apart, around the second."""
    other = crowd.pair_other[k]
    a = np.searchsorted(crowd.pair_first, k, side="right") - 1
    here, there = state.block[a], state.block[other]
    if there == NOWHERE or crowd.fixed[a]:
        return 0, 0
    if here != NOWHERE and beside(blocks, state, here, other):
        return 0, 0
    count, lost = _clear(crowd, blocks, state, a, cleared, before, 0)
    if count == 0:
        cleared[0], before[0], count = a, NOWHERE, 1
    u = blocks.units[blocks.unit_first[there]]
    count, less = _clear_around(crowd, blocks, state, vicinity, u, wanted + 1, cleared, before, count)
    return count, lost + less


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
