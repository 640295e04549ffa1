"""The figures of the dashboard: a fixed number of queries, however large the edition."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import DateTime, distinct, func
from sqlmodel import Session, select

from expo.allocation.models import AllocationRun, Allotment
from expo.badges.models import Badge
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.forums.models import Release, Room, Slot, Talk, TimetableRun
from expo.jobs.models import Job
from expo.registration.models import Person
from expo.stars.models import demand
from expo.venue.models import Stand
from matchmaking.catalogue.models import Buyer
from matchmaking.console.steps import Facts
from matchmaking.deals.models import Deal
from matchmaking.meetings.models import AgendaRun, Meeting


def facts(session: Session, edition: Edition) -> Facts:
    """How far the edition is, in three queries."""
    counts = session.execute(
        select(
            _of(edition, Stand).label("stands"),
            _of(edition, AllocationRun).label("runs"),
            _counted(edition, Allotment, distinct(Allotment.exhibitor_id)).label("placed"),
            _of(edition, Talk).label("talks"),
            _of(edition, Slot).label("slots"),
            func.coalesce(_version(edition), "").label("version"),
            _of(edition, Person).label("people"),
            _of(edition, Badge, Badge.revoked_at.is_(None)).label("badges"),
            _of(edition, Badge, Badge.revoked_at.is_(None), Badge.printed_at.is_not(None)).label("printed"),
            _of(edition, Buyer).label("buyers"),
            _of(edition, Deal).label("deals"),
        )
    ).one()
    return Facts(
        exhibitors=_by_state(session, edition, Exhibitor),
        meetings=_by_state(session, edition, Meeting),
        **counts._mapping,
    )


def _counted(edition: Edition, model: Any, what: Any, *more: Any) -> Any:
    return select(func.count(what)).where(model.edition_id == edition.id, *more).scalar_subquery()


def _of(edition: Edition, model: Any, *more: Any) -> Any:
    return _counted(edition, model, model.id, *more)


def _version(edition: Edition) -> Any:
    latest = select(Release.version).where(Release.edition_id == edition.id).order_by(Release.id.desc())
    return latest.limit(1).scalar_subquery()


def _by_state(session: Session, edition: Edition, model: Any) -> dict[str, int]:
    query = select(model.state, func.count()).where(model.edition_id == edition.id).group_by(model.state)
    return dict(map(tuple, session.execute(query)))


class Solved(NamedTuple):
    """The latest run of a solver: what it reached and what no answer can exceed."""

    id: int
    objective: float | None
    bound: float | None
    violations: int | None
    created_at: datetime

    @property
    def gap(self) -> float | None:
        """How far below the bound it is, as a share of the bound; None where there is none."""
        return (
            (self.bound - self.objective) / self.bound if self.bound and self.objective is not None else None
        )


def _latest(session: Session, edition: Edition, model: Any, *columns: Any) -> Any:
    query = select(*columns).where(model.edition_id == edition.id).order_by(model.id.desc()).limit(1)
    return session.execute(query).first()


def allocation(session: Session, edition: Edition) -> Solved | None:
    """The latest allocation run that has its answer."""
    run = AllocationRun
    query = select(run.id, run.objective, run.bound, run.violations, run.created_at)
    query = query.where(run.edition_id == edition.id, run.objective.is_not(None))
    row = session.execute(query.order_by(run.id.desc()).limit(1)).first()
    return Solved(*row) if row else None


def agenda(session: Session, edition: Edition) -> Solved | None:
    """The latest run that arranged meetings."""
    run = AgendaRun
    row = _latest(session, edition, run, run.id, run.objective, run.bound, run.violations, run.created_at)
    return Solved(*row) if row else None


def timetable(session: Session, edition: Edition) -> Any:
    """The latest build of the timetable: (hard violations in minutes, cost, when)."""
    run = TimetableRun
    return _latest(session, edition, run, run.hard, run.total, run.created_at)


def crowds(session: Session, edition: Edition) -> list[tuple[datetime, int]]:
    """(local hour, people who starred a talk that runs within it) for every hour with such a talk.

    Whoever starred several talks of an hour is counted once; who is only a browser not at all.
    """
    first = func.date_trunc("hour", func.lower(Slot.during), edition.timezone)
    last = func.upper(Slot.during) - timedelta(microseconds=1)  # what ends on the hour is not in the next one
    series = func.generate_series(first, last, timedelta(hours=1), type_=DateTime(timezone=True))
    running = (
        select(Slot.talk_id, series.label("hour")).where(Slot.edition_id == edition.id).subquery("running")
    )
    rows = session.execute(
        select(running.c.hour, func.count(distinct(demand.c.follower_id)))
        .join(demand, demand.c.talk_id == running.c.talk_id)
        .group_by(running.c.hour)
        .order_by(running.c.hour)
    )
    return [(moment.astimezone(edition.zone_info), people) for moment, people in rows]


def seats(session: Session, edition: Edition) -> int:
    """Seats of all rooms together."""
    return session.execute(
        select(func.coalesce(func.sum(Room.capacity), 0)).where(Room.edition_id == edition.id)
    ).scalar_one()


def jobs_at_work(session: Session, edition: Edition) -> Sequence[Any]:
    """Jobs that are queued or running."""
    return session.execute(
        select(Job.id, Job.kind, Job.state, Job.done, Job.total)
        .where(Job.edition_id == edition.id, Job.state.in_(("queued", "running")))
        .order_by(Job.id)
    ).all()
