"""An allocation checked from the problem alone, in plain Python, sharing no bookkeeping with the solver."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from expo.allocation.board import Board, Placements, apart, hang_together, has_corner
from expo.allocation.floor import whole
from expo.allocation.objective import objective_of
from expo.allocation.problem import Allocation, Applicant, Problem, Unit


@dataclass(frozen=True, slots=True)
class Violation:
    """rule is a code, applicant whom it concerns, detail the codes or figures that show it."""

    rule: str
    applicant: str
    detail: str


def violations(problem: Problem, allocation: Allocation) -> list[Violation]:
    """Everything about the answer that breaks a rule or is not what it claims; empty when all is well.

    Rules: unit_twice, unknown_unit, unknown_applicant, locked_away, lock, zone, split, area, wasteful (an
    outer line of units could be dropped), raw, shape, power, water, height, load, rivals, member_area,
    unplaced, objective, bound. Parties on a lock answer only for the first five.
    """
    board = Board(problem, allocation.placements)
    found = [*_bookkeeping(board), *_locks(board)]
    for lead, units in board.blocks.items():
        if units and not board.is_locked(lead):
            found += _place(board, board.applicants[lead], units)
    found += _rivals(board)
    return found + _claims(board, allocation)


def violations_of(problem: Problem, placements: Placements, changed: Collection[str]) -> list[Violation]:
    """The rules that these applicants break or make others break, when only their places have changed.

    For editing by hand: what `violations` would say of them without looking at everybody else again, some
    5 ms for 330 applicants. Nothing is said of points, bound and the list of those without a place.
    """
    board = Board(problem, placements)
    leads = {board.lead[code] for code in changed if code in board.lead}
    units = {unit for code in changed for unit in placements.get(code, ())}
    party = {*changed, *(code for lead in leads for code in board.party(lead))}
    found = [
        one
        for one in (*_bookkeeping(board), *_locks(board))
        if one.applicant in party or not units.isdisjoint(one.detail.split())
    ]
    for lead in sorted(leads):
        if board.blocks[lead] and not board.is_locked(lead):
            found += _place(board, board.applicants[lead], board.blocks[lead])
    return found + _rivals(board, party)


def _bookkeeping(board: Board) -> list[Violation]:
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


def _locks(board: Board) -> list[Violation]:
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


def _place(board: Board, lead: Applicant, units: list[Unit]) -> list[Violation]:
    found = []

    def broken(rule: str, detail: object = "") -> None:
        found.append(Violation(rule, lead.code, str(detail)))

    raw = lead.raw or lead.shape == "raw"
    need, area = board.need(lead.code), sum(unit.area_cm2 for unit in units)
    limit = 2 * need if raw else need + max(need // 4, board.standard)
    power = sum(max(whole(board.applicants[code].power_kw, 1000), 0) for code in board.party(lead.code))
    least = board.least(lead.code)
    if not least <= area <= limit:
        broken("area", f"{area} not in {least}..{limit}")
    elif _wasteful(units, need):
        broken("wasteful", f"{area} where a line less is enough for {need}")
    if len({(unit.hall, unit.zone) for unit in units}) > 1 or not hang_together(units):
        broken("split", " ".join(sorted(unit.code for unit in units)))
    if lead.zones and any(unit.zone not in lead.zones for unit in units):
        broken("zone", " ".join(sorted({unit.zone for unit in units})))
    if any(unit.raw != raw for unit in units):
        broken("raw")
    if sum(whole(unit.power_kw, 1000) for unit in units) < power:
        broken("power", power)
    found += _services(board, lead, units)
    if not _shaped(lead.shape, units, pavilion=lead.code in board.members):
        broken("shape", lead.shape)
    for member in board.members.get(lead.code, ()):
        share = sum(board.units[u].area_cm2 for u in board.placements.get(member, ()) if u in board.units)
        if share < board.share_least(member) and board.placements.get(member):
            found.append(Violation("member_area", member, str(share)))
    return found


def _services(board: Board, lead: Applicant, units: list[Unit]) -> list[Violation]:
    """Water somewhere on the block; the height and the load of the most demanding everywhere."""
    party = [board.applicants[code] for code in board.party(lead.code)]
    found = []
    if any(one.water for one in party) and not any(unit.water for unit in units):
        found.append(Violation("water", lead.code, ""))
    height = max(one.height_cm or 0 for one in party)
    low = [unit.code for unit in units if unit.height_cm is not None and unit.height_cm < height]
    if low:
        found.append(Violation("height", lead.code, f"{height} on {' '.join(sorted(low))}"))
    load = max(one.load_kg_m2 or 0 for one in party)
    weak = [unit.code for unit in units if unit.load_kg_m2 is not None and unit.load_kg_m2 < load]
    if weak:
        found.append(Violation("load", lead.code, f"{load} on {' '.join(sorted(weak))}"))
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
        return has_corner(units)
    if shape == "island":
        edges = ((1, lambda u: u.y == north), (2, lambda u: u.x + u.width == east))
        edges += ((4, lambda u: u.y + u.depth == south), (8, lambda u: u.x == west))
        return all(u.open_sides & side for side, at in edges for u in units if at(u))
    return True


def _rivals(board: Board, among: Collection[str] | None = None) -> list[Violation]:
    """Rivals too close to each other; with among, only pairs that one of these belongs to."""
    found, gap = [], board.problem.rival_gap_cm
    for one, other in board.problem.rivals:
        if among is not None and one not in among and other not in among:
            continue
        lead, foe = board.lead.get(one), board.lead.get(other)
        if not lead or not foe or lead == foe or (board.is_locked(lead) and board.is_locked(foe)):
            continue
        shares = [
            [board.units[u] for u in board.placements.get(c, ()) if u in board.units] for c in (one, other)
        ]
        if any(u.hall == v.hall and apart(u, v) < gap * gap for u in shares[0] for v in shares[1]):
            found.append(Violation("rivals", one, other))
    return found


def _claims(board: Board, allocation: Allocation) -> list[Violation]:
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
