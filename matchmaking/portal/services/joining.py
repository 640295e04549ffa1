"""Pavilions where they touch roles and points: co-exhibitors one acts for, areas that count anew."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.editions.models import Edition
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor
from expo.points import services as points

COUNTED = ("submitted", "accepted")


def submit(session: Session, edition: Edition, exhibitor: Exhibitor) -> None:
    """Send the application; its points are counted now."""
    exhibitors.submit(session, edition, exhibitor)
    points.recount(session, edition, exhibitor)


def bring(
    session: Session,
    edition: Edition,
    lead: Exhibitor,
    user_id: int,
    given: Mapping[str, Any],
    area_m2: int,
) -> Exhibitor:
    """A co-exhibitor that a lead registers, and that the person who did acts for from now on."""
    member = exhibitors.bring(session, edition, lead, given, area_m2)
    user = session.get_one(User, user_id)
    accounts.grant(session, user, Role.EXHIBITOR, edition.id, member.organisation_id)
    return member


def reply(session: Session, edition: Edition, guest: Exhibitor, number: int, *, accept: bool) -> None:
    """Answer an invitation; accepting takes over its area, which points may count."""
    exhibitors.reply(session, guest, number, accept=accept)
    _recounted(session, edition, guest)


def share(session: Session, edition: Edition, lead: Exhibitor, code: str, area_m2: int) -> None:
    """Give a member another area, which points may count."""
    exhibitors.share(session, lead, code, area_m2)
    if member := exhibitors.exhibitor_by_code(session, edition.id, code):
        _recounted(session, edition, member)


def _recounted(session: Session, edition: Edition, exhibitor: Exhibitor) -> None:
    if exhibitor.state in COUNTED:
        points.recount(session, edition, exhibitor)
