"""The solver as a job with progress, and repeating a run."""

from sqlmodel import Session, select

from expo.allocation import services
from expo.allocation.models import AllocationDraft, AllocationRun
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.words import say


@handler("allocation.solve")
def solve(session: Session, job: Job, report) -> dict:
    """Fill the run that was begun with this job; stopped, the best plan found so far is kept."""
    run = _run_of(session, AllocationRun.job_id == job.id)
    report.progress(0, run.rounds, message=say("Laying out every place that suits somebody."))
    services.fill(session, run, _told(report), report.cancelled)
    return {"run_id": run.id, "placed": len(run.placements), "unplaced": len(run.unplaced), **_link(run)}


@handler("allocation.replay")
def replay(session: Session, job: Job, report) -> dict:
    """Solve a run's stored input once more and keep whether the same plan came out."""
    run = _run_of(
        session, (AllocationRun.id == job.arguments["run_id"]) & (AllocationRun.edition_id == job.edition_id)
    )
    found = services.replay(session, run, _told(report))
    services.note_replay(session, run, found, job.created_by)
    report.progress(run.rounds, run.rounds, found.objective, run.bound, found.in_words())
    return {"same": found.same, "differing": found.differing, **_link(run, "replays")}


@handler("allocation.keep")
def keep(session: Session, job: Job, report) -> dict:
    """Make a run of a draft, unless somebody went on editing it meanwhile."""
    draft = session.get(AllocationDraft, job.arguments["draft_id"], with_for_update=True)
    if draft is None or draft.edition_id != job.edition_id:
        raise Refused(say("The draft is gone."))
    if draft.version != job.arguments["version"]:
        raise Refused(say("Somebody changed this draft meanwhile. Look at it as it is now, then keep it."))
    report.progress(0, 1, message=say("Working out what no allocation can exceed."))
    return _link(services.keep_draft(session, draft, user_id=job.created_by))


def _run_of(session: Session, which) -> AllocationRun:
    run = session.exec(select(AllocationRun).where(which)).first()
    if run is None:
        raise Refused(say("The run is gone. Start another."))
    return run


def _told(report):
    """The solver's progress in words."""

    def progress(done: int, total: int, objective: int, bound: int | None, phase: str) -> None:
        if phase == "bound":
            message = say("Working out what no allocation can exceed.")
        else:
            message = say("%(done)s of %(total)s rounds of search.", done=f"{done:,}", total=f"{total:,}")
        report.progress(done, total, objective, bound, message)

    return progress


def _link(run: AllocationRun, anchor: str | None = None) -> dict:
    values = {"run_id": run.id} | ({"_anchor": anchor} if anchor else {})
    return {"link": {"endpoint": "allocation.run_detail", "values": values}}
