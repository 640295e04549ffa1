"""Registration as a whole: whether it is open, what its page says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.registration.models import RegistrationSettings, Ticket

FIELDS = ("is_open", "text", "offer_hours")


def settings_of(session: Session, edition: Edition) -> RegistrationSettings:
    """The edition's settings; those of a shut registration where nobody set one up."""
    found = session.exec(
        select(RegistrationSettings).where(RegistrationSettings.edition_id == edition.id)
    ).one_or_none()
    return found or RegistrationSettings(edition_id=edition.id)


def save_settings(session: Session, edition: Edition, values: Mapping[str, Any]) -> None:
    """Keep the settings; of two who make the first, the second changes those of the first."""
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    kept = settings_of(session, edition)
    for name in FIELDS:
        setattr(kept, name, values[name])
    session.add(kept)
    session.flush()


def is_open(session: Session, edition: Edition) -> bool:
    """Whether the public registers: one column, as every public page asks."""
    query = select(RegistrationSettings.is_open).where(RegistrationSettings.edition_id == edition.id)
    return bool(session.connection().execute(query).scalar())


def stage_of(ticket: Ticket, at: datetime | None = None) -> str:
    """'off' (not offered), 'before', 'open' or 'over'."""
    at = at or now()
    if not ticket.is_offered:
        return "off"
    if ticket.opens_at and at < ticket.opens_at:
        return "before"
    return "over" if ticket.closes_at and at >= ticket.closes_at else "open"
