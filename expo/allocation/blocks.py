"""Every contiguous block of units that some applicant could be given, enumerated once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit

from expo.allocation.floor import Floor

ROW, BLOCK, CORNER, ISLAND, ANY, HOLED = 1, 2, 4, 8, 16, 32
BIT_OF_SHAPE = {"any": ANY, "row": ROW, "block": BLOCK, "corner": CORNER, "island": ISLAND, "raw": ANY}
HOLE_SHARE = 4


class Catalogue(NamedTuple):
    """m blocks, sorted by the unit at their north-west corner and then by area.

    Blocks first[u] to first[u + 1] start at unit u; extra blocks (locks) come after first[-1]. reduced is the
    area left when the smallest outer line of units is dropped: a block is not wasteful for a need above it.
    bits says which shapes it serves. units holds ascending unit numbers, unit_first where each block's begin.
    rect is (m, 4) cm; entrance is the nearest unit's, in cm; power in W.
    """

    first: np.ndarray
    area: np.ndarray
    reduced: np.ndarray
    bits: np.ndarray
    raw: np.ndarray
    power: np.ndarray
    entrance: np.ndarray
    region: np.ndarray
    hall: np.ndarray
    rect: np.ndarray
    unit_first: np.ndarray
    units: np.ndarray


class Sizes(NamedTuple):
    """The sizes asked for: need and limit in cm², whether raw, whether columns may stand inside."""

    need: np.ndarray
    limit: np.ndarray
    raw: np.ndarray
    holed: np.ndarray


def catalogue(floor: Floor, sizes: Sizes, extra: Sequence[tuple[int, ...]] = ()) -> Catalogue:
    """All blocks of a size asked for; extra sets of units are appended as they are (first[-1] onwards)."""
    anchors, areas, reduced, holed, lists = [], [], [], [], []
    mark = np.zeros(len(floor.units), np.int64)
    for region in range(len(floor.regions)):
        members = np.arange(floor.region_first[region], floor.region_first[region + 1])
        for raw in (0, 1):
            chosen = members[floor.raw[members] == raw]
            asked = sizes.raw == raw
            if not len(chosen) or not asked.any():
                continue
            grid = _grid(floor.rect[chosen])
            windows = _windows(*grid, sizes.need[asked], sizes.limit[asked], sizes.holed[asked])
            counts, units = _contents(grid[0], grid[1], windows, floor.near_first, floor.near, chosen, mark)
            keep = counts > 0
            anchors.append(chosen[windows[keep, 0]])
            areas.append(windows[keep, 5])
            reduced.append(windows[keep, 6])
            holed.append(windows[keep, 7])
            lists.append((counts[keep], units))
    return _assembled(floor, anchors, areas, reduced, holed, lists, extra)


def _grid(rect: np.ndarray) -> tuple[np.ndarray, ...]:
    """Compressed coordinates: cell → unit + 1, each unit's cells, running sums of cover and crossings."""
    xs, ys = np.unique(rect[:, [0, 2]]), np.unique(rect[:, [1, 3]])
    spans = np.stack(
        [
            np.searchsorted(xs, rect[:, 0]),
            np.searchsorted(ys, rect[:, 1]),
            np.searchsorted(xs, rect[:, 2]),
            np.searchsorted(ys, rect[:, 3]),
        ],
        axis=1,
    )
    cell = np.zeros((len(xs) - 1, len(ys) - 1), np.int32)
    for i, (x0, y0, x1, y1) in enumerate(spans):
        cell[x0:x1, y0:y1] = i + 1
    cover = np.zeros((len(xs), len(ys)), np.int64)
    cover[1:, 1:] = ((cell > 0) * np.outer(np.diff(xs), np.diff(ys))).cumsum(0).cumsum(1)
    across = np.zeros((len(xs), len(ys)), np.int32)
    across[1:-1, 1:] = ((cell[1:] == cell[:-1]) & (cell[1:] > 0)).cumsum(1)
    along = np.zeros((len(xs), len(ys)), np.int32)
    along[1:, 1:-1] = ((cell[:, 1:] == cell[:, :-1]) & (cell[:, 1:] > 0)).cumsum(0)
    return cell, spans, cover, across, along, xs, ys


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
    bits, raw, power, entrance, rect = _facts(
        unit_first, units, floor.rect, floor.open_sides, floor.raw, floor.power, floor.entrance
    )
    bits[:regular] = np.where(holes[order] > 0, (bits[:regular] & CORNER) | HOLED, bits[:regular] | ANY)
    whose = units[unit_first[:-1]]
    extra_area = [sum(floor.units[u].area_cm2 for u in block) for block in extra]
    return Catalogue(
        first=first,
        area=np.concatenate([area[order], np.array(extra_area, np.int64)]).astype(np.int64),
        reduced=np.concatenate([left[order], np.zeros(len(extra), np.int64)]).astype(np.int64),
        bits=bits,
        raw=raw,
        power=power,
        entrance=entrance,
        region=floor.region[whose],
        hall=floor.hall[whose],
        rect=rect,
        unit_first=unit_first,
        units=units,
    )


@njit(cache=True, nogil=True)
def _wanted(area, reduced, holed, needs, limits, holes):
    for k in range(len(needs)):
        if needs[k] <= area <= limits[k] and reduced < needs[k] and (not holed or holes[k]):
            return True
    return False


