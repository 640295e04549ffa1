"""Pavilions: a lead invites exhibitors into its block, or brings its own; the area is split among them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import column, exists, func, table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.application import LARGEST_M2, LARGEST_PAVILION_M2
from expo.exhibitors.models import Exhibitor, Organisation, PavilionInvitation
from expo.exhibitors.services.applying import start
from expo.exhibitors.services.blocks import insist_room, pavilion
from expo.exhibitors.services.meeting import TAKING_PART, known, typed_name
from expo.exhibitors.services.numbering import hold, take_turn
from expo.words import say

# A room above owns this table; who has stands does not simply move.
ALLOTMENT = table("allotment", column("exhibitor_id"))


def invitations_to(session: Session, exhibitor: Exhibitor) -> Sequence[Any]:
    """Open invitations to an exhibitor: (invitation, the lead's code and name)."""
    return session.execute(
        select(PavilionInvitation, Exhibitor.code, Organisation.name)
        .join(Exhibitor, Exhibitor.id == PavilionInvitation.lead_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(PavilionInvitation.guest_id == exhibitor.id, PavilionInvitation.state == "invited")
        .order_by(PavilionInvitation.id)
    ).all()


def lead_of(session: Session, exhibitor: Exhibitor) -> Any:
    """Code and name of the lead in whose block the exhibitor stands; None on its own."""
    return session.execute(
        select(Exhibitor.code, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.id == exhibitor.lead_id)
    ).one_or_none()


def set_block(session: Session, lead: Exhibitor, block_m2: int) -> None:
    """Say how large the whole block may be (0: as large as its parts add up to)."""
    _begin(session, lead)
    if not 0 <= block_m2 <= LARGEST_PAVILION_M2:
        raise Refused(say("A pavilion has up to %(most)s m².", most=LARGEST_PAVILION_M2))
    lead.pavilion_m2 = block_m2
    insist_room(session, lead, 0)
    session.add(lead)
    session.flush()


def _begin(session: Session, lead: Exhibitor) -> None:
    take_turn(session, lead.edition_id)
    hold(session, lead)
    if lead.state not in TAKING_PART:
        raise Refused(say("This application is closed. Ask the organiser to open it again."))
    if lead.lead_id is not None:
        raise Refused(say("You stand in a pavilion yourself, so you cannot lead one. Leave it first."))


def invite(session: Session, lead: Exhibitor, words: str, area_m2: int, note: str = "") -> PavilionInvitation:
    """Offer a part of the block, by code, exact name or e-mail address.

    Whether somebody of that name has applied is not told; the invitation waits until they read it.
    """
    _begin(session, lead)
    words = typed_name(words)
    if not 1 <= area_m2 <= LARGEST_M2:
        raise Refused(say("Offer from 1 to %(most)s m².", most=LARGEST_M2))
    guest = known(session, lead.edition_id, words)
    if guest and guest.id == lead.id:
        raise Refused(say("That is you. Name somebody else."))
    if guest and guest.lead_id == lead.id:
        raise Refused(say("They stand in your pavilion already."))
    if words.lower() in [one.words.lower() for one in pavilion(session, lead).invitations]:
        raise Refused(say("You have invited them already."))
    insist_room(session, lead, area_m2)
    row = PavilionInvitation(
        edition_id=lead.edition_id,
        lead_id=lead.id,
        guest_id=guest.id if guest else None,
        words=words,
        area_m2=area_m2,
        note=note.strip(),
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise Refused(say("You have invited them already.")) from error
    return row


def bring(session: Session, edition: Edition, lead: Exhibitor, given: Mapping[str, Any], area_m2: int):
    """Register a co-exhibitor of the lead's own: a new organisation with a draft within the pavilion."""
    _begin(session, lead)
    if not 1 <= area_m2 <= LARGEST_M2:
        raise Refused(say("Offer from 1 to %(most)s m².", most=LARGEST_M2))
    insist_room(session, lead, area_m2)
    member = start(session, edition, given)
    member.lead_id, member.area_m2, member.zones = lead.id, area_m2, list(lead.zones)
    session.add(member)
    session.flush()
    return member


def reply(session: Session, guest: Exhibitor, number: int, *, accept: bool) -> PavilionInvitation:
    """Accept an invitation, and with it the area it offers, or decline it."""
    take_turn(session, guest.edition_id)
    hold(session, guest)
    row = session.exec(
        select(PavilionInvitation).where(
            PavilionInvitation.id == number,
            PavilionInvitation.guest_id == guest.id,
            PavilionInvitation.state == "invited",
        )
    ).one_or_none()
    if row is None:
        raise Refused(say("This invitation is not open any more."))
    if accept:
        _join(session, guest, row)
    row.state, row.answered_at = "accepted" if accept else "declined", now()
    session.add(row)
    session.flush()
    return row


def _join(session: Session, guest: Exhibitor, row: PavilionInvitation) -> None:
    lead = session.get_one(Exhibitor, row.lead_id)
    hold(session, lead)
    if guest.state not in TAKING_PART or lead.state not in TAKING_PART:
        raise Refused(say("This invitation is not open any more."))
    if guest.lead_id is not None:
        raise Refused(say("You stand in a pavilion already. Leave it first."))
    _insist_unplaced(session, guest)
    leads = select(Exhibitor.id).where(Exhibitor.lead_id == guest.id)
    if lead.lead_id is not None or session.exec(leads).first():
        raise Refused(say("Who leads a pavilion cannot stand in another one."))
    guest.lead_id, guest.area_m2, guest.least_m2 = lead.id, row.area_m2, None
    guest.revision += 1
    session.add(guest)
    session.flush()


def _insist_unplaced(session: Session, member: Exhibitor) -> None:
    if session.execute(select(exists().where(ALLOTMENT.c.exhibitor_id == member.id))).scalar():
        raise Refused(say("There are stands already. Ask the organiser to settle this first."))


def leave(session: Session, member: Exhibitor) -> None:
    """Stand on one's own again, with the area one has; before stands are given out."""
    take_turn(session, member.edition_id)
    hold(session, member)
    if member.lead_id is None:
        raise Refused(say("You stand in no pavilion."))
    _insist_unplaced(session, member)
    member.lead_id = None
    member.revision += 1
    session.add(member)
    session.flush()


def dismiss(session: Session, lead: Exhibitor, code: str) -> Exhibitor:
    """The lead parts with a member, which goes on by itself."""
    take_turn(session, lead.edition_id)
    member = session.exec(
        select(Exhibitor).where(Exhibitor.lead_id == lead.id, Exhibitor.code == code)
    ).one_or_none()
    if member is None:
        raise Refused(say("This one does not stand in your pavilion."))
    leave(session, member)
    return member


def share(session: Session, lead: Exhibitor, code: str, area_m2: int) -> None:
    """Give a member another area, while its application is not decided."""
    _begin(session, lead)
    member = session.exec(
        select(Exhibitor).where(Exhibitor.lead_id == lead.id, Exhibitor.code == code)
    ).one_or_none()
    if member is None:
        raise Refused(say("This one does not stand in your pavilion."))
    hold(session, member)
    if member.state not in ("draft", "submitted"):
        raise Refused(say("It is decided already. Ask the organiser."))
    if not 1 <= area_m2 <= LARGEST_M2:
        raise Refused(say("Offer from 1 to %(most)s m².", most=LARGEST_M2))
    insist_room(session, lead, area_m2 - member.area_m2)
    member.area_m2, member.least_m2 = area_m2, None
    member.revision += 1
    session.add(member)
    session.flush()


def take_back_invitation(session: Session, lead: Exhibitor, number: int) -> None:
    """Withdraw an invitation, or strike a declined one off the list."""
    take_turn(session, lead.edition_id)
    row = session.exec(
        select(PavilionInvitation).where(
            PavilionInvitation.id == number,
            PavilionInvitation.lead_id == lead.id,
            PavilionInvitation.state.in_(("invited", "declined")),
        )
    ).one_or_none()
    if row is None:
        raise Refused(say("This invitation is not open any more."))
    row.state, row.answered_at = "withdrawn", now()
    session.add(row)
    session.flush()


def waiting_for(session: Session, exhibitor: Exhibitor) -> int:
    """How many invitations and partner requests wait for the exhibitor's answer."""
    partnership = table("partnership", column("asked_id"), column("state"))
    return session.execute(
        select(
            select(func.count())
            .select_from(partnership)
            .where(partnership.c.asked_id == exhibitor.id, partnership.c.state == "asked")
            .scalar_subquery()
            + select(func.count())
            .select_from(PavilionInvitation)
            .where(PavilionInvitation.guest_id == exhibitor.id, PavilionInvitation.state == "invited")
            .scalar_subquery()
        )
    ).scalar_one()
