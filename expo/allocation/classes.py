"""Parties that ask for the same thing share a list of blocks per region, which the bound weighs each step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from expo.allocation.blocks import Catalogue
from expo.allocation.crowd import (
    CORNER_STAND,
    FAR,
    KEEP,
    NEAR,
    NEAR_ENTRANCE,
    SPARE,
    STAND,
    STANDARD,
    Crowd,
)
from expo.allocation.placing import State, is_free, suits, worth
from expo.allocation.prepare import Prepared


class Market(NamedTuple):
    """Who competes for what, locks aside.

    Class c has parties[party_first[c]:party_first[c + 1]] and stalls stall_first[c] to stall_first[c + 1]; a
    stall is a class in one region, with blocks listed[list_first[s]:list_first[s + 1]]. Blocks that are worth
    more to one party than its class tells (a wished stand, the former place) are special: special[k] from
    special_first[i], with their exact worth; a party that must have certain units has nothing but these.
    slack is what rounding may add per party; shrinks marks classes that would accept less than they ask for.
    near_rate is points per cm nearer to an entrance, corner points for a corner.
    """

    party_first: np.ndarray
    parties: np.ndarray
    shrinks: np.ndarray
    stall_first: np.ndarray
    stall_region: np.ndarray
    list_first: np.ndarray
    listed: np.ndarray
    special_first: np.ndarray
    special: np.ndarray
    special_worth: np.ndarray
    near_rate: np.ndarray
    corner: np.ndarray
    slack: np.ndarray
    nearness: np.ndarray


def market_of(prepared: Prepared, state: State) -> Market:
    """Sort the parties still to be placed into classes; thresholds that part no blocks count as equal."""
    crowd, blocks = prepared.crowd, prepared.blocks
    asking = np.flatnonzero((crowd.fixed == 0) & (crowd.need > 0))
    keys = np.stack(_thresholds(crowd, blocks, asking), axis=1)
    _, which = np.unique(keys, axis=0, return_inverse=True)
    which = which.reshape(-1)
    order = np.argsort(which, kind="stable")
    parties = asking[order].astype(np.int64)
    size = int(which.max()) + 1 if len(which) else 0
    party_first = np.searchsorted(which[order], np.arange(size + 1)).astype(np.int64)
    stall_first, stall_region, list_first, listed = _stalls(crowd, blocks, state, party_first, parties)
    special_first, special, special_worth = _specials(crowd, blocks, state, parties)
    models = parties[party_first[:-1]]
    near_rate, corner = _rates(crowd, parties)
    return Market(
        party_first=party_first,
        parties=parties,
        shrinks=(crowd.least[models] < crowd.need[models]).astype(np.int8),
        stall_first=stall_first,
        stall_region=stall_region,
        list_first=list_first,
        listed=listed,
        special_first=special_first,
        special=special,
        special_worth=special_worth,
        near_rate=near_rate,
        corner=corner,
        slack=_slack(prepared, parties),
        nearness=crowd.terms[FAR] - np.clip(blocks.entrance, crowd.terms[NEAR], crowd.terms[FAR]),
    )


def _thresholds(crowd: Crowd, blocks: Catalogue, asking: np.ndarray) -> list[np.ndarray]:
    """What decides whether a block suits, as ranks among the figures that blocks have at all."""

    def rank(column: np.ndarray, wanted: np.ndarray, side: str = "left") -> np.ndarray:
        return np.searchsorted(np.unique(column), wanted[asking], side)  # pyright: ignore[reportCallIssue, reportArgumentType]

    shrinks = (crowd.least < crowd.need)[asking]
    bound = np.diff(crowd.must_first)[asking] > 0
    return [
        rank(blocks.area, crowd.least),
        rank(blocks.area, crowd.limit, "right"),
        rank(blocks.reduced, crowd.need),
        crowd.shape[asking],
        crowd.raw[asking].astype(np.int64),
        rank(blocks.power, crowd.power),
        rank(blocks.water, crowd.water),
        rank(blocks.height, crowd.height),
        rank(blocks.load, crowd.load),
        np.where(shrinks, crowd.need[asking], 0),
        np.where(shrinks, crowd.base[asking], 0),
        np.where(bound, asking + 1, 0),
    ]


def _slack(prepared: Prepared, parties: np.ndarray) -> np.ndarray:
    """1 where the rounding of the price of spare area could favour a party by up to a point, else 0."""
    crowd = prepared.crowd
    spare, standard = int(crowd.terms[SPARE]), int(crowd.terms[STANDARD])
    uneven = bool(np.any(spare * prepared.floor.area % standard))
    return (uneven | (spare * crowd.need[parties] % standard != 0)).astype(np.float64)


@njit(cache=True, nogil=True)
def _stalls(crowd, blocks, state, party_first, parties):
    """The lists of every class, region by region, for regions that somebody of the class may stand in."""
    classes, regions = len(party_first) - 1, len(state.count)
    stall_first = np.zeros(classes + 1, np.int64)
    stall_region = np.empty(classes * regions, np.int32)
    list_first = np.zeros(classes * regions + 1, np.int64)
    listed = np.empty(4096, np.int32)
    stalls, count = 0, 0
    wanted = np.zeros(regions, np.int64)
    for c in range(classes):
        model = parties[party_first[c]]
        if crowd.must_first[model] == crowd.must_first[model + 1]:
            for i in range(party_first[c], party_first[c + 1]):
                for j in range(crowd.region_first[parties[i]], crowd.region_first[parties[i] + 1]):
                    wanted[crowd.regions[j]] = c + 1
        for r in range(regions):
            if wanted[r] != c + 1:
                continue
            start, end = blocks.first[state.region_first[r]], blocks.first[state.region_first[r + 1]]
            if count + end - start > len(listed):
                grown = np.empty(2 * len(listed) + end - start, np.int32)
                grown[:count] = listed[:count]
                listed = grown
            for b in range(start, end):
                if suits(crowd, blocks, model, b) and is_free(blocks, state, b):
                    listed[count] = b
                    count += 1
            stall_region[stalls] = r
            stalls += 1
            list_first[stalls] = count
        stall_first[c + 1] = stalls
    return stall_first, stall_region[:stalls].copy(), list_first[: stalls + 1].copy(), listed[:count].copy()


@njit(cache=True, nogil=True)
def _specials(crowd, blocks, state, parties):
    """Blocks with a stand the party wished for, its former block, or all blocks with a unit it must have."""
    first = np.zeros(len(parties) + 1, np.int64)
    found, points = np.empty(4096, np.int32), np.empty(4096, np.int64)
    here = np.zeros(len(state.count), np.int64)
    count = 0
    for i in range(len(parties)):
        a = parties[i]
        for j in range(crowd.region_first[a], crowd.region_first[a + 1]):
            here[crowd.regions[j]] = i + 1
        units = np.empty(crowd.wish_first[a + 1] - crowd.wish_first[a] + 1, np.int64)
        size = 0
        if crowd.must_first[a] != crowd.must_first[a + 1]:
            units[0], size = crowd.must[crowd.must_first[a]], 1
        else:
            for k in range(crowd.wish_first[a], crowd.wish_first[a + 1]):
                if crowd.wish_kind[k] == STAND:
                    units[size] = crowd.wish_target[k]
                    size += 1
        for n in range(size + 1):
            begin, end = 0, 1 if crowd.previous[a] >= 0 and crowd.terms[KEEP] != 0 else 0
            if n < size:
                begin, end = blocks.with_first[units[n]], blocks.with_first[units[n] + 1]
            for k in range(begin, end):
                b = blocks.with_unit[k] if n < size else crowd.previous[a]
                if (
                    here[blocks.region[b]] != i + 1
                    or not suits(crowd, blocks, a, b)
                    or not is_free(blocks, state, b)
                ):
                    continue
                if count == len(found):
                    more, worths = np.empty(2 * count, np.int32), np.empty(2 * count, np.int64)
                    more[:count], worths[:count] = found, points
                    found, points = more, worths
                found[count], points[count] = b, worth(crowd, blocks, a, b)
                count += 1
        first[i + 1] = count
    return first, found[:count].copy(), points[:count].copy()


@njit(cache=True, nogil=True)
def _rates(crowd, parties):
    near, corner = np.zeros(len(parties)), np.zeros(len(parties))
    for i in range(len(parties)):
        for k in range(crowd.wish_first[parties[i]], crowd.wish_first[parties[i] + 1]):
            if crowd.wish_kind[k] == NEAR_ENTRANCE:
                near[i] += max(0, crowd.wish_amount[k]) / (crowd.terms[FAR] - crowd.terms[NEAR])
            elif crowd.wish_kind[k] == CORNER_STAND:
                corner[i] += max(0, crowd.wish_amount[k])
    return near, corner
