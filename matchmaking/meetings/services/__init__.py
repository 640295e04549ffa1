"""The agenda: solved without changing anything, published as a version, changed by hand, told to people."""

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.meetings.models import AgendaRun, AgendaVersion, Meeting
from matchmaking.meetings.services.editing import (
    Spot,
    add,
    cancel,
    lock,
    meeting_of,
    move,
    swap,
)
from matchmaking.meetings.services.furnishing import (
    TableChange,
    change_tables,
    drop_delegate,
    keep_delegate,
    keep_table,
)
from matchmaking.meetings.services.gathering import changed_at, furnish, slots, version_of
from matchmaking.meetings.services.publishing import (
    Change,
    booking,
    change_of,
    misplaced,
    next_version,
    publish,
)
from matchmaking.meetings.services.solving import ROUNDS, work_out
from matchmaking.meetings.services.telling import Reader, affected, tell, untold

__all__ = [
    "ROUNDS",
    "Change",
    "Reader",
    "Spot",
    "TableChange",
    "add",
    "affected",
    "booking",
    "cancel",
    "change_of",
    "changed_at",
    "change_tables",
    "drop_delegate",
    "furnish",
    "keep_delegate",
    "keep_table",
    "latest_run",
    "lock",
    "meeting_count",
    "meeting_of",
    "move",
    "misplaced",
    "next_version",
    "publish",
    "run_in_force",
    "slots",
    "solve",
    "swap",
    "tell",
    "untold",
    "version_of",
    "work_out",
]


def solve(session: Session, edition: Edition, **given) -> AgendaRun:
    """Solve the whole agenda and put it into force at once. Refused as `work_out` and `publish` are."""
    run = work_out(session, edition, **given)
    publish(session, edition, run, given.get("user_id"))
    return run


def latest_run(session: Session, edition: Edition) -> AgendaRun | None:
    """The newest run, published or not."""
    return session.exec(
        select(AgendaRun).where(AgendaRun.edition_id == edition.id).order_by(AgendaRun.id.desc())
    ).first()


def run_in_force(session: Session, edition: Edition) -> AgendaRun | None:
    """The run that was put into force last; hands may have changed the agenda since."""
    return session.exec(
        select(AgendaRun)
        .join(AgendaVersion, AgendaVersion.run_id == AgendaRun.id)
        .where(AgendaRun.edition_id == edition.id)
        .order_by(AgendaVersion.number.desc())
    ).first()


def meeting_count(session: Session, edition: Edition) -> int:
    """How many meetings are set."""
    return session.exec(
        select(func.count())
        .select_from(Meeting)
        .where(Meeting.edition_id == edition.id, Meeting.state != "cancelled")
    ).one()
