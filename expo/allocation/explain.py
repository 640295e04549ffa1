"""Explanations: status, turn, reasons, what became of each wish and which blocks are still free."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from expo.allocation.bound import Bound
from expo.allocation.finished import Finished
from expo.allocation.floor import whole
from expo.allocation.outcomes import outcome
from expo.allocation.prepare import share_least
from expo.allocation.problem import Allocation, Applicant, Problem
from expo.allocation.reasons import Explanation, Reason
from expo.allocation.refusals import refusal

ALTERNATIVES = 5


def explanation(problem: Problem, allocation: Allocation, bound: Bound | None, applicant: str) -> Explanation:
    """One applicant's explanation; KeyError if it is none of the problem's."""
    return explanations(problem, allocation, bound, [applicant])[applicant]


def explanations(
    problem: Problem, allocation: Allocation, bound: Bound | None, applicants: Iterable[str] | None = None
) -> dict[str, Explanation]:
    """Explanations of several applicants (all by default), sharing the preparation."""
    prices = dict(bound.unit_prices) if bound else dict(allocation.unit_prices)
    case = Finished(problem, allocation, prices)
    wanted = case.applicants if applicants is None else applicants
    return {code: _explained(case, case.applicants[code]) for code in wanted}


def _explained(case: Finished, applicant: Applicant) -> Explanation:
    party = case.prepared.number[applicant.code]
    lead = case.prepared.codes[party]
    units = tuple(case.placements.get(applicant.code, ()))
    status = _status(case, applicant, lead)
    own = case.block(lead)
    candidates = case.candidates(party) if lead == applicant.code else np.zeros(0, np.int64)
    free = case.free(party, candidates)
    return Explanation(
        applicant=applicant.code,
        status=status,
        units=units,
        turn=case.turn[applicant.code],
        in_all=len(case.turn),
        reasons=(
            (refusal(case, applicant, lead, party, candidates),)
            if status == "unplaced"
            else _smaller(case, applicant)
        ),
        wishes=tuple(outcome(case, applicant, party, wish, own, candidates) for wish in applicant.wishes),
        alternatives=tuple(case.names(b) for b in free[:ALTERNATIVES]),
        free_count=len(free),
    )


def _smaller(case: Finished, applicant: Applicant) -> tuple[Reason, ...]:
    """Says so when somebody who would accept less was given less (a lead or a member: of its own share)."""
    given = sum(case.area_of(code) for code in case.placements.get(applicant.code, ()))
    if applicant.least_m2 is None or not 0 < given < whole(applicant.area_m2, 10_000):
        return ()
    figures = {
        "given_m2": given / 10_000,
        "asked_m2": applicant.area_m2,
        "least_m2": share_least(applicant) / 10_000,
    }
    return (Reason("smaller", figures),)


def _status(case: Finished, applicant: Applicant, lead: str) -> str:
    if not case.placements.get(applicant.code):
        idle_lead = applicant.code in case.prepared.members and case.block(lead)
        return "placed" if idle_lead else "unplaced"
    if case.problem.locks.get(applicant.code):
        return "locked"
    return "placed" if lead == applicant.code else "in_pavilion"
