"""Building the timetable as a job that a worker runs."""

from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums import services
from expo.forums.timetable.solve import DEFAULT_ROUNDS
from expo.jobs.handlers import handler
from expo.words import say


@handler("timetable.solve")
def solve(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Build the working timetable; arguments: seed, rounds. Run again, it starts afresh."""

    def progress(done: int, total: int, objective: float, hard: int, _message: str) -> None:
        message = (
            say("Moving and swapping talks; %(minutes)s minutes of conflict are left.", minutes=hard)
            if hard
            else say("Moving and swapping talks; nothing collides any more.")
        )
        report.progress(done, total, objective=objective, message=message)

    edition = session.get_one(Edition, job.edition_id)
    run = services.build(
        session,
        edition,
        seed=int(job.arguments.get("seed", edition.seed)),
        rounds=int(job.arguments.get("rounds", DEFAULT_ROUNDS)),
        progress=progress,
        cancelled=report.cancelled,
    )
    return {"run": run.id, "hard": run.hard, "total": run.total, "link": {"endpoint": "forums.timetable"}}
