"""Leads as numbers: an exhibitor's own by hour, day and colleague; beside its zone; all, for organisers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, cast, extract, func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.venue.models import Stand
from matchmaking.leads.models import Lead, LeadVisit, contact

LEAST_COMPARED = 5
"""An average over fewer stands would tell of a single neighbour."""


@dataclass(frozen=True)
class Count:
    """How many people were met, how often, how many handed over their contact, how many are rated 4 or 5."""

    leads: int
    visits: int
    consented: int
    hot: int


def totals(session: Session, exhibitor_id: int) -> Count:
    """An exhibitor's own sums."""
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Lead.visits), 0),
            func.count().filter(contact.c.consented),
            func.count().filter(Lead.rating >= 4),
        )
        .select_from(Lead)
        .join(contact, contact.c.lead_id == Lead.id)
        .where(Lead.exhibitor_id == exhibitor_id)
    ).one()
    return Count(*row)


def daily(session: Session, edition: Edition, exhibitor_id: int) -> Sequence[Any]:
    """Visits by date, hour and colleague: rows of (day, hour, staff, visits)."""
    local = func.timezone(edition.timezone, LeadVisit.at)
    day, hour = cast(local, Date).label("day"), extract("hour", local).label("hour")
    return session.execute(
        select(day, hour, LeadVisit.staff_name.label("staff"), func.count().label("visits"))
        .where(LeadVisit.exhibitor_id == exhibitor_id, LeadVisit.counts)
        .group_by(day, hour, LeadVisit.staff_name)
        .order_by(day, hour)
    ).all()


def staff_names(session: Session, exhibitor_id: int) -> list[str]:
    """Who scanned for the exhibitor, by name."""
    query = select(LeadVisit.staff_name).where(LeadVisit.exhibitor_id == exhibitor_id).distinct()
    return sorted(name for name in session.execute(query).scalars() if name)


def zone_average(session: Session, edition: Edition, exhibitor_id: int) -> tuple[int, float] | None:
    """How many stands share the exhibitor's zones, and how many leads they have on average.

    None where it has no stand, or where too few others would be told apart.
    """
    own = (
        select(Stand.zone_id)
        .join(Allotment, Allotment.stand_id == Stand.id)
        .where(Allotment.exhibitor_id == exhibitor_id)
    )
    peers = (
        select(Allotment.exhibitor_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Allotment.edition_id == edition.id, Stand.zone_id.in_(own))
        .distinct()
        .subquery()
    )
    leads = select(func.count()).where(Lead.exhibitor_id == peers.c.exhibitor_id).scalar_subquery()
    stands, average = session.execute(
        select(func.count(), func.avg(leads)).where(peers.c.exhibitor_id != exhibitor_id)
    ).one()
    return (stands, float(average)) if stands >= LEAST_COMPARED else None


def counts_of(session: Session, edition: Edition, day: date | None = None) -> Sequence[Any]:
    """For organisers: each accepted exhibitor with how many leads and visits it has, and no word of whom."""
    visits = select(LeadVisit.lead_id).where(LeadVisit.exhibitor_id == Exhibitor.id, LeadVisit.counts)
    people = select(func.count()).select_from(Lead).where(Lead.exhibitor_id == Exhibitor.id)
    if day:
        local = cast(func.timezone(edition.timezone, LeadVisit.at), Date)
        visits = visits.where(local == day)
        people = select(func.count(LeadVisit.lead_id.distinct())).where(
            LeadVisit.exhibitor_id == Exhibitor.id, LeadVisit.counts, local == day
        )
    number = people.scalar_subquery()
    return session.execute(
        select(
            Exhibitor.code,
            Organisation.name,
            number.label("leads"),
            select(func.count()).select_from(visits.subquery()).scalar_subquery().label("visits"),
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(number.desc(), Exhibitor.code)
    ).all()


def days_of(session: Session, edition: Edition) -> list[date]:
    """The dates on which somebody was met at a stand."""
    local = cast(func.timezone(edition.timezone, LeadVisit.at), Date)
    query = (
        select(local)
        .join(Lead, Lead.id == LeadVisit.lead_id)
        .where(Lead.edition_id == edition.id, LeadVisit.counts)
        .distinct()
    )
    return sorted(session.execute(query).scalars())
