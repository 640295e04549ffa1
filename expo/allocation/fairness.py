"""Whether the satisfaction is spread fairly: by country, by size, newcomers beside regulars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from expo.allocation.board import touches
from expo.allocation.objective import wish_points
from expo.allocation.problem import Allocation, Applicant, Problem, Unit, Wish, pavilions

GROUPINGS: Mapping[str, Callable[[Applicant], str]] = {
    "country": lambda applicant: applicant.country,
    "size": lambda applicant: size_class(applicant.area_m2),
    "newcomer": lambda applicant: "newcomer" if applicant.newcomer else "regular",
}


@dataclass(frozen=True, slots=True)
class GroupSatisfaction:
    """One group: how many applied and were placed, mean share of wishes and of first wishes met (%).

    The mean shares count placed and unplaced applicants that had wishes; None where nobody had any.
    """

    grouping: str
    label: str
    applicants: int
    placed: int
    wishes_pct: float | None
    first_wish_pct: float | None


def size_class(area_m2: float) -> str:
    """small to 9 m², medium to 36 m², large above."""
    return "small" if area_m2 <= 9 else "medium" if area_m2 <= 36 else "large"


def fairness(problem: Problem, allocation: Allocation) -> tuple[GroupSatisfaction, ...]:
    """Every grouping's groups, by label."""
    shares = _shares(problem, allocation)
    placed = set(allocation.placements) | {
        lead
        for lead, members in pavilions(problem).items()
        if any(m in allocation.placements for m in members)
    }
    found = []
    for grouping, label_of in GROUPINGS.items():
        groups: dict[str, list[str]] = {}
        for applicant in problem.applicants:
            groups.setdefault(label_of(applicant), []).append(applicant.code)
        for label, codes in sorted(groups.items()):
            wished = [shares[code] for code in codes if shares[code]]
            found.append(
                GroupSatisfaction(
                    grouping,
                    label,
                    applicants=len(codes),
                    placed=sum(code in placed for code in codes),
                    wishes_pct=_mean([sum(s for _, s in row) / len(row) for row in wished]),
                    first_wish_pct=_mean([min(row)[1] for row in wished]),
                )
            )
    return tuple(found)


def _shares(problem: Problem, allocation: Allocation) -> dict[str, list[tuple[int, float]]]:
    """Applicant → (rank, percent met) of each wish."""
    units = {unit.code: unit for unit in problem.units}
    lead = {member: lead for lead, members in pavilions(problem).items() for member in members}
    blocks: dict[str, list[Unit]] = {}
    for code, codes in allocation.placements.items():
        blocks.setdefault(lead.get(code, code), []).extend(units[u] for u in codes if u in units)

    def percent(applicant: Applicant, kind: str, target: str) -> float:
        own = blocks.get(lead.get(applicant.code, applicant.code), [])
        if kind == "beside":
            other = blocks.get(lead.get(target, target), [])
            return 100.0 * any(touches(u, v) for u in own for v in other)
        full = problem.weights.wish * max(problem.weights.rank_percent[:1], default=0) // 100
        return 100.0 * wish_points(problem, 1000, Wish(kind, target), own) / full if own and full else 0.0

    return {
        applicant.code: [(w.rank, percent(applicant, w.kind, w.target)) for w in applicant.wishes]
        for applicant in problem.applicants
    }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None
