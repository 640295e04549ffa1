"""Compiled ground moves: what a block is worth to a party, whether it may have it, taking and leaving it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from expo.allocation.blocks import CORNER, HOLED
from expo.allocation.crowd import (
    CORNER_STAND,
    FAR,
    GAP,
    HALL,
    KEEP,
    NEAR,
    NEAR_ENTRANCE,
    SPARE,
    STAND,
    STANDARD,
    ZONE,
)
from expo.allocation.prepare import NOWHERE, Prepared

FREE, BLOCKED = -1, -2
NEVER = -(2**60)


class State(NamedTuple):
    """Who owns each unit, each party's block; region r's free units are free[region_first[r]:][:count[r]]."""

    owner: np.ndarray
    block: np.ndarray
    free: np.ndarray
    place: np.ndarray
    count: np.ndarray
    region_first: np.ndarray
    region: np.ndarray
    near_first: np.ndarray
    near: np.ndarray
    unit_rect: np.ndarray
    lottery: np.ndarray


def opening(prepared: Prepared, seed: int) -> State:
    """The floor with only locks on it. lottery is the state of the random numbers."""
    floor, blocks = prepared.floor, prepared.blocks
    owner = np.full(len(floor.units), FREE, np.int32)
    owner[prepared.blocked] = BLOCKED
    for party in np.flatnonzero(prepared.start != NOWHERE):
        block = prepared.start[party]
        owner[blocks.units[blocks.unit_first[block] : blocks.unit_first[block + 1]]] = party
    free = np.zeros(len(owner), np.int32)
    place = np.full(len(owner), -1, np.int64)
    count = np.zeros(len(floor.regions), np.int64)
    for u in np.flatnonzero(owner == FREE):
        r = floor.region[u]
        place[u] = floor.region_first[r] + count[r]
        free[place[u]] = u
        count[r] += 1
    lottery = np.array([(seed * 0x9E3779B97F4A7C15 + 0x5851F42D4C957F2D) % 2**64 or 1], np.uint64)
    return State(
        owner, prepared.start.copy(), free, place, count, floor.region_first, floor.region,
        floor.near_first, floor.near, floor.rect, lottery,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def draw(lottery):
    """A uniform number in [0, 1) by xorshift64*; an own state, so that no other thread disturbs it."""
    x = lottery[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    lottery[0] = x
    return ((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def worth(crowd, blocks, a, b):
    """Points of party a standing on block b, partners aside."""
    total, spare = crowd.base[a], blocks.area[b] - crowd.need[a]
    if spare < 0:
        total = total * blocks.area[b] // crowd.need[a]
    elif spare > 0:
        total -= crowd.terms[SPARE] * spare // crowd.terms[STANDARD]
    if crowd.previous[a] == b:
        total += crowd.terms[KEEP]
    for k in range(crowd.wish_first[a], crowd.wish_first[a + 1]):
        kind, target, amount = crowd.wish_kind[k], crowd.wish_target[k], crowd.wish_amount[k]
        if kind == NEAR_ENTRANCE:
            near, far = crowd.terms[NEAR], crowd.terms[FAR]
            total += amount * (far - min(max(blocks.entrance[b], near), far)) // (far - near)
        elif kind == CORNER_STAND:
            if blocks.bits[b] & CORNER:
                total += amount
        elif kind == ZONE:
            if crowd.zone_of_region[blocks.region[b]] == target:
                total += amount
        elif kind == HALL:
            if blocks.hall[b] == target:
                total += amount
        elif kind == STAND and contains(blocks, b, target):
            total += amount
    return total


@njit(cache=True, nogil=True)
def contains(blocks, b, u):
    """Whether block b has unit u."""
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        if blocks.units[k] >= u:
            return blocks.units[k] == u
    return False


@njit(cache=True, nogil=True)
def suits(crowd, blocks, a, b):
    """Whether block b is of a size, shape and kind party a may be given (its zone aside)."""
    bits = blocks.bits[b]
    if (
        blocks.area[b] < crowd.least[a]
        or blocks.area[b] > crowd.limit[a]
        or blocks.reduced[b] >= crowd.need[a]
    ):
        return False
    if not bits & crowd.shape[a] or (bits & HOLED and not crowd.shape[a] & HOLED):
        return False
    if blocks.raw[b] != crowd.raw[a] or blocks.power[b] < crowd.power[a] or blocks.water[b] < crowd.water[a]:
        return False
    if blocks.height[b] < crowd.height[a] or blocks.load[b] < crowd.load[a]:
        return False
    for k in range(crowd.must_first[a], crowd.must_first[a + 1]):
        if not contains(blocks, b, crowd.must[k]):
            return False
    return True


@njit(cache=True, nogil=True)
def keeps_distance(crowd, blocks, state, a, b):
    """Whether no placed rival of a stands closer to block b than the rules allow (by bounding boxes)."""
    for k in range(crowd.rival_first[a], crowd.rival_first[a + 1]):
        other = state.block[crowd.rivals[k]]
        if other != NOWHERE and blocks.hall[other] == blocks.hall[b]:
            one, two = blocks.rect[b], blocks.rect[other]
            dx = max(0, max(one[0] - two[2], two[0] - one[2]))
            dy = max(0, max(one[1] - two[3], two[1] - one[3]))
            if dx * dx + dy * dy < crowd.terms[GAP] * crowd.terms[GAP]:
                return False
    return True


@njit(cache=True, nogil=True)
def company(crowd, blocks, state, a, b):
    """Points that block b brings by standing beside partners already placed."""
    total = 0
    for k in range(crowd.pair_first[a], crowd.pair_first[a + 1]):
        if state.block[crowd.pair_other[k]] != NOWHERE and beside(blocks, state, b, crowd.pair_other[k]):
            total += crowd.pair_amount[k]
    return total


@njit(cache=True, nogil=True)
def beside(blocks, state, b, other):
    """Whether a unit of block b shares an edge with one that party other owns."""
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        u = blocks.units[k]
        for n in range(state.near_first[u], state.near_first[u + 1]):
            if state.owner[state.near[n]] == other:
                return True
    return False


@njit(cache=True, nogil=True)
def take(crowd, blocks, state, a, b):
    """Put party a on the free block b; returns the points gained."""
    gain = worth(crowd, blocks, a, b) + company(crowd, blocks, state, a, b)
    state.block[a] = b
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        u = blocks.units[k]
        state.owner[u] = a
        r = state.region[u]
        state.count[r] -= 1
        last = state.free[state.region_first[r] + state.count[r]]
        state.free[state.place[u]] = last
        state.place[last] = state.place[u]
        state.place[u] = -1
    return gain


@njit(cache=True, nogil=True)
def leave(crowd, blocks, state, a):
    """Take party a off its block; returns the points lost."""
    b = state.block[a]
    state.block[a] = NOWHERE
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        u = blocks.units[k]
        state.owner[u] = FREE
        r = state.region[u]
        state.place[u] = state.region_first[r] + state.count[r]
        state.free[state.place[u]] = u
        state.count[r] += 1
    return worth(crowd, blocks, a, b) + company(crowd, blocks, state, a, b)


@njit(cache=True, nogil=True)
def lower_edge(blocks, u, least):
    """The first block starting at unit u that is at least so large."""
    low, high = blocks.first[u], blocks.first[u + 1]
    while low < high:
        middle = (low + high) // 2
        if blocks.area[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def is_free(blocks, state, b):
    """Whether nobody stands on any unit of block b."""
    for k in range(blocks.unit_first[b], blocks.unit_first[b + 1]):
        if state.owner[blocks.units[k]] != FREE:
            return False
    return True


@njit(cache=True, nogil=True)
def best_free(crowd, blocks, state, cost, share, blur, a, touched, only_touched):
    """The free block worth most to party a after share × its units' cost; NOWHERE if none suits.

    blur is the chance to overlook a block. With only_touched, regions not marked in touched are passed over.
    """
    best, found = -1e300, NOWHERE
    if crowd.need[a] <= 0:
        return found
    for j in range(crowd.region_first[a], crowd.region_first[a + 1]):
        r = crowd.regions[j]
        if only_touched and touched[r] == 0:
            continue
        for i in range(state.region_first[r], state.region_first[r] + state.count[r]):
            u = state.free[i]
            for b in range(lower_edge(blocks, u, crowd.least[a]), blocks.first[u + 1]):
                if blocks.area[b] > crowd.limit[a]:
                    break
                if not is_free(blocks, state, b) or not suits(crowd, blocks, a, b):
                    continue
                score = worth(crowd, blocks, a, b) - share * cost[b]
                if crowd.pair_first[a] != crowd.pair_first[a + 1]:
                    score += company(crowd, blocks, state, a, b)
                if score < best or (score == best and b > found):
                    continue
                if blur > 0.0 and draw(state.lottery) < blur:
                    continue
                if keeps_distance(crowd, blocks, state, a, b):
                    best, found = score, b
    return found


@njit(cache=True, nogil=True)
def serve(crowd, blocks, state, queue, cost, share):
    """Give each party of the queue in turn the best block still free; returns the points of the floor."""
    touched = np.ones(len(state.count), np.int8)
    for a in queue:
        if state.block[a] == NOWHERE:
            b = best_free(crowd, blocks, state, cost, share, 0.0, a, touched, False)
            if b != NOWHERE:
                take(crowd, blocks, state, a, b)
    return points(crowd, blocks, state)


@njit(cache=True, nogil=True)
def points(crowd, blocks, state):
    """Points of the floor as it stands, each pair counted once."""
    total = 0
    for a in range(len(state.block)):
        b = state.block[a]
        if b != NOWHERE:
            total += worth(crowd, blocks, a, b)
            for k in range(crowd.pair_first[a], crowd.pair_first[a + 1]):
                other = crowd.pair_other[k]
                if other < a and state.block[other] != NOWHERE and beside(blocks, state, b, other):
                    total += crowd.pair_amount[k]
    return total
