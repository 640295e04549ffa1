"""For whom somebody acts, how a newcomer begins, and how far they are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Order, Organisation
from expo.orders.services import needed_by
from expo.registration.models import Person
from matchmaking.catalogue.models import ExhibitorProfile, Product
from matchmaking.portal.checklist import Facts


def own_exhibitors(
    session: Session, edition: Edition, organisation_ids: Collection[int]
) -> Sequence[tuple[Exhibitor | None, Organisation]]:
    """The organisations somebody acts for, each with its part in this edition (None: not begun), by code."""
    if not organisation_ids:
        return []
    rows = session.execute(
        select(Exhibitor, Organisation)
        .select_from(Organisation)
        .outerjoin(
            Exhibitor,
            (Exhibitor.organisation_id == Organisation.id) & (Exhibitor.edition_id == edition.id),
        )
        .where(Organisation.id.in_(organisation_ids))
        .order_by(Exhibitor.code.nulls_last(), Organisation.id)
    )
    return [(exhibitor, organisation) for exhibitor, organisation in rows]


def begin(
    session: Session,
    edition: Edition,
    user_id: int,
    given: Mapping[str, Any],
    organisation: Organisation | None = None,
) -> Exhibitor:
    """A newcomer's draft, of a new organisation that the person acts for from now on, or of one they know."""
    if organisation is not None:
        exhibitor = exhibitors.join(session, edition, organisation)
        exhibitors.save_organisation(session, exhibitor, given)
        return exhibitor
    exhibitor = exhibitors.start(session, edition, given)
    user = session.get_one(User, user_id)
    accounts.grant(session, user, Role.EXHIBITOR, edition.id, exhibitor.organisation_id)
    return exhibitor


def facts_of(session: Session, exhibitor: Exhibitor) -> Facts:
    """How far the exhibitor is."""

    def count(model: Any):
        return (
            select(func.count())
            .select_from(model)
            .where(model.exhibitor_id == exhibitor.id)
            .scalar_subquery()
        )

    order = select(Order.state).where(
        Order.exhibitor_id == exhibitor.id, Order.kind == "stand", Order.state != "cancelled"
    )
    meets = select(ExhibitorProfile.open_to_meetings).where(ExhibitorProfile.exhibitor_id == exhibitor.id)
    *counts, state, open_to_meetings = session.execute(
        select(
            count(Product), count(Allotment), count(Person), order.scalar_subquery(), meets.scalar_subquery()
        )
    ).one()
    products, stands, people = counts
    needed = needed_by(session, exhibitor).values() if exhibitor.state == "accepted" else ()
    granted = sum(one == "granted" for one in needed)
    return Facts(
        exhibitor.state, products, stands > 0, state or "", people, len(needed), granted, open_to_meetings
    )
