"""Queueing, watching, cancelling and retrying jobs."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from expo.clock import now
from expo.errors import Refused
from expo.jobs.models import Job
from expo.words import say

TASK = "run_job"
QUEUE = "default"


def enqueue(
    session: Session, kind: str, *, edition_id: int | None, user_id: int | None = None, **arguments: Any
) -> Job:
    """Queue a job in the caller's transaction: it exists, and is queued, only if that commits."""
    job = Job(kind=kind, arguments=arguments, edition_id=edition_id, created_by=user_id)
    session.add(job)
    session.flush()
    _defer(session, job)
    return job


def enqueue_once(
    session: Session, kind: str, *, edition_id: int, user_id: int | None = None, **arguments: Any
) -> tuple[Job, bool]:
    """The edition's job of this kind that is not over yet, or a new one; and whether it is new.

    Two people asking at the same moment get the same job: the second waits until the first has committed.
    """
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtext(:kind), :edition)"), {"kind": kind, "edition": edition_id}
    )
    waiting = unfinished(session, edition_id, kind)
    if waiting:
        return waiting, False
    return enqueue(session, kind, edition_id=edition_id, user_id=user_id, **arguments), True


def _defer(session: Session, job: Job) -> None:
    """Put the job's number into the queue (procrastinate's own SQL function, inside our transaction)."""
    session.execute(
        text(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(CAST(:queue AS varchar), CAST(:task AS varchar), 0,"
            " NULL, NULL, CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1])"
        ),
        {"queue": QUEUE, "task": TASK, "args": json.dumps({"job_id": job.id})},
    )


def cancel(session: Session, job: Job) -> None:
    """Ask a job to stop; a solver keeps the best answer found so far."""
    session.refresh(job, with_for_update=True)  # a colleague or the worker may be at it
    if job.is_over:
        raise Refused(say("This job is over already; there is nothing left to cancel."))
    job.cancel_requested = True
    if job.state == "queued":
        job.state, job.finished_at = "cancelled", now()
    session.add(job)


def retry(session: Session, job: Job) -> None:
    """Queue a failed or cancelled job once more."""
    session.refresh(job, with_for_update=True)
    if job.state not in ("failed", "cancelled"):
        raise Refused(say("Only a failed or cancelled job can be tried again."))
    job.state, job.cancel_requested, job.error, job.done = "queued", False, "", 0
    job.curve, job.finished_at = [], None
    session.add(job)
    session.flush()
    _defer(session, job)


def job_of(session: Session, edition_id: int, job_id: int) -> Job | None:
    """The edition's job of that number."""
    return session.exec(select(Job).where(Job.id == job_id, Job.edition_id == edition_id)).one_or_none()


def jobs(session: Session, edition_id: int, limit: int = 50) -> Sequence[Job]:
    """The edition's jobs, the newest first."""
    return session.exec(
        select(Job).where(Job.edition_id == edition_id).order_by(Job.id.desc()).limit(limit)
    ).all()


def unfinished(session: Session, edition_id: int, kind: str) -> Job | None:
    """A job of this kind that is queued or running: nobody needs two at once."""
    return session.exec(
        select(Job)
        .where(Job.edition_id == edition_id, Job.kind == kind, Job.state.in_(("queued", "running")))
        .order_by(Job.id.desc())
    ).first()


def last(session: Session, edition_id: int, kind: str) -> Job | None:
    """The edition's newest job of this kind, over or not."""
    return session.exec(
        select(Job).where(Job.edition_id == edition_id, Job.kind == kind).order_by(Job.id.desc()).limit(1)
    ).first()


def sweep(session: Session, days: int = 90) -> int:
    """Forget jobs that ended long ago; how many."""
    result = session.execute(
        text("DELETE FROM job WHERE finished_at < :before"), {"before": now() - timedelta(days=days)}
    )
    return result.rowcount
