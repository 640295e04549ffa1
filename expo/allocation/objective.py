"""The points of an allocation from their definition in Weights; shares nothing with the solver's own sums."""

from __future__ import annotations

from collections.abc import Mapping

from expo.allocation import priority
from expo.allocation.board import Board, Placements, has_corner, touches
from expo.allocation.floor import whole
from expo.allocation.problem import Applicant, Problem, Unit, Wish


def objective_of(problem: Problem, placements: Placements) -> int:
    """The points of these placements, computed afresh from the definition in Weights."""
    board = Board(problem, placements)
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


def _company(board: Board, weight: Mapping[str, int]) -> int:
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


def _changes(board: Board) -> int:
    if not board.problem.previous:
        return 0
    moved = 0
    for lead, units in board.blocks.items():
        before = {u for code in board.party(lead) for u in board.problem.previous.get(code, ())}
        moved += bool(before) and before != {unit.code for unit in units}
    return round(board.problem.change_price) * moved


def _edge(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
