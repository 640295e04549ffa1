"""What falls apart when an exhibitor's part ends: its pavilion, its invitations, its partnerships."""

from sqlmodel import Session, or_, select

from expo.clock import now
from expo.exhibitors.models import Exhibitor, Partnership, PavilionInvitation


def part_pavilion(session: Session, exhibitor: Exhibitor) -> None:
    """Members stand on their own again, open invitations and partnerships end."""
    for member in session.exec(
        select(Exhibitor)
        .where(Exhibitor.lead_id == exhibitor.id)
        .order_by(Exhibitor.id)
        .with_for_update(key_share=True)
    ):
        member.lead_id = None
    exhibitor.lead_id = None
    for invitation in session.exec(
        select(PavilionInvitation)
        .where(or_(PavilionInvitation.lead_id == exhibitor.id, PavilionInvitation.guest_id == exhibitor.id))
        .where(PavilionInvitation.state == "invited")
    ):
        invitation.state, invitation.answered_at = "withdrawn", now()
    for partnership in session.exec(
        select(Partnership)
        .where(or_(Partnership.asker_id == exhibitor.id, Partnership.asked_id == exhibitor.id))
        .where(Partnership.state.in_(("asked", "accepted")))
    ):
        partnership.state, partnership.answered_at = "ended", now()
    session.flush()
