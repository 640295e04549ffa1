"""Ruin and recreate: clear a neighbourhood, fill it again, keep what is good enough, ever more strictly."""

from __future__ import annotations

import numpy as np
from numba import njit

from expo.allocation.placing import best_free, draw, leave, take
from expo.allocation.prepare import NOWHERE
from expo.allocation.ruin import MOST_CLEARED, pick, ruin

MANY_REGIONS = 8
MOST_INVITED = 3
OVERLOOKED = 0.02


@njit(cache=True, nogil=True)
def improve(
    crowd, blocks, state, vicinity, cost, wait, current, best, best_block, stale, begin, end, rounds, heat
):
    """Rounds begin to end of a run of so many; returns (current, best) points, best_block updated.

    wait is the list of parties without a place (wait[0] holds how many follow), stale that of parties whose
    entry in best_block is not their present one; heat is the temperature at the start, falling geometrically
    to a thousandth of it.
    """
    cleared = np.empty(MOST_CLEARED + 8, np.int64)
    before = np.empty(MOST_CLEARED + 8, np.int64)
    rank = np.empty(MOST_CLEARED + 8, np.float64)
    touched = np.zeros(len(state.count), np.int8)
    for turn in range(begin, end):
        share = 1.2 * draw(state.lottery)
        settled, lost, gained, goal = ruin(crowd, blocks, state, vicinity, cost, share, wait, cleared, before)
        if settled == 0:
            continue
        count = _invite(state.lottery, wait, cleared, before, settled)
        _mark(blocks, before, settled, goal, touched, 1)
        gained += _recreate(crowd, blocks, state, cost, share, cleared, count, rank, touched)
        _mark(blocks, before, settled, goal, touched, 0)
        change = gained - lost
        warmth = heat * 0.001 ** (turn / rounds)
        if change >= 0 or change > warmth * np.log(1e-12 + draw(state.lottery)):
            current += change
            _rewrite_the_list(state, wait, cleared, before, count)
            _note(stale, cleared, count)
            if current > best:
                best = current
                _catch_up(stale, best_block, state.block)
        else:
            _undo(crowd, blocks, state, cleared, before, count)
    return current, best


@njit(cache=True, nogil=True)
def _note(stale, cleared, count):
    """Put those cleared on the list stale[1:1 + stale[0]]; its second half tells who is on it already."""
    size = len(stale) // 2
    for i in range(count):
        if stale[size + cleared[i]] == 0:
            stale[size + cleared[i]] = 1
            stale[0] += 1
            stale[stale[0]] = cleared[i]


@njit(cache=True, nogil=True)
def _catch_up(stale, best_block, block):
    """Copy what has changed alone: on a large fair the whole would cost more than the search."""
    size = len(stale) // 2
    for i in range(1, stale[0] + 1):
        best_block[stale[i]] = block[stale[i]]
        stale[size + stale[i]] = 0
    stale[0] = 0


@njit(cache=True, nogil=True)
def _invite(lottery, wait, cleared, before, count):
    """Add a few of those without a place to those cleared; returns how many there are now."""
    for _ in range(min(MOST_INVITED, wait[0])):
        a = wait[1 + pick(lottery, wait[0])]
        known = False
        for i in range(count):
            known = known or cleared[i] == a
        if not known:
            cleared[count], before[count] = a, NOWHERE
            count += 1
    return count


@njit(cache=True, nogil=True)
def _mark(blocks, before, settled, goal, touched, mark):
    """Mark the regions where something was cleared, or unmark them."""
    for i in range(settled):
        if before[i] != NOWHERE:
            touched[blocks.region[before[i]]] = mark
    if goal != NOWHERE:
        touched[blocks.region[goal]] = mark


@njit(cache=True, nogil=True)
def _recreate(crowd, blocks, state, cost, share, cleared, count, rank, touched):
    """Give everybody cleared the best free block, by points, by size or by lot; returns the points gained."""
    manner = draw(state.lottery)
    for i in range(count):
        a = cleared[i]
        if manner < 0.4:
            rank[i] = -crowd.base[a] * (0.7 + 0.6 * draw(state.lottery))
        elif manner < 0.7:
            rank[i] = -crowd.need[a] * (0.7 + 0.6 * draw(state.lottery))
        else:
            rank[i] = draw(state.lottery)
    only_touched = len(touched) > MANY_REGIONS
    gained = 0
    for i in np.argsort(rank[:count]):
        a = cleared[i]
        if state.block[a] != NOWHERE:
            continue
        b = best_free(crowd, blocks, state, cost, share, OVERLOOKED, a, touched, only_touched)
        if b != NOWHERE:
            gained += take(crowd, blocks, state, a, b)
    return gained


@njit(cache=True, nogil=True)
def _undo(crowd, blocks, state, cleared, before, count):
    """Put everybody back where they stood."""
    for i in range(count):
        if state.block[cleared[i]] != NOWHERE:
            leave(crowd, blocks, state, cleared[i])
    for i in range(count):
        if before[i] != NOWHERE:
            take(crowd, blocks, state, cleared[i], before[i])


@njit(cache=True, nogil=True)
def _rewrite_the_list(state, wait, cleared, before, count):
    """Strike off those who found a place, add those who lost theirs."""
    for i in range(count):
        a = cleared[i]
        if before[i] == NOWHERE and state.block[a] != NOWHERE:
            _off_the_list(wait, a)
        elif before[i] != NOWHERE and state.block[a] == NOWHERE:
            wait[0] += 1
            wait[wait[0]] = a


@njit(cache=True, nogil=True)
def _off_the_list(wait, a):
    for i in range(1, wait[0] + 1):
        if wait[i] == a:
            wait[i] = wait[wait[0]]
            wait[0] -= 1
            return
