"""Editing a plan by hand: where a booth lands when it is dropped, and what a step changes."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from expo.allocation.problem import Unit

Places = Mapping[str, Sequence[str]]
MOST_UNITS = 400
"""The largest place looked for around a stand; beyond that somebody names the stands."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one act does: exhibitor code → its stands before and after; codes locked before and after."""

    changes: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    locks: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def dropped(
    units: Mapping[str, Unit], own: Sequence[str], grabbed: str, target: str
) -> tuple[str, ...] | None:
    """The stands a booth covers when its stand `grabbed` is put on `target`; None where it does not fit."""
    at = {(u.hall, u.x, u.y, u.width, u.depth): code for code, u in units.items()}
    start, end = units[grabbed], units[target]
    found = []
    for code in own:
        unit = units.get(code)
        if unit is None or unit.hall != start.hall:
            return None
        place = (end.hall, unit.x + end.x - start.x, unit.y + end.y - start.y, unit.width, unit.depth)
        if place not in at:
            return None
        found.append(at[place])
    return tuple(sorted(found))


def block_around(
    units: Mapping[str, Unit], free: Set[str], target: str, need_cm2: int
) -> tuple[str, ...] | None:
    """The most compact rectangle of free stands as large as `target`, with it, of at least that area."""
    start = units[target]
    if target not in free or need_cm2 > MOST_UNITS * start.area_cm2:
        return None
    count = max(1, -(-need_cm2 // start.area_cm2))
    at = {
        (u.x, u.y): code
        for code, u in units.items()
        if code in free and (u.hall, u.zone, u.width, u.depth, u.raw)
        == (start.hall, start.zone, start.width, start.depth, start.raw)
    }  # fmt: skip
    shapes = {(wide, -(-count // wide)) for wide in range(1, count + 1)}
    for wide, deep in sorted(
        shapes, key=lambda shape: (shape[0] * shape[1], abs(shape[0] - shape[1]), shape)
    ):
        for left in range(wide):
            for above in range(deep):
                corner = (start.x - left * start.width, start.y - above * start.depth)
                cells = [
                    (corner[0] + i * start.width, corner[1] + j * start.depth)
                    for i in range(wide)
                    for j in range(deep)
                ]
                if all(cell in at for cell in cells):
                    return tuple(sorted(at[cell] for cell in cells))
    return None


def owners(placements: Places, stands: Iterable[str]) -> dict[str, str]:
    """Stand → exhibitor code, for those of the stands that somebody has."""
    wanted = set(stands)
    return {stand: code for code, own in placements.items() for stand in own if stand in wanted}


def swapped(placements: Places, one: str, other: str) -> Step:
    """Two exhibitors trade all their stands."""
    first, second = _own(placements, one), _own(placements, other)
    return Step({one: (first, second), other: (second, first)})


def put(placements: Places, code: str, stands: Iterable[str]) -> Step:
    """An exhibitor has exactly these stands; none takes it off the floor."""
    return Step({code: (_own(placements, code), tuple(sorted(set(stands))))})


def applied(placements: Places, step: Step, *, back: bool = False) -> dict[str, list[str]]:
    """The places after a step, or before it again."""
    found = {code: list(stands) for code, stands in placements.items()}
    for code, (before, after) in step.changes.items():
        stands = before if back else after
        if stands:
            found[code] = list(stands)
        else:
            found.pop(code, None)
    return found


def _own(placements: Places, code: str) -> tuple[str, ...]:
    return tuple(sorted(placements.get(code, ())))
