"""Counting thousands of exhibitors, left to the worker; and those whose points changed, by itself."""

from collections.abc import Callable

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.jobs.handlers import handler, periodic
from expo.jobs.models import Job
from expo.points import services
from expo.points.models import PointsDue
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


@periodic("points.settle")
def sweep(open_session: Callable[[], Session]) -> None:
    """Count whoever has other points by now, an edition at a time."""
    with open_session() as session:
        concerned = select(Exhibitor.edition_id).join(PointsDue).distinct()
        editions = session.exec(concerned).all()
        session.rollback()
        for number in editions:
            session.info.update(actor="points", edition_id=number)
            services.settle(session, session.get_one(Edition, number))
            session.commit()
