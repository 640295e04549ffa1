"""Columns of a hall that stand in somebody's stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from expo.venue.drawing.outline import Box


def pillars(columns: Sequence[Box], stands: Mapping[str, Box]) -> dict[str, list[Box]]:
    """Stand code → the parts of columns (x, y, width, depth in cm of the hall) that lie inside it."""
    if not columns or not stands:
        return {}
    order = sorted(stands, key=lambda code: stands[code][0])
    starts = [stands[code][0] for code in order]
    widest = max(box[2] for box in stands.values())
    found: dict[str, list[Box]] = {}
    for x, y, width, depth in columns:
        for code in order[bisect_left(starts, x - widest) : bisect_right(starts, x + width)]:
            left, top, wide, deep = stands[code]
            west, east = max(x, left), min(x + width, left + wide)
            north, south = max(y, top), min(y + depth, top + deep)
            if west < east and north < south:
                found.setdefault(code, []).append((west, north, east - west, south - north))
    return found
