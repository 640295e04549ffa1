"""The points of an allocation from their definition in Weights; shares nothing with the solver's own sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from expo.allocation import priority
from expo.allocation.board import Board, Placements, has_corner, touches
from expo.allocation.floor import whole
from expo.allocation.problem import Applicant, Problem, Unit, Wish


def objective_of(problem: Problem, placements: Placements) -> int:
    """The points of these placements, computed afresh from the definition in Weights."""
    return sum(points_by(problem, placements).values())


def points_by(problem: Problem, placements: Placements) -> dict[str, int]:
    """What each applicant contributes to the objective; the sum is the objective.

    A pavilion's block counts for its lead, standing beside a partner for both, a wish for somebody's company
    for who wished, and a former place not kept against the lead. Two of these, before and after a change by
    hand, tell who gains and who loses by it: some 15 ms for 330 applicants.
    """
    board = Board(problem, placements)
    weight = priority.weights(problem)
    found = dict.fromkeys(board.applicants, 0)
    for lead, units in board.blocks.items():
        if units:
            found[lead] += _worth(board, board.applicants[lead], weight[lead])
    for code, points in _company(board, weight):
        found[code] += points
    for lead in _moved(board):
        found[lead] -= round(problem.change_price)
    return found


def _worth(board: Board, lead: Applicant, weight: int) -> int:
    units, points = board.blocks[lead.code], board.problem.weights
    need = board.need(lead.code)
    total = weight * points.placed * max(need, board.standard) // (1000 * board.standard)
    spare = sum(unit.area_cm2 for unit in units) - need
    if spare < 0:
        total = total * (need + spare) // need
    elif spare > 0:
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
        "corner": has_corner(units),
        "stand": wish.target in {unit.code for unit in units},
        "zone": any(unit.zone == wish.target for unit in units),
        "hall": any(unit.hall == wish.target for unit in units),
    }
    return full if met.get(wish.kind, False) else 0


def _company(board: Board, weight: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Whose partners and "beside" wishes share an edge with them, and the points for it."""
    points = board.problem.weights
    gains: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for one, other in {(min(pair), max(pair)) for pair in board.problem.partners}:
        if one in board.lead and other in board.lead:
            own = weight[one] * points.partner // 2000
            both = (weight[one] + weight[other]) * points.partner // 2000
            edge = _edge(board.lead[one], board.lead[other])
            gains.setdefault(edge, []).extend([(one, own), (other, both - own)])
    ranks = points.rank_percent
    for applicant in board.applicants.values():
        for wish in applicant.wishes:
            if wish.kind == "beside" and wish.target in board.lead and ranks:
                edge = _edge(board.lead[applicant.code], board.lead[wish.target])
                share = ranks[min(max(wish.rank, 1), len(ranks)) - 1]
                gain = weight[applicant.code] * points.wish * share // 100_000
                gains.setdefault(edge, []).append((applicant.code, gain))
    for (one, other), gained in gains.items():
        if one != other and any(touches(u, v) for u in board.blocks[one] for v in board.blocks[other]):
            yield from gained


def _moved(board: Board) -> Iterator[str]:
    """Leads of the parties that had a place before and have not exactly that one now."""
    for lead, units in board.blocks.items():
        before = {u for code in board.party(lead) for u in (board.problem.previous or {}).get(code, ())}
        if before and before != {unit.code for unit in units}:
            yield lead


def _edge(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
