"""Ruin and recreate: clear a neighbourhood, fill it again, keep what is good enough, ever more strictly."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.placing import (
    FREE,
    beside,
    best_free,
    draw,
    is_free,
    keeps_distance,
    leave,
    suits,
    take,
    worth,
)
from expo.allocation.prepare import NOWHERE

MOST_CLEARED = 24
MANY_REGIONS = 8


@njit(cache=True, nogil=True)
def _pick(lottery, size):
    return int(draw(lottery) * size)


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
    lost = 0
    for n in range(vicinity.shape[1]):
        if count >= wanted:
            break
        count, less = _clear(crowd, blocks, state, state.owner[vicinity[u, n]], cleared, before, count)
        lost += less
    return count, lost


@njit(cache=True, nogil=True)
def _dream(crowd, blocks, state, cost, share, a, tries):
    """A block party a would like, whoever stands there: the best of a few drawn at random."""
    best, found = -1e300, NOWHERE
    regions = crowd.region_first[a + 1] - crowd.region_first[a]
    if regions == 0 or crowd.need[a] <= 0:
        return found
    for _ in range(tries):
        r = crowd.regions[crowd.region_first[a] + _pick(state.lottery, regions)]
        size = state.region_first[r + 1] - state.region_first[r]
        u = state.region_first[r] + _pick(state.lottery, size)
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
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        owner = state.owner[blocks.units[k]]
        if owner < FREE or (owner >= 0 and crowd.fixed[owner]):
            return False
    return True


@njit(cache=True, nogil=True)
def improve(crowd, blocks, state, vicinity, cost, wait, current, best, best_block, begin, end, rounds, heat):
    """Rounds begin to end of a run of so many; returns (current, best) points, best_block updated.

    wait is the list of parties without a place (wait[0] holds how many follow); heat is the temperature at
    the start, falling geometrically to a thousandth of it.
    """
    parties = len(state.block)
    cleared = np.empty(MOST_CLEARED + 8, np.int64)
    before = np.empty(MOST_CLEARED + 8, np.int64)
    rank = np.empty(MOST_CLEARED + 8, np.float64)
    touched = np.zeros(len(state.count), np.int8)
    only_touched = len(state.count) > MANY_REGIONS
    pairs = len(crowd.pair_other)
    for turn in range(begin, end):
        warmth = heat * 0.001 ** (turn / rounds)
        count, forced, goal = 0, -1, NOWHERE
        lost = 0
        share = 1.2 * draw(state.lottery)
        way = draw(state.lottery)
        wanted = 2 + _pick(state.lottery, 7)
        if way < 0.45 or (way >= 0.9 and pairs == 0):
            u = _pick(state.lottery, len(state.owner))
            count, lost = _clear_around(crowd, blocks, state, vicinity, u, wanted, cleared, before, 0)
        elif way < 0.9:
            a = _pick(state.lottery, parties)
            if way < 0.6 and wait[0] > 0:
                a = wait[1 + _pick(state.lottery, wait[0])]
            if not crowd.fixed[a]:
                b = _dream(crowd, blocks, state, cost, share, a, 1 + _pick(state.lottery, 8))
                if b != NOWHERE and b != state.block[a] and _movable(crowd, blocks, state, b):
                    forced, goal = a, b
        else:
            k = _pick(state.lottery, pairs)
            other = crowd.pair_other[k]
            a = np.searchsorted(crowd.pair_first, k, side="right") - 1
            there = state.block[other]
            apart = (
                there == NOWHERE
                or state.block[a] == NOWHERE
                or not beside(blocks, state, state.block[a], other)
            )
            if there != NOWHERE and apart and not crowd.fixed[a]:
                u = blocks.units[blocks.unit_first[there]]
                count, lost = _clear(crowd, blocks, state, a, cleared, before, 0)
                if state.block[a] == NOWHERE and count == 0:
                    cleared[0], before[0], count = a, NOWHERE, 1
                count, less = _clear_around(
                    crowd, blocks, state, vicinity, u, wanted + 1, cleared, before, count
                )
                lost += less
        gained = 0
        if forced >= 0:
            was = state.block[forced]
            if was != NOWHERE:
                count, less = _clear(crowd, blocks, state, forced, cleared, before, count)
                lost += less
            else:
                cleared[0], before[0], count = forced, NOWHERE, 1
            for k in range(blocks.unit_first[goal], blocks.unit_first[goal + 1]):
                owner = state.owner[blocks.units[k]]
                count, less = _clear(crowd, blocks, state, owner, cleared, before, count)
                lost += less
            if draw(state.lottery) < 0.5:
                u = blocks.units[blocks.unit_first[goal]]
                count, less = _clear_around(
                    crowd, blocks, state, vicinity, u, count + 3, cleared, before, count
                )
                lost += less
            if is_free(blocks, state, goal) and keeps_distance(crowd, blocks, state, forced, goal):
                gained += take(crowd, blocks, state, forced, goal)
        if count == 0:
            continue
        settled = count
        for _ in range(min(3, wait[0])):
            a = wait[1 + _pick(state.lottery, wait[0])]
            known = False
            for i in range(count):
                known = known or cleared[i] == a
            if not known:
                cleared[count], before[count] = a, NOWHERE
                count += 1
        for i in range(settled):
            if before[i] != NOWHERE:
                touched[blocks.region[before[i]]] = 1
        if goal != NOWHERE:
            touched[blocks.region[goal]] = 1
        manner = draw(state.lottery)
        for i in range(count):
            a = cleared[i]
            if manner < 0.4:
                rank[i] = -crowd.base[a] * (0.7 + 0.6 * draw(state.lottery))
            elif manner < 0.7:
                rank[i] = -crowd.need[a] * (0.7 + 0.6 * draw(state.lottery))
            else:
                rank[i] = draw(state.lottery)
        for i in np.argsort(rank[:count]):
            a = cleared[i]
            if state.block[a] != NOWHERE:
                continue
            b = best_free(crowd, blocks, state, cost, share, 0.02, a, touched, only_touched)
            if b != NOWHERE:
                gained += take(crowd, blocks, state, a, b)
        for i in range(settled):
            if before[i] != NOWHERE:
                touched[blocks.region[before[i]]] = 0
        if goal != NOWHERE:
            touched[blocks.region[goal]] = 0
        change = gained - lost
        if change >= 0 or change > warmth * np.log(1e-12 + draw(state.lottery)):
            current += change
            for i in range(count):
                a = cleared[i]
                if before[i] == NOWHERE and state.block[a] != NOWHERE:
                    _off_the_list(wait, a)
                elif before[i] != NOWHERE and state.block[a] == NOWHERE:
                    wait[0] += 1
                    wait[wait[0]] = a
            if current > best:
                best = current
                best_block[:] = state.block
        else:
            for i in range(count):
                if state.block[cleared[i]] != NOWHERE:
                    leave(crowd, blocks, state, cleared[i])
            for i in range(count):
                if before[i] != NOWHERE:
                    take(crowd, blocks, state, cleared[i], before[i])
    return current, best


@njit(cache=True, nogil=True)
def _off_the_list(wait, a):
    for i in range(1, wait[0] + 1):
        if wait[i] == a:
            wait[i] = wait[wait[0]]
            wait[0] -= 1
            return
