"""Solving the agenda as a job with progress."""

from typing import Any

from flask import Flask
from sqlmodel import Session

from expo.editions.models import Edition
from expo.jobs.handlers import handler
from expo.words import say
from matchmaking.meetings import services


def init(_app: Flask) -> None:
    """Importing this module registers the handler."""


@handler("agenda.solve")
def solve(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Solve with the job's seed and rounds; the agenda is replaced only when the job ends."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, 0, message=say("Looking for suppliers for every need."))

    def progress(done: int, total: int, objective: float, breaks: int, _step: str) -> None:
        message = say("Closing gaps in people's days; %(breaks)s breaks are left.", breaks=f"{breaks:,}")
        report.progress(done, total, objective=objective, message=message)

    run = services.solve(
        session,
        edition,
        seed=int(job.arguments.get("seed", edition.seed)),
        rounds=int(job.arguments.get("rounds", services.ROUNDS)),
        progress=progress,
        cancelled=report.cancelled,
    )
    return {"run": run.id, "breaks": run.breaks, "link": {"endpoint": "meetings.agenda"}}
