"""Which free stands make up a place of a given size: touching ones, as compact as can be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from expo.selection.rules import Place

Box = tuple[int, int, int, int]


def places_of_size(free: Sequence[Place], least_cm2: int, most_cm2: int) -> Iterator[tuple[Place, ...]]:
    """Groups of touching free stands of one hall and zone with an area between the two, by first stand.

    From each stand a group grows by the neighbour that keeps its outline smallest, so rows and blocks come
    before crooked shapes. At most one group begins at each stand.
    """
    near = _neighbours(free)
    for start in range(len(free)):
        if group := _grown(free, near, start, least_cm2, most_cm2):
            yield tuple(free[i] for i in sorted(group))


def _grown(
    free: Sequence[Place], near: dict[int, list[int]], start: int, least: int, most: int
) -> list[int] | None:
    group, area = [start], free[start].area_cm2
    box = _box(free[start])
    while area < least:
        edge = {j for i in group for j in near[i]} - set(group)
        fits = [j for j in edge if area + free[j].area_cm2 <= most]
        if not fits:
            return None
        best = min(fits, key=lambda j: (_size(_with(box, free[j])), j))
        group.append(best)
        area += free[best].area_cm2
        box = _with(box, free[best])
    return group if area <= most else None


def _box(place: Place) -> Box:
    return place.x, place.y, place.x + place.width, place.y + place.depth


def _with(box: Box, place: Place) -> Box:
    other = _box(place)
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])


def _size(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _neighbours(free: Sequence[Place]) -> dict[int, list[int]]:
    """By the sides they share: stands of one hall and zone that touch along at least a metre."""
    found: dict[int, list[int]] = defaultdict(list)
    for upright in (True, False):
        starting: dict[tuple, list[int]] = defaultdict(list)
        for i, place in enumerate(free):
            starting[place.hall, place.zone, place.x if upright else place.y].append(i)
        for i, place in enumerate(free):
            end = place.x + place.width if upright else place.y + place.depth
            for j in starting.get((place.hall, place.zone, end), ()):
                if _overlap(place, free[j], upright) >= 100:
                    found[i].append(j)
                    found[j].append(i)
    return found


def _overlap(one: Place, other: Place, upright: bool) -> int:
    if upright:
        return min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
    return min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
