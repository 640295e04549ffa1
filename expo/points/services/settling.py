"""Counting by themselves those whose points changed: after payments, facts, other areas and other rates.

The database notes in `points_due` whom a change concerns, in the transaction that changes it. They are
counted by the sweep within seconds, and before anything is decided by points: an allocation run, and turns.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, select

from expo.audit import services as audit
from expo.audit.subjects import plain
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import take_turn
from expo.points.counting import count, total
from expo.points.models import PointsDue
from expo.points.rule import Rule, read
from expo.points.services.gathering import Counted, gather

Progress = Callable[[int, int], None]
TOLD = 50
"""So many changes are named in the audit trail's note; the rest is counted."""


def due_rows(session: Session, edition: Edition) -> list[tuple[int, int]]:
    """What waits to be counted in an edition, as (number of the note, exhibitor's id)."""
    rows = session.execute(
        select(PointsDue.id, PointsDue.exhibitor_id)
        .join(Exhibitor, Exhibitor.id == PointsDue.exhibitor_id)
        .where(Exhibitor.edition_id == edition.id)
    )
    return [tuple(row) for row in rows]


def no_longer_due(session: Session, numbers: Sequence[int]) -> None:
    """Strike these notes. Only those read before counting: what was noted meanwhile is still to do."""
    session.execute(delete(PointsDue).where(PointsDue.id.in_(numbers)))


def waiting(session: Session, edition: Edition) -> tuple[int, datetime | None]:
    """How many exhibitors wait to be counted anew, and when somebody was counted last."""
    pool = Exhibitor.edition_id == edition.id
    due = select(func.count(PointsDue.exhibitor_id.distinct())).join(Exhibitor).where(pool)
    last = select(func.max(Exhibitor.points_counted_at)).where(pool)
    return session.execute(due).scalar_one(), session.execute(last).scalar_one()


def settle(session: Session, edition: Edition) -> int:
    """Count whoever waits for it by the rule in force; how many. Nothing is locked where nobody waits."""
    if not due_rows(session, edition):
        return 0
    take_turn(session, edition.id)
    due = due_rows(session, edition)
    numbers = sorted({exhibitor for _number, exhibitor in due})
    session.flush()
    session.execute(
        select(Exhibitor.id)
        .where(Exhibitor.id.in_(numbers))
        .order_by(Exhibitor.id)
        .with_for_update(key_share=True)
    )
    session.refresh(edition, ["points_rule"])
    rule = read(edition.points_rule)
    every = gather(session, edition, rule, numbers)
    write_all(session, rule, every)
    no_longer_due(session, [number for number, _exhibitor in due])
    _note(session, edition, rule, every)
    return len(every)


def _note(session: Session, edition: Edition, rule: Rule, every: Sequence[Counted]) -> None:
    after = ((one, total(count(rule, one.facts))) for one in every)
    changed = {one.code: [plain(one.points), plain(points)] for one, points in after if points != one.points}
    if changed:
        told = dict(list(changed.items())[:TOLD])
        audit.note(session, "changed", "exhibitor", "points", {"changed": len(changed), **told}, edition.id)


def write_all(
    session: Session, rule: Rule, every: Sequence[Counted], progress: Progress | None = None
) -> None:
    """Count these by the rule and write what comes out; `progress` is told how many of how many."""
    step, moment = 1_000, now()
    for start in range(0, len(every), step):
        rows: list[dict[str, Any]] = []
        for one in every[start : start + step]:
            origin = count(rule, one.facts)
            rows.append(
                {"id": one.id, "points_origin": origin, "points": total(origin), "points_counted_at": moment}
            )
        session.execute(update(Exhibitor), rows)
        if progress:
            progress(min(start + step, len(every)), len(every))
    session.expire_all()
