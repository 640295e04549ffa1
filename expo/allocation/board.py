"""An answer laid out by code, as the checker sees it, and how units lie to one another; in plain Python."""

from __future__ import annotations

from collections.abc import Mapping

from expo.allocation.floor import standard_area, whole
from expo.allocation.problem import CORNERS, SHARED_EDGE_CM, Problem, Unit, pavilions

Placements = Mapping[str, tuple[str, ...]]


class Board:
    """The problem and placements, looked up by code; blocks joins a pavilion's shares under its lead."""

    def __init__(self, problem: Problem, placements: Placements):
        self.problem, self.placements = problem, placements
        self.units: dict[str, Unit] = {}
        for unit in problem.units:
            if unit.width > 0 and unit.depth > 0:
                self.units.setdefault(unit.code, unit)
        self.applicants = {applicant.code: applicant for applicant in problem.applicants}
        self.members = pavilions(problem)
        self.lead = {code: code for code in self.applicants}
        self.lead |= {code: lead for lead, codes in self.members.items() for code in codes}
        self.standard = standard_area(self.units.values())
        self.blocks = {
            lead: [
                self.units[u]
                for code in self.party(lead)
                for u in placements.get(code, ())
                if u in self.units
            ]
            for lead in self.applicants
            if self.lead[lead] == lead
        }

    def party(self, lead: str) -> tuple[str, ...]:
        return (lead, *self.members.get(lead, ()))

    def need(self, lead: str) -> int:
        shares = [max(whole(self.applicants[code].area_m2, 10_000), 0) for code in self.party(lead)]
        return shares[0] if len(shares) == 1 else sum(-(-s // self.standard) * self.standard for s in shares)

    def least(self, lead: str) -> int:
        """The area the party would still accept, cm²."""
        shares = [self.share_least(code) for code in self.party(lead)]
        return shares[0] if len(shares) == 1 else sum(-(-s // self.standard) * self.standard for s in shares)

    def share_least(self, code: str) -> int:
        """The same for one applicant alone."""
        asked = max(whole(self.applicants[code].area_m2, 10_000), 0)
        least = self.applicants[code].least_m2
        return asked if least is None else min(max(whole(least, 10_000), 1), asked)

    def held(self, code: str) -> set[str]:
        return {unit for unit in self.problem.locks.get(code, ()) if unit in self.units}

    def is_locked(self, lead: str) -> bool:
        held = set().union(*(self.held(code) for code in self.party(lead)))
        area = sum(self.units[unit].area_cm2 for unit in held)
        return bool(held) and (len(self.party(lead)) == 1 or area >= self.need(lead))


def touches(one: Unit, other: Unit) -> bool:
    """Whether two units of one hall share an edge of at least a metre."""
    if one.hall != other.hall:
        return False
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    along = min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
    return (across == 0 and along >= SHARED_EDGE_CM) or (along == 0 and across >= SHARED_EDGE_CM)


def hang_together(units: list[Unit]) -> bool:
    reached, frontier = {units[0].code}, [units[0]]
    while frontier:
        unit = frontier.pop()
        for other in units:
            if other.code not in reached and touches(unit, other):
                reached.add(other.code)
                frontier.append(other)
    return len(reached) == len({unit.code for unit in units})


def has_corner(units: list[Unit]) -> bool:
    return any(unit.open_sides & corner == corner for unit in units for corner in CORNERS)


def apart(one: Unit, other: Unit) -> int:
    """Squared distance between the edges of two units, cm²."""
    dx = max(0, one.x - other.x - other.width, other.x - one.x - one.width)
    dy = max(0, one.y - other.y - other.depth, other.y - one.y - one.depth)
    return dx * dx + dy * dy
