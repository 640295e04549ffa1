"""Solving, with an independent check: a run is begun, filled by the solver and kept with all it was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.allocation import inputs, records
from expo.allocation import settings as asked
from expo.allocation.budgets import BUDGETS
from expo.allocation.checker import violations
from expo.allocation.fairness import fairness
from expo.allocation.models import AllocationInput, AllocationRun
from expo.allocation.problem import Allocation, Problem
from expo.allocation.services.asking import DEFAULT, problem_of
from expo.allocation.settings import Settings
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.points import services as points
from expo.venue.models import Stand
from expo.words import say

if TYPE_CHECKING:
    from expo.allocation.allocate import Progress
    from expo.allocation.bound import Bound


def solve(
    session: Session,
    edition: Edition,
    seed: int,
    rounds: int = BUDGETS["normal"],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    user_id: int | None = None,
    settings: Settings = DEFAULT,
) -> AllocationRun:
    """A finished run with its placements, explanations, bound, naive baseline and independent check.

    Nothing is published. progress is the solver's (rounds done, rounds, points, bound, phase). Refused
    without stands or accepted exhibitors.
    """
    points.settle(session, edition)
    run = begin(session, edition, seed, rounds, settings, user_id=user_id)
    fill(session, run, progress, cancelled)
    return run


def begin(
    session: Session,
    edition: Edition,
    seed: int,
    rounds: int,
    settings: Settings = DEFAULT,
    *,
    name: str = "",
    note: str = "",
    job_id: int | None = None,
    user_id: int | None = None,
) -> AllocationRun:
    """A run that somebody is still to solve. Refused where there is nothing to place, or nowhere."""
    refuse_nothing_to_do(session, edition)
    run = AllocationRun(
        edition_id=edition.id, seed=seed, rounds=rounds, settings=asked.as_plain(settings), name=name.strip(),
        note=note.strip(), job_id=job_id, created_by=user_id,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def refuse_nothing_to_do(session: Session, edition: Edition) -> None:
    """Refused without stands or accepted exhibitors."""
    if not _any(session, Stand.edition_id == edition.id):
        raise Refused(say("There are no stands yet. Import or draw the halls first."))
    if not _any(session, (Exhibitor.edition_id == edition.id) & (Exhibitor.state == "accepted")):
        raise Refused(say("No exhibitor is accepted yet, so there is nobody to place."))


def _any(session: Session, which) -> bool:
    return bool(session.execute(select(func.count()).where(which)).scalar_one())


def fill(
    session: Session,
    run: AllocationRun,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Solve a begun run with today's rows. Cancelled, it keeps the best plan found so far."""
    from expo.allocation.allocate import allocate

    edition = session.get_one(Edition, run.edition_id)
    problem = problem_of(session, edition, asked.from_plain(run.settings))
    if not problem.units:
        raise Refused(say("The chosen zones have no stands. Choose others, or all."))
    if not problem.applicants:
        raise Refused(say("Nobody wants a place in the chosen zones."))
    answer = allocate(problem, seed=run.seed, rounds=run.rounds, progress=progress, cancelled=cancelled)
    keep(session, run, problem, answer)


def keep(
    session: Session, run: AllocationRun, problem: Problem, answer: Allocation, bound: Bound | None = None
) -> None:
    """Write an answer into its run, with the whole input, explanations and an independent check."""
    from expo.allocation.allocate import SOLVER_VERSION
    from expo.allocation.baseline import first_come
    from expo.allocation.bound import Bound
    from expo.allocation.explain import explanations

    if bound is None and answer.bound is not None:
        bound = Bound(answer.bound, dict(answer.unit_prices))
    run.input_digest = inputs.digest(inputs.as_plain(problem))
    run.input_id = _input(session, run.edition_id, run.input_digest, problem)
    run.solver_version, run.libraries = SOLVER_VERSION, inputs.libraries()
    run.placements = {code: list(units) for code, units in answer.placements.items()}
    run.explanations = records.kept(explanations(problem, answer, bound), fairness(problem, answer))
    run.curve = [list(point) for point in answer.curve]
    run.objective, run.bound = answer.objective, answer.bound
    run.baseline = first_come(problem).objective
    run.violations = len(violations(problem, answer))
    run.unplaced = list(answer.unplaced)
    run.state = "done"
    session.add(run)
    session.flush()


def _input(session: Session, edition_id: int, digest: str, problem: Problem) -> int:
    """The row of this input, made unless a run with the same one has made it."""
    row = {"edition_id": edition_id, "digest": digest, "content": inputs.packed(problem)}
    made = insert(AllocationInput).values(**row).on_conflict_do_nothing()
    session.execute(made)
    return session.execute(
        select(AllocationInput.id).where(
            AllocationInput.edition_id == edition_id, AllocationInput.digest == digest
        )
    ).scalar_one()


def was_cut_short(run: AllocationRun) -> bool:
    """Whether somebody stopped the search; what it had by then is a valid answer all the same."""
    return run.kind == "solver" and bool(run.curve) and run.curve[-1][0] < run.rounds
