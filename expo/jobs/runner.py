"""Running one job: state, progress, cancellation, and what happens when it fails."""

import json
import time
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import Engine, text
from sqlmodel import Session

from expo.clock import now
from expo.errors import Refused
from expo.jobs.handlers import as_json, handler_of
from expo.jobs.models import Job
from expo.words import Sentence, say

log = structlog.get_logger()
MOST_ATTEMPTS = 5
PAUSE_S = 0.4


class Report:
    """Writes a job's progress on a connection of its own, a few times a second at most."""

    def __init__(self, engine: Engine, job_id: int):
        self._engine, self._job_id = engine, job_id
        self._started = time.monotonic()
        self._last = self._looked = 0.0
        self._cancelled = False

    def progress(
        self,
        done: int,
        total: int,
        objective: float | None = None,
        bound: float | None = None,
        message: Sentence | None = None,
    ) -> None:
        """Say how far the work is; `objective` adds a point (seconds, value, bound if known) to the curve."""
        moment = time.monotonic()
        if moment - self._last < PAUSE_S and done < total:
            return
        self._last = moment
        known = [] if bound is None else [round(float(bound), 2)]
        seconds = round(moment - self._started, 1)
        point = [] if objective is None else [[seconds, round(float(objective), 2), *known]]
        values = {
            "id": self._job_id,
            "done": int(done),
            "total": int(total),
            "objective": None if objective is None else float(objective),
            "bound": None if bound is None else float(bound),
            "message": json.dumps(as_json(message), default=str),
            "point": json.dumps(point),
        }
        with self._engine.begin() as connection:
            self._cancelled = connection.execute(PROGRESS, values).scalar_one()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; looks again where there was no progress for a while."""
        moment = time.monotonic()
        if not self._cancelled and moment - max(self._last, self._looked) >= PAUSE_S:
            self._looked = moment
            with self._engine.connect() as connection:
                self._cancelled = bool(connection.execute(ASKED_TO_STOP, {"id": self._job_id}).scalar())
        return self._cancelled


ASKED_TO_STOP = text("SELECT cancel_requested FROM job WHERE id = :id")
PROGRESS = text(
    """UPDATE job SET done = :done, total = :total, objective = :objective, bound = :bound,
           message = CASE WHEN CAST(:message AS jsonb) = '{}' THEN message ELSE CAST(:message AS jsonb) END,
           curve = curve || CAST(:point AS jsonb)
     WHERE id = :id RETURNING cancel_requested"""
)


def _begin(session: Session, job_id: int) -> Job | None:
    """The job, marked as running; None when nothing is left to do."""
    job = session.get(Job, job_id, with_for_update=True)
    if job is None or job.is_over:
        return None
    job.attempts += 1
    if job.attempts > MOST_ATTEMPTS:
        _end(
            job,
            "failed",
            error=say("It was interrupted %(times)s times and is given up.", times=MOST_ATTEMPTS),
        )
        session.commit()
        return None
    job.state, job.started_at, job.curve, job.done = "running", now(), [], 0
    session.commit()
    return job


def _end(
    job: Job, state: str, *, result: dict[str, Any] | None = None, error: Sentence | None = None
) -> None:
    job.state, job.finished_at = state, now()
    if result is not None:
        job.result = result
    if error is not None:
        job.error, job.message = str(error), as_json(error)


def _sentence(refused: Refused) -> Sentence:
    return refused.sentence if isinstance(refused.sentence, Sentence) else Sentence(refused.sentence)


def run(open_session: Callable[[], Session], engine: Engine, job_id: int) -> None:
    """Run a job to its end. What it changed and its final state are committed together, or not at all."""
    with open_session() as session:
        job = _begin(session, job_id)
        if job is None:
            return
        session.info.update(user_id=job.created_by, actor=f"job {job_id}", request_id=f"job-{job_id}")
        report = Report(engine, job_id)
        try:
            result = handler_of(job.kind)(session, job, report)
            session.refresh(job, with_for_update=True)
            job.done = job.total
            _end(job, "cancelled" if job.cancel_requested else "done", result=result)
            session.commit()
        except Refused as refused:
            _failed(session, job_id, _sentence(refused))
        except Exception:
            log.exception("job failed", job_id=job_id)
            _failed(session, job_id, say("Something went wrong on our side; the log has the details."))


def _failed(session: Session, job_id: int, error: Sentence) -> None:
    session.rollback()
    job = session.get(Job, job_id, with_for_update=True)
    if job is not None:
        _end(job, "failed", error=error)
        session.commit()
