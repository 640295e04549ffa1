"""The floor as arrays: rectangles by region (one zone in one hall), who touches whom, who is near whom."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from expo.allocation.problem import SHARED_EDGE_CM, Unit

VICINITY = 32
FAR_AWAY_CM = 10**9


@dataclass(frozen=True, slots=True)
class Floor:
    """n units sorted by region, so that region r holds units region_first[r] to region_first[r + 1].

    rect is (n, 4) int64 x0, y0, x1, y1 in cm; area in cm²; entrance and height in cm; power in W; load in
    kg/m². Neighbours of unit u (sharing an edge of at least 1 m in the same hall) are
    near[near_first[u]:near_first[u + 1]]; vicinity is (n, VICINITY) int32, the closest units of the same
    region, padded with the unit itself.
    """

    units: tuple[Unit, ...]
    index: dict[str, int]
    regions: tuple[tuple[str, str], ...]
    halls: dict[str, int]
    region_first: np.ndarray
    region: np.ndarray
    hall: np.ndarray
    rect: np.ndarray
    area: np.ndarray
    open_sides: np.ndarray
    raw: np.ndarray
    entrance: np.ndarray
    power: np.ndarray
    water: np.ndarray
    height: np.ndarray
    load: np.ndarray
    near_first: np.ndarray
    near: np.ndarray
    vicinity: np.ndarray
    standard_area: int


def floor_of(units: Iterable[Unit]) -> Floor:
    """Arrange the units; of a repeated code the first counts, a unit without area is left out."""
    known: dict[str, Unit] = {}
    for unit in units:
        if unit.width > 0 and unit.depth > 0:
            known.setdefault(unit.code, unit)
    ordered = tuple(sorted(known.values(), key=lambda u: (u.hall, u.zone, u.y, u.x, u.code)))
    regions = tuple(sorted({(unit.hall, unit.zone) for unit in ordered}))
    number = {region: i for i, region in enumerate(regions)}
    halls = {hall: i for i, hall in enumerate(sorted({hall for hall, _ in regions}))}
    region = np.array([number[unit.hall, unit.zone] for unit in ordered], np.int32)
    rect = np.array(
        [(unit.x, unit.y, unit.x + unit.width, unit.y + unit.depth) for unit in ordered], np.int64
    ).reshape(-1, 4)
    near_first, near = _csr(_neighbours(ordered), len(ordered))
    first = np.searchsorted(region, np.arange(len(regions) + 1)).astype(np.int64)
    return Floor(
        units=ordered,
        index={unit.code: i for i, unit in enumerate(ordered)},
        regions=regions,
        halls=halls,
        region_first=first,
        region=region,
        hall=np.array([halls[unit.hall] for unit in ordered], np.int32),
        rect=rect,
        area=np.array([unit.area_cm2 for unit in ordered], np.int64),
        open_sides=np.array([unit.open_sides for unit in ordered], np.int64),
        raw=np.array([unit.raw for unit in ordered], np.int8),
        entrance=np.array([whole(unit.entrance_m, 100) for unit in ordered], np.int64),
        power=np.array([whole(unit.power_kw, 1000) for unit in ordered], np.int64),
        water=np.array([unit.water for unit in ordered], np.int8),
        height=np.array([allowed(unit.height_cm) for unit in ordered], np.int64),
        load=np.array([allowed(unit.load_kg_m2) for unit in ordered], np.int64),
        near_first=near_first,
        near=near,
        vicinity=_vicinity(rect, first),
        standard_area=standard_area(ordered),
    )


def standard_area(units: Iterable[Unit]) -> int:
    """The usual unit in cm²: the lower median of the shell units, of all units where there is no shell."""
    units = [unit for unit in units if unit.width > 0 and unit.depth > 0]
    areas = sorted(unit.area_cm2 for unit in units if not unit.raw) or sorted(u.area_cm2 for u in units)
    return areas[(len(areas) - 1) // 2] if areas else 90_000


def whole(figure: float, scale: int) -> int:
    """A measure in whole smaller units (m → cm, kW → W); no number counts as very much."""
    return min(round(figure * scale), FAR_AWAY_CM) if math.isfinite(figure) else FAR_AWAY_CM


def allowed(limit: float | None) -> int:
    """A limit of height or load as a whole number; None is no limit."""
    return FAR_AWAY_CM if limit is None else whole(limit, 1)


def _neighbours(units: tuple[Unit, ...]) -> list[tuple[int, int]]:
    """Pairs of units of one hall whose sides touch along at least SHARED_EDGE_CM."""
    pairs = []
    for upright in (True, False):
        ending: dict[tuple[str, int], list] = defaultdict(list)
        starting: dict[tuple[str, int], list] = defaultdict(list)
        for i, unit in enumerate(units):
            at, size = (unit.x, unit.width) if upright else (unit.y, unit.depth)
            low, span = (unit.y, unit.depth) if upright else (unit.x, unit.width)
            ending[unit.hall, at + size].append((low, low + span, i))
            starting[unit.hall, at].append((low, low + span, i))
        for line, left in ending.items():
            if line in starting:
                pairs += _touching(sorted(left), sorted(starting[line]))
    return pairs


def _touching(left: list, right: list) -> list[tuple[int, int]]:
    found, start = [], 0
    for low, high, i in left:
        while start < len(right) and right[start][1] <= low:
            start += 1
        for other_low, other_high, j in right[start:]:
            if other_low >= high:
                break
            if min(high, other_high) - max(low, other_low) >= SHARED_EDGE_CM:
                found.append((i, j))
    return found


def _csr(pairs: list[tuple[int, int]], size: int) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(pairs + [(j, i) for i, j in pairs], np.int64).reshape(-1, 2)
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(size + 1)).astype(np.int64)
    return first, both[:, 1].astype(np.int32)


def _vicinity(rect: np.ndarray, first: np.ndarray) -> np.ndarray:
    from scipy.spatial import cKDTree

    closest = np.repeat(np.arange(len(rect), dtype=np.int32)[:, None], VICINITY, axis=1)
    centre = (rect[:, :2] + rect[:, 2:]) / 2.0
    for start, end in zip(first[:-1], first[1:], strict=True):
        size = min(VICINITY, end - start)
        _, found = cKDTree(centre[start:end]).query(centre[start:end], k=size)
        closest[start:end, :size] = np.asarray(found).reshape(end - start, size) + start
    return closest
