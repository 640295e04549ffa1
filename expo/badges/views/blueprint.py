"""Where the pages of badges hang."""

from flask import Blueprint, abort, current_app, g

from expo.badges import services
from expo.badges.keys import badge_key
from expo.registration.models import Person
from expo.registration.queries import person_by_code
from expo.settings import Settings
from expo.web import db

bp = Blueprint("badges", __name__)
ADDRESS = "/<edition>/console/people/badges"


def settings() -> Settings:
    """The house's settings."""
    return current_app.extensions["expo_settings"]


def signer() -> services.Signer:
    """What signs this edition's badges; its keys are written down with whatever is committed next."""
    return services.signer_of(db(), g.edition, badge_key(settings()))


def person_of(code: str) -> Person:
    """The edition's person of that code, or 404."""
    return person_by_code(db(), g.edition, code) or abort(404)