@njit(cache=True, nogil=True)
def _covered(cover, x0, y0, x1, y1):
    return cover[x1, y1] - cover[x0, y1] - cover[x1, y0] + cover[x0, y0]


@njit(cache=True, nogil=True)
def _reduced(cover, across, along, x0, y0, x1, y1):
    """The largest area left after dropping one whole outer line of units, cutting none."""
    best = 0
    for x in range(x1 - 1, x0, -1):
        if across[x, y1] == across[x, y0]:
            best = max(best, _covered(cover, x0, y0, x, y1))
            break
    for x in range(x0 + 1, x1):
        if across[x, y1] == across[x, y0]:
            best = max(best, _covered(cover, x, y0, x1, y1))
            break
    for y in range(y1 - 1, y0, -1):
        if along[x1, y] == along[x0, y]:
            best = max(best, _covered(cover, x0, y0, x1, y))
            break
    for y in range(y0 + 1, y1):
        if along[x1, y] == along[x0, y]:
            best = max(best, _covered(cover, x0, y, x1, y1))
            break
    return best


@njit(cache=True, nogil=True)
def _windows(cell, spans, cover, across, along, xs, ys, needs, limits, holes):
    """Windows (anchor, x0, y0, x1, y1, area, reduced, holed) that cut no unit and have a size asked for."""
    found = np.empty((1024, 8), np.int64)
    count = 0
    largest = limits.max()
    hole_largest = 0
    for k in range(len(limits)):
        if holes[k]:
            hole_largest = max(hole_largest, limits[k])
    for u in range(len(spans)):
        x0, y0 = spans[u, 0], spans[u, 1]
        for x1 in range(x0 + 1, len(xs)):
            if along[x1, y0] != along[x0, y0]:
                break
            if (
                _covered(cover, x0, y0, x1, y0 + 1) > largest
                or (xs[x1] - xs[x0]) * (ys[y0 + 1] - ys[y0]) > 2 * largest
            ):
                break
            for y1 in range(y0 + 1, len(ys)):
                if across[x0, y1] != across[x0, y0]:
                    break
                area = _covered(cover, x0, y0, x1, y1)
                window = (xs[x1] - xs[x0]) * (ys[y1] - ys[y0])
                holed = area != window
                if area > largest:
                    break
                if holed and (hole_largest == 0 or window > 2 * hole_largest):
                    break
                if across[x1, y1] != across[x1, y0] or along[x1, y1] != along[x0, y1]:
                    continue
                if holed and (
                    (window - area) * HOLE_SHARE > window
                    or _covered(cover, x0, y0, x1 - 1, y1) == area
                    or _covered(cover, x0, y0, x1, y1 - 1) == area
                ):
                    continue
                reduced = _reduced(cover, across, along, x0, y0, x1, y1)
                if not _wanted(area, reduced, holed, needs, limits, holes):
                    continue
                if count == len(found):
                    grown = np.empty((2 * count, 8), np.int64)
                    grown[:count] = found
                    found = grown
                row = found[count]
                row[0], row[1], row[2], row[3], row[4] = u, x0, y0, x1, y1
                row[5], row[6], row[7] = area, reduced, holed
                count += 1
    return found[:count]


@njit(cache=True, nogil=True)
def _contents(cell, spans, windows, near_first, near, number, mark):
    """Units of each window (global numbers); a window whose units do not hang together has count 0."""
    counts = np.zeros(len(windows), np.int64)
    units = np.empty(4096, np.int32)
    total = 0
    for w in range(len(windows)):
        x0, y0, x1, y1 = windows[w, 1], windows[w, 2], windows[w, 3], windows[w, 4]
        if total + (x1 - x0) * (y1 - y0) > len(units):
            grown = np.empty(2 * len(units) + (x1 - x0) * (y1 - y0), np.int32)
            grown[:total] = units[:total]
            units = grown
        end = total
        for x in range(x0, x1):
            for y in range(y0, y1):
                u = cell[x, y] - 1
                if u >= 0 and spans[u, 0] == x and spans[u, 1] == y:
                    units[end] = number[u]
                    end += 1
        block = np.sort(units[total:end])
        if _hangs_together(block, near_first, near, mark):
            units[total:end] = block
            counts[w] = end - total
            total = end
    return counts, units[:total].copy()


@njit(cache=True, nogil=True)
def _hangs_together(block, near_first, near, mark):
    for u in block:
        mark[u] = 1
    queue = np.empty(len(block), np.int32)
    queue[0] = block[0]
    mark[block[0]] = 0
    head, tail = 0, 1
    while head < tail:
        u = queue[head]
        head += 1
        for k in range(near_first[u], near_first[u + 1]):
            v = near[k]
            if mark[v] == 1:
                mark[v] = 0
                queue[tail] = v
                tail += 1
    for u in block:
        mark[u] = 0
    return tail == len(block)


@njit(cache=True, nogil=True)
def _facts(unit_first, units, unit_rect, open_sides, unit_raw, unit_power, unit_entrance):
    size = len(unit_first) - 1
    bits = np.zeros(size, np.int64)
    raw = np.zeros(size, np.int8)
    power = np.zeros(size, np.int64)
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
            power[b] += unit_power[u]
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
    return bits, raw, power, entrance, rect
