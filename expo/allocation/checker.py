"""An allocation checked from the problem alone, in plain Python, sharing no bookkeeping with the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from expo.allocation import priority
from expo.allocation.floor import standard_area, whole
from expo.allocation.problem import (
    CORNERS,
    SHARED_EDGE_CM,
    Allocation,
    Applicant,
    Problem,
    Unit,
    Wish,
    pavilions,
)

Placements = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Violation:
    """rule is a code, applicant whom it concerns, detail the codes or figures that show it."""

    rule: str
    applicant: str
    detail: str


def violations(problem: Problem, allocation: Allocation) -> list[Violation]:
    """Everything about the answer that breaks a rule or is not what it claims; empty when all is well.

    Rules: unit_twice, unknown_unit, unknown_applicant, locked_away, lock, zone, split, area, wasteful (an
    outer line of units could be dropped), raw, shape, power, rivals, member_area, unplaced, objective, bound.
    Parties on a lock answer only for the first five.
    """
    board = _Board(problem, allocation.placements)
    found = [*_bookkeeping(board), *_locks(board)]
    for lead, units in board.blocks.items():
        if units and not board.is_locked(lead):
            found += _place(board, board.applicants[lead], units)
    found += _rivals(board)
    return found + _claims(board, allocation)


def objective_of(problem: Problem, placements: Placements) -> int:
    """The points of these placements, computed afresh from the definition in Weights."""
    board = _Board(problem, placements)
    weight = priority.weights(problem)
    return (
        sum(
            _worth(board, board.applicants[lead], weight[lead])
            for lead, units in board.blocks.items()
            if units
        )
        + _company(board, weight)
        - _changes(board)
    )


class _Board:
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

    def held(self, code: str) -> set[str]:
        return {unit for unit in self.problem.locks.get(code, ()) if unit in self.units}

    def is_locked(self, lead: str) -> bool:
        held = set().union(*(self.held(code) for code in self.party(lead)))
        area = sum(self.units[unit].area_cm2 for unit in held)
        return bool(held) and (len(self.party(lead)) == 1 or area >= self.need(lead))


def _bookkeeping(board: _Board) -> list[Violation]:
    found, owner = [], {}
    stranger = {
        unit: code
        for code, units in board.problem.locks.items()
        if code not in board.applicants
        for unit in units
    }
    for code, units in board.placements.items():
        if code not in board.applicants:
            found.append(Violation("unknown_applicant", code, ""))
        for unit in units:
            if unit not in board.units:
                found.append(Violation("unknown_unit", code, unit))
            elif unit in owner:
                found.append(Violation("unit_twice", code, f"{unit} {owner[unit]}"))
            elif unit in stranger:
                found.append(Violation("locked_away", code, f"{unit} {stranger[unit]}"))
            owner[unit] = code
    return found


def _locks(board: _Board) -> list[Violation]:
    found = []
    for code in board.problem.locks:
        held = board.held(code)
        if code not in board.applicants or not held:
            continue
        pavilion = board.members.get(code)
        given = {u.code for u in board.blocks[code]} if pavilion else set(board.placements.get(code, ()))
        exact = not pavilion and board.lead[code] == code
        if not held <= given or (exact and held != given):
            found.append(Violation("lock", code, " ".join(sorted(held ^ given))))
    return found


def _place(board: _Board, lead: Applicant, units: list[Unit]) -> list[Violation]:
    found = []

    def broken(rule: str, detail: object = "") -> None:
        found.append(Violation(rule, lead.code, str(detail)))

    raw = lead.raw or lead.shape == "raw"
    need, area = board.need(lead.code), sum(unit.area_cm2 for unit in units)
    limit = 2 * need if raw else need + max(need // 4, board.standard)
    power = sum(max(whole(board.applicants[code].power_kw, 1000), 0) for code in board.party(lead.code))
    if not need <= area <= limit:
        broken("area", f"{area} not in {need}..{limit}")
    elif _wasteful(units, need):
        broken("wasteful", f"{area} where a line less is enough for {need}")
    if len({(unit.hall, unit.zone) for unit in units}) > 1 or not _connected(units):
        broken("split", " ".join(sorted(unit.code for unit in units)))
    if lead.zones and any(unit.zone not in lead.zones for unit in units):
        broken("zone", " ".join(sorted({unit.zone for unit in units})))
    if any(unit.raw != raw for unit in units):
        broken("raw")
    if sum(whole(unit.power_kw, 1000) for unit in units) < power:
        broken("power", power)
    if not _shaped(lead.shape, units, pavilion=lead.code in board.members):
        broken("shape", lead.shape)
    for member in board.members.get(lead.code, ()):
        share = sum(board.units[u].area_cm2 for u in board.placements.get(member, ()) if u in board.units)
        if share < max(whole(board.applicants[member].area_m2, 10_000), 0) and board.placements.get(member):
            found.append(Violation("member_area", member, str(share)))
    return found


def _wasteful(units: list[Unit], need: int) -> bool:
    """Whether enough is left after cutting off, on one side, the thinnest line that splits no unit."""
    upright = [(unit.x, unit.x + unit.width, unit.area_cm2) for unit in units]
    level = [(unit.y, unit.y + unit.depth, unit.area_cm2) for unit in units]
    for spans in (upright, level):
        edges = sorted({edge for low, high, _ in spans for edge in (low, high)})[1:-1]
        cuts = [cut for cut in edges if all(high <= cut or low >= cut for low, high, _ in spans)]
        if cuts:
            below = sum(area for _, high, area in spans if high <= cuts[-1])
            above = sum(area for low, _, area in spans if low >= cuts[0])
            if max(below, above) >= need:
                return True
    return False


def _shaped(shape: str, units: list[Unit], *, pavilion: bool) -> bool:
    west, east = min(u.x for u in units), max(u.x + u.width for u in units)
    north, south = min(u.y for u in units), max(u.y + u.depth for u in units)
    area = sum(unit.area_cm2 for unit in units)
    row = len({(u.y, u.depth) for u in units}) == 1 or len({(u.x, u.width) for u in units}) == 1
    if area != (east - west) * (south - north):
        return pavilion and shape not in ("row", "block", "corner", "island", "raw")
    if shape == "row":
        return row
    if shape == "block":
        return not row or len(units) < 4
    if shape == "corner":
        return _has_corner(units)
    if shape == "island":
        edges = ((1, lambda u: u.y == north), (2, lambda u: u.x + u.width == east))
        edges += ((4, lambda u: u.y + u.depth == south), (8, lambda u: u.x == west))
        return all(u.open_sides & side for side, at in edges for u in units if at(u))
    return True


def _rivals(board: _Board) -> list[Violation]:
    found, gap = [], board.problem.rival_gap_cm
    for one, other in board.problem.rivals:
        lead, foe = board.lead.get(one), board.lead.get(other)
        if not lead or not foe or lead == foe or (board.is_locked(lead) and board.is_locked(foe)):
            continue
        shares = [
            [board.units[u] for u in board.placements.get(c, ()) if u in board.units] for c in (one, other)
        ]
        if any(u.hall == v.hall and _apart(u, v) < gap * gap for u in shares[0] for v in shares[1]):
            found.append(Violation("rivals", one, other))
    return found


def _claims(board: _Board, allocation: Allocation) -> list[Violation]:
    found = []
    missing = {code for code in board.applicants if not board.placements.get(code)}
    idle = {lead for lead in board.members if board.blocks[lead]}
    if not missing - idle <= set(allocation.unplaced) <= missing:
        found.append(Violation("unplaced", "", " ".join(sorted(missing ^ set(allocation.unplaced)))))
    objective = objective_of(board.problem, board.placements)
    if objective != allocation.objective:
        found.append(Violation("objective", "", f"{allocation.objective} is {objective}"))
    if allocation.bound is not None and objective > allocation.bound:
        found.append(Violation("bound", "", f"{objective} above {allocation.bound}"))
    return found


def _worth(board: _Board, lead: Applicant, weight: int) -> int:
    units, points = board.blocks[lead.code], board.problem.weights
    need = board.need(lead.code)
    total = weight * points.placed * max(need, board.standard) // (1000 * board.standard)
    spare = sum(unit.area_cm2 for unit in units) - need
    if spare > 0:
        total -= points.spare * spare // board.standard
    return total + sum(wish_points(board.problem, weight, wish, units) for wish in lead.wishes)


def wish_points(problem: Problem, weight: int, wish: Wish, units: list[Unit]) -> int:
    """Points a placed block brings for a wish about the place itself ("beside" is about company, so 0)."""
    points = problem.weights
    ranks = points.rank_percent
    full = weight * points.wish * (ranks[min(max(wish.rank, 1), len(ranks)) - 1] if ranks else 0) // 100_000
    if wish.kind == "near_entrance":
        near = points.near_m * 100
        far = max(points.far_m, points.near_m + 1) * 100
        walk = min(whole(unit.entrance_m, 100) for unit in units)
        return full * (far - min(max(walk, near), far)) // (far - near)
    met = {
        "corner": _has_corner(units),
        "stand": wish.target in {unit.code for unit in units},
        "zone": any(unit.zone == wish.target for unit in units),
        "hall": any(unit.hall == wish.target for unit in units),
    }
    return full if met.get(wish.kind, False) else 0


def _company(board: _Board, weight: Mapping[str, int]) -> int:
    """Partners and "beside" wishes of those whose blocks share an edge."""
    points, total = board.problem.weights, 0
    gains: dict[tuple[str, str], int] = {}
    for one, other in {(min(pair), max(pair)) for pair in board.problem.partners}:
        if one in board.lead and other in board.lead:
            edge = _edge(board.lead[one], board.lead[other])
            gains[edge] = gains.get(edge, 0) + (weight[one] + weight[other]) * points.partner // 2000
    ranks = points.rank_percent
    for applicant in board.applicants.values():
        for wish in applicant.wishes:
            if wish.kind == "beside" and wish.target in board.lead and ranks:
                edge = _edge(board.lead[applicant.code], board.lead[wish.target])
                share = ranks[min(max(wish.rank, 1), len(ranks)) - 1]
                gains[edge] = gains.get(edge, 0) + weight[applicant.code] * points.wish * share // 100_000
    for (one, other), gain in gains.items():
        if one != other and any(touches(u, v) for u in board.blocks[one] for v in board.blocks[other]):
            total += gain
    return total


def _changes(board: _Board) -> int:
    if not board.problem.previous:
        return 0
    moved = 0
    for lead, units in board.blocks.items():
        before = {u for code in board.party(lead) for u in board.problem.previous.get(code, ())}
        moved += bool(before) and before != {unit.code for unit in units}
    return round(board.problem.change_price) * moved


def touches(one: Unit, other: Unit) -> bool:
    """Whether two units of one hall share an edge of at least a metre."""
    if one.hall != other.hall:
        return False
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    along = min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
    return (across == 0 and along >= SHARED_EDGE_CM) or (along == 0 and across >= SHARED_EDGE_CM)


def _connected(units: list[Unit]) -> bool:
    reached, frontier = {units[0].code}, [units[0]]
    while frontier:
        unit = frontier.pop()
        for other in units:
            if other.code not in reached and touches(unit, other):
                reached.add(other.code)
                frontier.append(other)
    return len(reached) == len({unit.code for unit in units})


def _has_corner(units: list[Unit]) -> bool:
    return any(unit.open_sides & corner == corner for unit in units for corner in CORNERS)


def _apart(one: Unit, other: Unit) -> int:
    """Squared distance between the edges of two units, cm²."""
    dx = max(0, one.x - other.x - other.width, other.x - one.x - one.width)
    dy = max(0, one.y - other.y - other.depth, other.y - one.y - one.depth)
    return dx * dx + dy * dy


def _edge(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
