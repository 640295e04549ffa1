"""The web side of the ground floor: requests, languages, permissions, forms, errors."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from expo.db import database_url
from expo.settings import Settings
from expo.web import (
    access,
    assets,
    database,
    failures,
    frame,
    health,
    journal,
    language,
    leaves,
    look,
    quick,
    search_engines,
    security,
)
from expo.web.access import can, needs, public
from expo.web.database import cli_session, db
from expo.web.forms import DateTimeLocalField, DecimalField, HouseForm, IntegerField, refuse, telling
from expo.web.language import ngettext, words
from expo.web.leaves import carrying, leaf

__all__ = [
    "DateTimeLocalField",
    "DecimalField",
    "HouseForm",
    "IntegerField",
    "_",
    "_l",
    "can",
    "carrying",
    "cli_session",
    "db",
    "init",
    "leaf",
    "needs",
    "ngettext",
    "public",
    "refuse",
    "telling",
    "words",
]


def init(app: Flask, settings: Settings) -> None:
    """Wire the ground floor; the order is the order in which a request passes."""
    database.init(app, settings)
    quick.init(app, lambda: database_url(settings))
    journal.init(app)
    security.init(app, settings)
    language.init(app)
    search_engines.init(app)
    access.init(app)
    frame.init(app)
    leaves.init(app)
    assets.init(app)
    health.init(app)
    look.init(app)
    failures.init(app)
