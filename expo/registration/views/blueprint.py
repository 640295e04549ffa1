"""Where the pages of registration hang, and what several of them need."""

from datetime import datetime

from flask import Blueprint, g

from expo.languages import pick
from expo.registration.services import enrolling
from expo.web import db
from expo.web.language import language

bp = Blueprint("registration", __name__)
CONSOLE = "/<edition>/console/registration"


def ticket_choices() -> list[tuple[int, str]]:
    """The sorts by number and name."""
    return [(one.id or 0, pick(one.name, language())) for one in enrolling.tickets(db(), g.edition)]


def local(instant: datetime | None) -> datetime | None:
    """An instant as the clock at the venue shows it."""
    return instant.astimezone(g.edition.zone_info).replace(tzinfo=None) if instant else None


def instant(typed: datetime | None) -> datetime | None:
    """What the clock at the venue shows as an instant."""
    return typed.replace(tzinfo=g.edition.zone_info) if typed else None
