"""Counting thousands of exhibitors, left to the worker: all of them in one transaction."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.points import services
from expo.words import say


def _telling(report):
    def progress(done: int, total: int) -> None:
        report.progress(
            done, total, message=say("%(done)s of %(total)s are counted.", done=done, total=total)
        )

    return progress


@handler("points.apply")
def apply(session: Session, job: Job, report) -> dict:
    """Put the draft of the rule in force. Done already by an earlier attempt, it is refused in words."""
    edition = session.get_one(Edition, job.edition_id)
    rule = services.apply(session, edition, job.arguments["seen"], _telling(report))
    return {"version": rule.version, **rule.effect, "link": {"endpoint": "points.ranking"}}


@handler("points.count_anew")
def count_anew(session: Session, job: Job, report) -> dict:
    """Count everybody by the rule in force."""
    edition = session.get_one(Edition, job.edition_id)
    effect = services.count_anew(session, edition, _telling(report))
    return {**effect.sums(), "link": {"endpoint": "points.ranking"}}
