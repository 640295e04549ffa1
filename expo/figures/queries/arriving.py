"""Arrivals by the minute and by the gate."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.checkin.models import Gate
from expo.clock import now
from expo.editions.models import Edition
from expo.figures.models import Arrival, DaySum, GateDay, outer


def present(edition: Edition) -> date:
    """The date at the venue."""
    return now().astimezone(edition.zone_info).date()


def days(session: Session, edition: Edition) -> list[date]:
    """Days of the event on which anything was counted, in order."""
    query = select(DaySum.day).where(DaySum.edition_id == edition.id).distinct()
    return sorted(session.execute(query).scalars())


def arrivals(session: Session, edition: Edition, *on_days: date) -> dict[date, dict[datetime, int]]:
    """Entries through the outer gates of each of these days, by minute."""
    from_outside = (
        select(Gate.area_id)
        .join(outer, outer.c.gate_id == Gate.id)
        .where(Gate.edition_id == edition.id, outer.c.is_outer)
    )
    rows = session.execute(
        select(Arrival.day, Arrival.minute, func.sum(Arrival.entries))
        .where(Arrival.edition_id == edition.id, Arrival.day.in_(on_days), Arrival.area_id.in_(from_outside))
        .group_by(Arrival.day, Arrival.minute)
    )
    found: dict[date, dict[datetime, int]] = {day: {} for day in on_days}
    for day, minute, entries in rows:
        found[day][minute] = entries
    return found


def by_gate(session: Session, edition: Edition, day: date) -> Sequence[Any]:
    """What passed each gate on a day: code, name, entries, exits, refused; `is_outer`: from outside."""
    return session.execute(
        select(Gate.code, Gate.name, outer.c.is_outer, GateDay.entries, GateDay.exits, GateDay.refused)
        .join(GateDay, GateDay.gate_id == Gate.id)
        .join(outer, outer.c.gate_id == Gate.id)
        .where(GateDay.edition_id == edition.id, GateDay.day == day)
        .order_by(outer.c.is_outer.desc(), Gate.position, Gate.code)
    ).all()
