"""What was run, and which run is published."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts.models import User
from expo.allocation.models import (
    AllocationReplay,
    AllocationRun,
)
from expo.editions.models import Edition
from expo.jobs.models import Job

RUN_COLUMNS = (
    AllocationRun.id, AllocationRun.state, AllocationRun.seed, AllocationRun.rounds, AllocationRun.objective,
    AllocationRun.bound, AllocationRun.baseline, AllocationRun.violations, AllocationRun.created_at,
    AllocationRun.published_at, AllocationRun.kind, AllocationRun.name, AllocationRun.parent_id,
    AllocationRun.job_id, Job.state.label("job_state"), AllocationRun.settings,
    func.jsonb_array_length(AllocationRun.unplaced).label("unplaced"),
)  # fmt: skip


def runs(session: Session, edition: Edition, *, limit: int = 50, offset: int = 0) -> Sequence:
    """The runs, the newest first, without their large parts."""
    return session.execute(
        select(*RUN_COLUMNS)
        .outerjoin(Job, Job.id == AllocationRun.job_id)
        .where(AllocationRun.edition_id == edition.id)
        .order_by(AllocationRun.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def run_of(session: Session, edition: Edition, run_id: int) -> AllocationRun | None:
    """The edition's run of that number."""
    return session.exec(
        select(AllocationRun).where(AllocationRun.id == run_id, AllocationRun.edition_id == edition.id)
    ).one_or_none()


def run_numbered(session: Session, run_id: int) -> AllocationRun | None:
    """The run of that number in whatever edition."""
    return session.get(AllocationRun, run_id)


def run_of_job(session: Session, job_id: int) -> AllocationRun | None:
    """The run that a job fills."""
    return session.exec(select(AllocationRun).where(AllocationRun.job_id == job_id)).one_or_none()


FINISHED = ("done", "published", "superseded")


def finished_runs(session: Session, edition: Edition, limit: int = 30) -> Sequence:
    """Number, name, state and points of the latest finished runs, for lists to choose from."""
    return session.execute(
        select(AllocationRun.id, AllocationRun.name, AllocationRun.state, AllocationRun.objective)
        .where(AllocationRun.edition_id == edition.id, AllocationRun.state.in_(FINISHED))
        .order_by(AllocationRun.id.desc())
        .limit(limit)
    ).all()


def replays(session: Session, run: AllocationRun, limit: int = 10) -> Sequence:
    """How often a run was repeated, the latest first, with who did it."""
    return session.execute(
        select(AllocationReplay, User.name)
        .outerjoin(User, User.id == AllocationReplay.replayed_by)
        .where(AllocationReplay.run_id == run.id)
        .order_by(AllocationReplay.id.desc())
        .limit(limit)
    ).all()


def run_count(session: Session, edition: Edition) -> int:
    """How many runs there are."""
    return session.execute(
        select(func.count()).select_from(AllocationRun).where(AllocationRun.edition_id == edition.id)
    ).scalar_one()


def published_at(session: Session, edition: Edition):
    """When the published run became so; None before that."""
    return session.execute(
        select(AllocationRun.published_at).where(
            AllocationRun.edition_id == edition.id, AllocationRun.state == "published"
        )
    ).scalar()


def published_number(session: Session, edition: Edition) -> int | None:
    """The number of the published run."""
    return session.execute(
        select(AllocationRun.id).where(
            AllocationRun.edition_id == edition.id, AllocationRun.state == "published"
        )
    ).scalar()


def finished_of(session: Session, edition: Edition, numbers: Sequence[int]) -> list[AllocationRun]:
    """Finished runs of the edition in the order asked for; what is none is left out."""
    small = [number for number in numbers if 0 < number < 2**31]
    rows = session.exec(
        select(AllocationRun).where(
            AllocationRun.edition_id == edition.id,
            AllocationRun.id.in_(small),
            AllocationRun.state.in_(FINISHED),
        )
    ).all()
    return sorted(rows, key=lambda run: small.index(run.id))
