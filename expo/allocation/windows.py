"""Compiled: windows over a stretch of floor that cut no unit and have a size somebody asked for."""

from __future__ import annotations

import numpy as np
from numba import njit

HOLE_SHARE = 4


def grid(rect: np.ndarray) -> tuple[np.ndarray, ...]:
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


@njit(cache=True, nogil=True)
def windows(cell, spans, cover, across, along, xs, ys, edges, top, hole_edges, hole_top):
    """Windows (anchor, x0, y0, x1, y1, area, reduced, holed) that cut no unit and have a size asked for.

    edges and top are what `blocks` says of the demand, hole_edges and hole_top of those who bear a column.
    """
    found = np.empty((1024, 8), np.int64)
    count = 0
    largest, hole_largest = edges[-1] - 1, hole_edges[-1] - 1
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
                if holed and (hole_largest <= 0 or window > 2 * hole_largest):
                    break
                if across[x1, y1] != across[x1, y0] or along[x1, y1] != along[x0, y1]:
                    continue
                if holed and (
                    (window - area) * HOLE_SHARE > window
                    or _covered(cover, x0, y0, x1 - 1, y1) == area
                    or _covered(cover, x0, y0, x1, y1 - 1) == area
                ):
                    continue
                wanted = _asked(edges, top, area)
                if wanted == 0:
                    continue
                reduced = _reduced(cover, across, along, x0, y0, x1, y1)
                if reduced >= (_asked(hole_edges, hole_top, area) if holed else wanted):
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
def _asked(edges, top, area):
    """The largest need of those who would take this area; 0 if nobody would."""
    low, high = 0, len(edges)
    while high - low > 1:
        middle = (low + high) // 2
        if edges[middle] <= area:
            low = middle
        else:
            high = middle
    return top[low]


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
def contents(cell, spans, windows, near_first, near, number, mark):
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
