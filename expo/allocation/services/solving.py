"""Solving, with an independent check, and solving once more to prove that a run can be repeated."""

from collections.abc import Callable

from sqlmodel import Session

from expo.allocation import records
from expo.allocation.allocate import Progress, allocate
from expo.allocation.baseline import first_come
from expo.allocation.bound import Bound
from expo.allocation.budgets import BUDGETS
from expo.allocation.checker import violations
from expo.allocation.explain import explanations
from expo.allocation.fairness import fairness
from expo.allocation.models import AllocationRun
from expo.allocation.services.asking import problem_of
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say


def solve(
    session: Session,
    edition: Edition,
    seed: int,
    rounds: int = BUDGETS["normal"],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    user_id: int | None = None,
) -> AllocationRun:
    """A finished run with its placements, explanations, bound, naive baseline and independent check.

    Nothing is published. progress is the solver's (rounds done, rounds, points, bound, phase). Refused
    without stands or accepted exhibitors.
    """
    problem = problem_of(session, edition)
    if not problem.units:
        raise Refused(say("There are no stands yet. Import or draw the halls first."))
    if not problem.applicants:
        raise Refused(say("No exhibitor is accepted yet, so there is nobody to place."))
    answer = allocate(problem, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
    bound = None if answer.bound is None else Bound(answer.bound, dict(answer.unit_prices))
    run = AllocationRun(
        edition_id=edition.id,
        state="done",
        seed=seed,
        rounds=rounds,
        input_digest=records.digest(problem),
        placements={code: list(units) for code, units in answer.placements.items()},
        explanations=records.kept(problem, explanations(problem, answer, bound), fairness(problem, answer)),
        curve=[list(point) for point in answer.curve],
        objective=answer.objective,
        bound=answer.bound,
        baseline=first_come(problem).objective,
        violations=len(violations(problem, answer)),
        unplaced=list(answer.unplaced),
        created_by=user_id,
    )
    session.add(run)
    session.flush()
    return run


def replay(session: Session, run: AllocationRun) -> bool:
    """Whether the same input, seed and rounds give the same placements again.

    Refused when exhibitors, wishes or stands have changed since, or when the run was stopped before its end.
    """
    edition = session.get_one(Edition, run.edition_id)
    locks, previous = records.given(run.explanations)
    problem = problem_of(session, edition, locks=locks, previous=previous)
    if records.digest(problem) != run.input_digest:
        raise Refused(
            say("Exhibitors, wishes or stands have changed since this run, so it cannot be repeated.")
        )
    if was_cut_short(run):
        raise Refused(say("This run was stopped before its end, so it cannot be repeated."))
    answer = allocate(problem, seed=run.seed, rounds=run.rounds)
    return {code: list(units) for code, units in answer.placements.items()} == run.placements


def was_cut_short(run: AllocationRun) -> bool:
    """Whether somebody stopped the search; what it had by then is a valid answer all the same."""
    return bool(run.curve) and run.curve[-1][0] < run.rounds
