"""Who picks after whom: the one order of allocation, over exhibitors who have no place yet."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.allocation import priority
from expo.allocation.models import Allotment
from expo.allocation.problem import Applicant, Problem
from expo.allocation.services.asking import NEVER
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor


class Queued(NamedTuple):
    """An exhibitor in the queue."""

    id: int
    code: str


def in_order(session: Session, edition: Edition, ids: Collection[int]) -> list[Queued]:
    """These exhibitors by points, then date paid, then the lottery of the edition's published seed."""
    rows = session.execute(
        select(Exhibitor.id, Exhibitor.code, Exhibitor.points, Exhibitor.paid_on).where(Exhibitor.id.in_(ids))
    ).all()
    applicants = tuple(
        Applicant(
            code=code,
            area_m2=0,
            points=float(points),
            paid_on=paid_on.toordinal() if paid_on else NEVER,
        )
        for _id, code, points, paid_on in rows
    )
    numbers = {code: number for number, code, *_ in rows}
    problem = Problem(units=(), applicants=applicants, lottery_seed=edition.seed)
    return [Queued(numbers[code], code) for code in priority.order(problem)]


def without_place(session: Session, edition: Edition) -> list[Queued]:
    """Everybody who may pick, in order: accepted, without a stand, and not in another's pavilion."""
    lead, member = aliased(Exhibitor), aliased(Exhibitor)
    placed = exists().where(Allotment.exhibitor_id == Exhibitor.id)
    member_placed = exists().where(
        Allotment.exhibitor_id == member.id, member.lead_id == Exhibitor.id, member.state == "accepted"
    )
    led = exists().where(lead.id == Exhibitor.lead_id, lead.state == "accepted")
    ids = session.execute(
        select(Exhibitor.id).where(
            Exhibitor.edition_id == edition.id,
            Exhibitor.state == "accepted",
            ~placed,
            ~led,
            ~member_placed,
        )
    )
    return in_order(session, edition, ids.scalars().all())
