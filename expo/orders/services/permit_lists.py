"""Permits as lists: those of an exhibitor, those to review, and who may not open yet."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Order, OrderLine, Organisation
from expo.orders.models import Permit, Service
from expo.orders.permits import Limits, needed
from expo.orders.services.permitting import limits_of_all

PAGE = 50


class Missing(NamedTuple):
    """An exhibitor who may not open yet: for each permit it needs the state of its application ('': none)."""

    code: str
    name: dict[str, str]
    stands: tuple[str, ...]
    permits: dict[str, str]


def permits_of(session: Session, exhibitor: Exhibitor) -> Sequence[Permit]:
    """The exhibitor's applications, the latest first."""
    return session.exec(
        select(Permit).where(Permit.exhibitor_id == exhibitor.id).order_by(Permit.number.desc())
    ).all()


def permit_by_number(session: Session, edition_id: int, number: int) -> Permit | None:
    """The edition's application of that number."""
    return session.exec(
        select(Permit).where(Permit.edition_id == edition_id, Permit.number == number)
    ).one_or_none()


def permits(session: Session, edition_id: int, state: str = "", page: int = 1) -> Sequence[Any]:
    """One page of applications without drafts: those that wait first, the oldest on top."""
    query = (
        select(Permit, Exhibitor.code, Organisation.name)
        .join(Exhibitor, Exhibitor.id == Permit.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Permit.edition_id == edition_id, Permit.state != "draft")
        .order_by(Permit.state != "submitted", Permit.submitted_at, Permit.number)
    )
    query = query.where(Permit.state == state) if state else query
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def permit_counts(session: Session, edition_id: int) -> dict[str, int]:
    """How many applications stand at which state."""
    rows = session.execute(
        select(Permit.state, func.count()).where(Permit.edition_id == edition_id).group_by(Permit.state)
    )
    return dict(tuple(row) for row in rows)


def needed_by(session: Session, exhibitor: Exhibitor) -> dict[str, str]:
    """The permits that the exhibitor needs, each with the state of its application ('': none)."""
    found = _needs(session, [exhibitor])
    return found.get(exhibitor.id, {})


def not_ready(session: Session, edition: Edition) -> list[Missing]:
    """Accepted exhibitors who lack a permit they need, by code."""
    rows = session.execute(
        select(Exhibitor, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.code)
    ).all()
    needs = _needs(session, [row[0] for row in rows])
    limits = limits_of_all(session, list(needs))
    return [
        Missing(one.code, name, limits.get(one.id, Limits()).stands, needs[one.id])
        for one, name in rows
        if any(state != "granted" for state in needs.get(one.id, {}).values())
    ]


def _needs(session: Session, exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, str]]:
    """Exhibitor → permits needed with their states, in three questions however many there are."""
    ids = [one.id for one in exhibitors]
    limits = limits_of_all(session, ids)
    ordered: dict[int, list[str]] = defaultdict(list)
    for who, permit in session.execute(
        select(Order.exhibitor_id, Service.permit)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Service, Service.id == OrderLine.service_id)
        .where(Order.exhibitor_id.in_(ids), Order.state != "cancelled")
        .where(Service.permit != "", Service.category != "permit")
        .distinct()
    ):
        ordered[who].append(permit)
    states: dict[tuple[int, str], str] = {}
    for who, kind, state in session.execute(
        select(Permit.exhibitor_id, Permit.kind, Permit.state)
        .where(Permit.exhibitor_id.in_(ids))
        .order_by(Permit.number)
    ):
        states[who, kind] = state
    found = {
        int(one.id or 0): needed(one.height_cm, one.load_kg_m2, limits.get(one.id, Limits()), ordered[one.id])
        for one in exhibitors
    }
    return {
        who: {kind: states.get((who, kind), "") for kind in kinds} for who, kinds in found.items() if kinds
    }
