"""The solver as a job with progress."""

from sqlmodel import Session

from expo.allocation import services
from expo.editions.models import Edition
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.words import say


@handler("allocation.solve")
def solve(session: Session, job: Job, report) -> dict:
    """Solve with the job's seed and rounds; the run appears only when the job ends."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, job.arguments["rounds"], message=say("Laying out every place that suits somebody."))

    def progress(done: int, total: int, objective: int, bound: int | None, phase: str) -> None:
        if phase == "bound":
            message = say("Working out what no allocation can exceed.")
        else:
            message = say("%(done)s of %(total)s rounds of search.", done=f"{done:,}", total=f"{total:,}")
        report.progress(done, total, objective, bound, message)

    run = services.solve(
        session,
        edition,
        job.arguments["seed"],
        job.arguments["rounds"],
        progress,
        report.cancelled,
        job.created_by,
    )
    return {
        "run_id": run.id,
        "placed": len(run.placements),
        "unplaced": len(run.unplaced),
        "link": {"endpoint": "allocation.run_detail", "values": {"run_id": run.id}},
    }
