"""A pavilion's block divided among its lead and its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expo.allocation import priority
from expo.allocation.floor import Floor, whole
from expo.allocation.prepare import Prepared, share_least
from expo.allocation.problem import Applicant, Problem, Unit


def divide(prepared: Prepared, party: int, block: int) -> dict[str, tuple[str, ...]]:
    """Applicant code → its unit codes.

    Locked members keep theirs, the others follow by priority, the lead has the rest. On a block smaller than
    was asked for everybody is cut towards their least, the last in the queue first.
    """
    first = prepared.blocks.unit_first
    floor, problem = prepared.floor, prepared.problem
    units = [floor.units[u] for u in prepared.blocks.units[first[block] : first[block + 1]]]
    lead = prepared.codes[party]
    members = prepared.members.get(lead, ())
    if not members:
        return {lead: tuple(unit.code for unit in units)}
    own = {a.code: a for a in problem.applicants if a.code in (lead, *members)}
    codes = {unit.code for unit in units}
    shares = {code: tuple(u for u in problem.locks.get(code, ()) if u in codes) for code in (*members, lead)}
    held = {unit for share in shares.values() for unit in share}
    left = [unit for unit in walk(units) if unit.code not in held]
    for code, share in _as_before(problem, own, floor, {unit.code for unit in left}).items():
        if not shares[code]:
            shares[code] = share
            left = [unit for unit in left if unit.code not in share]
    queue = [code for code in priority.order(problem) if code in members and not shares[code]]
    standard = floor.standard_area
    owed = sum(-(-share_least(own[code]) // standard) * standard for code in (*queue, lead))
    for code in queue:
        least = share_least(own[code])
        owed -= -(-least // standard) * standard
        asked = max(whole(own[code].area_m2, 10_000), 0)
        within = sum(unit.area_cm2 for unit in left) - owed
        shares[code], left = _served(left, max(least, min(asked, within)))
    shares[lead] += tuple(unit.code for unit in left)
    return {code: share for code, share in shares.items() if share}


def _as_before(
    problem: Problem, own: Mapping[str, Applicant], floor: Floor, free: set[str]
) -> dict[str, tuple[str, ...]]:
    """The members' former shares, where all of them can have the very same again; else nothing."""
    found = {}
    for code, applicant in own.items():
        if applicant.pavilion and applicant.pavilion != code and not problem.locks.get(code):
            share = tuple((problem.previous or {}).get(code, ()))
            area = sum(int(floor.area[floor.index[unit]]) for unit in share if unit in free)
            if not share or not set(share) <= free or area < max(whole(applicant.area_m2, 10_000), 0):
                return {}
            free = free - set(share)
            found[code] = share
    return found


def walk(units: Sequence[Unit]) -> list[Unit]:
    """The units as a walk meets them, line by line along the longer side, turning at each end."""
    if not units:
        return []
    width = max(u.x + u.width for u in units) - min(u.x for u in units)
    depth = max(u.y + u.depth for u in units) - min(u.y for u in units)
    lines: dict[int, list[Unit]] = {}
    for unit in units:
        lines.setdefault(unit.x if width >= depth else unit.y, []).append(unit)
    path: list[Unit] = []
    for turn, line in enumerate(sorted(lines)):
        path += sorted(lines[line], key=lambda u: (u.y, u.x), reverse=bool(turn % 2))
    return path


def _served(left: list[Unit], area: int) -> tuple[tuple[str, ...], list[Unit]]:
    """Units from the front until the area is reached; none at all if it cannot be."""
    total, count = 0, 0
    while count < len(left) and total < max(area, 1):
        total += left[count].area_cm2
        count += 1
    if total < area:
        return (), left
    return tuple(unit.code for unit in left[:count]), left[count:]
