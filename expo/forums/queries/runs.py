"""Solves of the timetable."""

from collections.abc import Sequence

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import TimetableRun


def runs(session: Session, edition: Edition, limit: int = 30) -> Sequence[TimetableRun]:
    """The edition's latest solves, the newest first."""
    return session.exec(
        select(TimetableRun)
        .where(TimetableRun.edition_id == edition.id)
        .order_by(TimetableRun.id.desc())
        .limit(limit)
    ).all()


def run_of(session: Session, edition: Edition, run_id: int) -> TimetableRun | None:
    """The edition's solve of that number."""
    return session.exec(
        select(TimetableRun).where(TimetableRun.id == run_id, TimetableRun.edition_id == edition.id)
    ).one_or_none()


def runs_of(session: Session, edition: Edition, numbers: Sequence[int]) -> list[TimetableRun]:
    """The edition's solves with an answer, in the order asked for; what is none is left out."""
    small = [number for number in dict.fromkeys(numbers) if 0 < number < 2**31]
    rows = session.exec(
        select(TimetableRun).where(
            TimetableRun.edition_id == edition.id,
            TimetableRun.id.in_(small),
            TimetableRun.origin.is_not(None),
        )
    ).all()
    return sorted(rows, key=lambda run: small.index(run.id))
