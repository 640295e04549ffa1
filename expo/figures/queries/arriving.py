"""Arrivals by the minute and by the gate."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.checkin.models import Gate
from expo.clock import now
from expo.editions.models import Edition
from expo.figures.models import DaySum, Minute, outer


def present(edition: Edition) -> date:
    """The date at the venue."""
    return now().astimezone(edition.zone_info).date()


def days(session: Session, edition: Edition) -> list[date]:
    """Days of the event on which anything was counted, in order."""
    query = select(DaySum.day).where(DaySum.edition_id == edition.id).distinct()
    return sorted(session.execute(query).scalars())


def arrivals(session: Session, edition: Edition, day: date) -> dict[datetime, int]:
    """Entries through the outer gates by minute."""
    rows = session.execute(
        select(Minute.minute, func.sum(Minute.entries))
        .join(outer, outer.c.gate_id == Minute.gate_id)
        .where(Minute.edition_id == edition.id, Minute.day == day, outer.c.is_outer)
        .group_by(Minute.minute)
    )
    return {row[0]: row[1] for row in rows}


def by_gate(session: Session, edition: Edition, day: date) -> Sequence[Any]:
    """What passed each gate on a day: code, name, entries, exits, refused; `is_outer`: from outside."""
    return session.execute(
        select(
            Gate.code,
            Gate.name,
            outer.c.is_outer,
            func.sum(Minute.entries).label("entries"),
            func.sum(Minute.exits).label("exits"),
            func.sum(Minute.refused).label("refused"),
        )
        .join(Minute, Minute.gate_id == Gate.id)
        .join(outer, outer.c.gate_id == Gate.id)
        .where(Minute.edition_id == edition.id, Minute.day == day)
        .group_by(Gate.id, outer.c.is_outer)
        .order_by(outer.c.is_outer.desc(), Gate.position, Gate.code)
    ).all()
