"""Phones of stand staff: enrolled once by a code that the portal shows, then known by their own token."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.registration.models import Person
from expo.words import say
from matchmaking.leads.models import LeadDevice

CODE_LIVES = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=2)


def new_phone(
    session: Session, exhibitor: Exhibitor, staff: Person | None, label: str
) -> tuple[LeadDevice, str]:
    """A place for a phone, and the code that enrols it, once, within a day."""
    code = fresh_token()
    device = LeadDevice(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        staff_id=staff.id if staff else None,
        label=label,
        code_digest=digest(code),
        code_until=now() + CODE_LIVES,
    )
    session.add(device)
    session.flush()
    return device, code


def waiting_phone(session: Session, edition: Edition, code: str) -> LeadDevice | None:
    """The place that a code enrols, as long as it is good."""
    found = session.exec(
        select(LeadDevice).where(LeadDevice.edition_id == edition.id, LeadDevice.code_digest == digest(code))
    ).one_or_none()
    good = found and found.enrolled_at is None and found.revoked_at is None and found.code_until > now()
    return found if good else None


def enrol(session: Session, edition: Edition, code: str) -> tuple[LeadDevice, str]:
    """Make the phone at hand the one; its token is told once. Of two with one code the second is refused."""
    token = fresh_token()
    done = session.execute(
        update(LeadDevice)
        .where(
            LeadDevice.edition_id == edition.id,
            LeadDevice.code_digest == digest(code),
            LeadDevice.enrolled_at.is_(None),
            LeadDevice.revoked_at.is_(None),
            LeadDevice.code_until > now(),
        )
        .values(digest=digest(token), enrolled_at=now(), seen_at=now())
        .returning(LeadDevice.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if done is None:
        raise Refused(say("This code was used or is too old. Ask for a new one in the portal."))
    return session.get_one(LeadDevice, done, populate_existing=True), token


def phone_of(session: Session, edition: Edition, token: str) -> LeadDevice | None:
    """The enrolled phone that shows this token, as long as its bearer works for the exhibitor."""
    still = select(Person.id).where(
        Person.id == LeadDevice.staff_id,
        Person.exhibitor_id == LeadDevice.exhibitor_id,
        Person.state == "confirmed",
    )
    found = session.exec(
        select(LeadDevice).where(
            LeadDevice.edition_id == edition.id,
            LeadDevice.digest == digest(token),
            LeadDevice.revoked_at.is_(None),
            LeadDevice.staff_id.is_(None) | still.exists(),
        )
    ).one_or_none()
    if found and (found.seen_at is None or found.seen_at < now() - SEEN_EVERY):
        session.execute(
            update(LeadDevice)
            .where(LeadDevice.id == found.id)
            .values(seen_at=now())
            .execution_options(synchronize_session=False)
        )
    return found


def revoke_phone(session: Session, exhibitor: Exhibitor, device_id: int) -> None:
    """Let a phone scan no more, say because it was lost. What it sent stays."""
    device = session.exec(
        select(LeadDevice).where(LeadDevice.id == device_id, LeadDevice.exhibitor_id == exhibitor.id)
    ).one_or_none()
    if device is None or device.revoked_at is not None:
        raise Refused(say("This phone is switched off already."))
    device.revoked_at = now()
    session.flush()
