"""The organiser decides on applications, and when they are taken."""

from datetime import datetime

from sqlalchemy import column, exists, table
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import period, stages
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services.meeting import settle, settle_rivals
from expo.exhibitors.services.numbering import hold, take_turn
from expo.exhibitors.services.parting import part_pavilion
from expo.words import say

# Rooms above own these tables; who has a stand or an order cannot simply leave.
ALLOTMENT = table("allotment", column("exhibitor_id"))
ORDER = table("exhibitor_order", column("exhibitor_id"), column("state"))


def decide(session: Session, exhibitor: Exhibitor, wanted: str, reason: str = "") -> None:
    """Accept, reject, ask back or end an application. What disappoints needs a reason, which is passed on."""
    hold(session, exhibitor)
    if not stages.may_become(exhibitor.state, wanted, organiser=True):
        raise Refused(
            say(
                "This is not possible: the application is now “%(state)s”.",
                state=stages.NAMES[exhibitor.state],
            )
        )
    if wanted in stages.NEEDS_A_SENTENCE and not reason.strip():
        raise Refused(say("Write a sentence that tells the exhibitor why."))
    if wanted == "withdrawn":
        _refuse_bound(session, exhibitor)
    exhibitor.state, exhibitor.review_note = wanted, reason.strip()
    exhibitor.revision += 1
    if wanted == "draft":
        _reopen(session, exhibitor, reason)
    session.add(exhibitor)
    session.flush()
    if wanted == "accepted":
        settle(session, exhibitor)
        settle_rivals(session, exhibitor)
    elif wanted in ("rejected", "withdrawn"):
        part_pavilion(session, exhibitor)


def _reopen(session: Session, exhibitor: Exhibitor, reason: str) -> None:
    """Who is asked back after the last moment to apply may send it again."""
    edition = session.get_one(Edition, exhibitor.edition_id)
    if period.standing(edition.applications_open_at, edition.applications_close_at, now()) == "closed":
        exhibitor.late_reason = exhibitor.late_reason or reason.strip()


def admit_late(session: Session, exhibitor: Exhibitor, reason: str) -> None:
    """Let a draft be sent after the last moment; the reason is kept with it."""
    hold(session, exhibitor)
    if exhibitor.state != "draft":
        raise Refused(
            say(
                "This is not possible: the application is now “%(state)s”.",
                state=stages.NAMES[exhibitor.state],
            )
        )
    if not reason.strip():
        raise Refused(say("Write why it is let in late; others may ask."))
    exhibitor.late_reason = reason.strip()
    exhibitor.revision += 1
    session.add(exhibitor)
    session.flush()


def set_period(
    session: Session, edition: Edition, opens_at: datetime | None, closes_at: datetime | None
) -> None:
    """When applications are taken; either end may stay open."""
    take_turn(session, edition.id)
    if opens_at and closes_at and opens_at >= closes_at:
        raise Refused(say("Applications open before they close."))
    edition.applications_open_at, edition.applications_close_at = opens_at, closes_at
    session.add(edition)
    session.flush()


def _refuse_bound(session: Session, exhibitor: Exhibitor) -> None:
    order = exists().where(ORDER.c.exhibitor_id == exhibitor.id, ORDER.c.state != "cancelled")
    if session.execute(select(order)).scalar():
        raise Refused(say("It has an order. Cancel that first."))
    if session.execute(select(exists().where(ALLOTMENT.c.exhibitor_id == exhibitor.id))).scalar():
        raise Refused(say("It has a stand. Publish an allocation without it first."))
