"""Halls and zones made, changed and taken away."""

from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.venue.models import Hall, Zone
from expo.venue.services.refusals import in_words


def save_hall(session: Session, edition: Edition, hall: Hall | None, values: dict[str, Any]) -> Hall:
    """A new hall, or another name, code or place for one. What is built in it is edited with its floor."""
    with in_words(session):
        return _saved(session, hall or Hall(edition_id=edition.id, width=0, depth=0, code=""), values)


def save_zone(session: Session, edition: Edition, zone: Zone | None, values: dict[str, Any]) -> Zone:
    """A new zone, or other values for one."""
    with in_words(session):
        return _saved(session, zone or Zone(edition_id=edition.id, code="", gross_m2=0, net_m2=0), values)


def _saved(session: Session, row, values: dict[str, Any]):
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    return row


def delete_hall(session: Session, hall: Hall) -> None:
    """Take a hall away with its stands; Refused while somebody has one of them."""
    with in_words(session):
        session.delete(hall)


def delete_zone(session: Session, zone: Zone) -> None:
    """Take a zone away with its stands; Refused while somebody has one of them."""
    with in_words(session):
        session.delete(zone)
