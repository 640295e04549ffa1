"""Every contiguous block of units that some applicant could be given, enumerated once."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit

from expo.allocation.floor import Floor
from expo.allocation.windows import contents, grid, windows

ROW, BLOCK, CORNER, ISLAND, ANY, HOLED = 1, 2, 4, 8, 16, 32
BIT_OF_SHAPE = {"any": ANY, "row": ROW, "block": BLOCK, "corner": CORNER, "island": ISLAND, "raw": ANY}


class Catalogue(NamedTuple):
    """m blocks, sorted by the unit at their north-west corner and then by area.

    Blocks first[u] to first[u + 1] start at unit u; extra blocks (locks) come after first[-1]. reduced is
    the area left when the smallest outer line of units is dropped: a block is not wasteful for a need above
    it. bits says which shapes it serves. units holds ascending unit numbers, unit_first where each block's
    begin. rect is (m, 4) cm; entrance is the nearest unit's, in cm; power in W is that of all units
    together, water that of any, height (cm) and load (kg/m²) what every unit allows. with_unit lists the
    blocks (extra ones aside) that hold unit u, from with_first[u] to with_first[u + 1].
    """

    first: np.ndarray
    area: np.ndarray
    reduced: np.ndarray
    bits: np.ndarray
    raw: np.ndarray
    power: np.ndarray
    water: np.ndarray
    height: np.ndarray
    load: np.ndarray
    entrance: np.ndarray
    region: np.ndarray
    hall: np.ndarray
    rect: np.ndarray
    unit_first: np.ndarray
    units: np.ndarray
    with_first: np.ndarray
    with_unit: np.ndarray


class Sizes(NamedTuple):
    """The sizes asked for: least, need and limit in cm², whether raw, whether columns may stand inside."""

    least: np.ndarray
    need: np.ndarray
    limit: np.ndarray
    raw: np.ndarray
    holed: np.ndarray


def catalogue(floor: Floor, sizes: Sizes, extra: Sequence[tuple[int, ...]] = ()) -> Catalogue:
    """All blocks of a size asked for; extra sets of units are appended as they are (first[-1] onwards)."""
    anchors, areas, reduced, holed, lists = [], [], [], [], []
    mark = np.zeros(len(floor.units), np.int64)
    demand = {(raw, holed): _demand(sizes, raw, holed) for raw in (0, 1) for holed in (0, 1)}
    for region in range(len(floor.regions)):
        members = np.arange(floor.region_first[region], floor.region_first[region + 1])
        for raw in (0, 1):
            chosen = members[floor.raw[members] == raw]
            if not len(chosen) or not demand[raw, 0][1].any():
                continue
            cells = grid(floor.rect[chosen])
            found = windows(*cells, *demand[raw, 0], *demand[raw, 1])
            counts, units = contents(cells[0], cells[1], found, floor.near_first, floor.near, chosen, mark)
            keep = counts > 0
            anchors.append(chosen[found[keep, 0]])
            areas.append(found[keep, 5])
            reduced.append(found[keep, 6])
            holed.append(found[keep, 7])
            lists.append((counts[keep], units))
    return _assembled(floor, anchors, areas, reduced, holed, lists, extra)


def _demand(sizes: Sizes, raw: int, holed: int) -> tuple[np.ndarray, np.ndarray]:
    """(edges, top): of all who would take an area from edges[i] on, the largest need is top[i], 0 for nobody.

    A block is of use to somebody if what is left without one of its outer lines is below top: a lookup that
    costs the same however many different sizes are asked for.
    """
    asked = (sizes.raw == raw) & ((sizes.holed == 1) if holed else True)
    order = np.argsort(sizes.least[asked], kind="stable")
    least, need, limit = (column[asked][order] for column in (sizes.least, sizes.need, sizes.limit))
    edges = np.unique(np.concatenate([[0], least, limit + 1]))
    top = np.zeros(len(edges), np.int64)
    open_now: list[tuple[int, int]] = []
    arrived = 0
    for i, edge in enumerate(edges):
        while arrived < len(least) and least[arrived] <= edge:
            heapq.heappush(open_now, (-int(need[arrived]), int(limit[arrived])))
            arrived += 1
        while open_now and open_now[0][1] < edge:
            heapq.heappop(open_now)
        top[i] = -open_now[0][0] if open_now else 0
    return edges.astype(np.int64), top


def _assembled(floor: Floor, anchors, areas, reduced, holed, lists, extra) -> Catalogue:
    anchor = np.concatenate([*anchors, np.empty(0, np.int64)])
    area = np.concatenate([*areas, np.empty(0, np.int64)])
    counts = np.concatenate([*(count for count, _ in lists), np.empty(0, np.int64)])
    units = np.concatenate([*(unit for _, unit in lists), np.empty(0, np.int32)])
    left = np.concatenate([*reduced, np.empty(0, np.int64)])
    holes = np.concatenate([*holed, np.empty(0, np.int64)])
    order = np.lexsort((area, anchor))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    sizes = counts[order]
    unit_first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    gather = np.repeat(starts[:-1][order] - unit_first[:-1], sizes) + np.arange(len(units))
    units = units[gather].astype(np.int32)
    first = np.searchsorted(anchor[order], np.arange(len(floor.units) + 1)).astype(np.int64)
    regular = len(order)
    for block in extra:
        units = np.concatenate([units, np.array(sorted(block), np.int32)])
        unit_first = np.append(unit_first, len(units))
    bits, raw, entrance, rect = _facts(
        unit_first, units, floor.rect, floor.open_sides, floor.raw, floor.entrance
    )
    begin = unit_first[:-1]
    with_first, with_unit = _holders(unit_first[: regular + 1], units, len(floor.units))
    bits[:regular] = np.where(holes[order] > 0, (bits[:regular] & CORNER) | HOLED, bits[:regular] | ANY)
    whose = units[unit_first[:-1]]
    extra_area = [sum(floor.units[u].area_cm2 for u in block) for block in extra]
    return Catalogue(
        first=first,
        area=np.concatenate([area[order], np.array(extra_area, np.int64)]).astype(np.int64),
        reduced=np.concatenate([left[order], np.zeros(len(extra), np.int64)]).astype(np.int64),
        bits=bits,
        raw=raw,
        power=np.add.reduceat(floor.power[units], begin) if len(begin) else bits,
        water=np.maximum.reduceat(floor.water[units], begin) if len(begin) else raw,
        height=np.minimum.reduceat(floor.height[units], begin) if len(begin) else bits,
        load=np.minimum.reduceat(floor.load[units], begin) if len(begin) else bits,
        entrance=entrance,
        region=floor.region[whose],
        hall=floor.hall[whose],
        rect=rect,
        unit_first=unit_first,
        units=units,
        with_first=with_first,
        with_unit=with_unit,
    )


@njit(cache=True, nogil=True)
def _holders(unit_first, units, size):
    """Turn the lists round: the blocks of every unit, ascending."""
    first = np.zeros(size + 1, np.int64)
    for k in range(unit_first[-1]):
        first[units[k] + 1] += 1
    for u in range(size):
        first[u + 1] += first[u]
    at = first[:-1].copy()
    found = np.empty(first[-1], np.int32)
    for b in range(len(unit_first) - 1):
        for k in range(unit_first[b], unit_first[b + 1]):
            found[at[units[k]]] = b
            at[units[k]] += 1
    return first, found


@njit(cache=True, nogil=True)
def _facts(unit_first, units, unit_rect, open_sides, unit_raw, unit_entrance):
    size = len(unit_first) - 1
    bits = np.zeros(size, np.int64)
    raw = np.zeros(size, np.int8)
    entrance = np.zeros(size, np.int64)
    rect = np.zeros((size, 4), np.int64)
    for b in range(size):
        block = units[unit_first[b] : unit_first[b + 1]]
        box = rect[b]
        box[:] = unit_rect[block[0]]
        raw[b] = unit_raw[block[0]]
        entrance[b] = unit_entrance[block[0]]
        flat, tall = True, True
        for u in block:
            other = unit_rect[u]
            flat = flat and other[1] == unit_rect[block[0]][1] and other[3] == unit_rect[block[0]][3]
            tall = tall and other[0] == unit_rect[block[0]][0] and other[2] == unit_rect[block[0]][2]
            box[0], box[1] = min(box[0], other[0]), min(box[1], other[1])
            box[2], box[3] = max(box[2], other[2]), max(box[3], other[3])
            entrance[b] = min(entrance[b], unit_entrance[u])
            sides = open_sides[u]
            if (sides & 3) == 3 or (sides & 6) == 6 or (sides & 12) == 12 or (sides & 9) == 9:
                bits[b] |= CORNER
        bits[b] |= ROW if flat or tall else BLOCK
        if len(block) < 4:
            bits[b] |= BLOCK
        closed = False
        for u in block:
            other, sides = unit_rect[u], open_sides[u]
            closed = (
                closed or (other[1] == box[1] and not sides & 1) or (other[2] == box[2] and not sides & 2)
            )
            closed = (
                closed or (other[3] == box[3] and not sides & 4) or (other[0] == box[0] and not sides & 8)
            )
        if not closed:
            bits[b] |= ISLAND
    return bits, raw, entrance, rect
