"""The pages of people who come."""

from flask import Flask, g, url_for

from expo.registration.services.settings import is_open
from expo.registration.views import (
    codes,
    deciding,
    doubles,
    files,
    groups,
    own,
    people,
    photos,
    privacy,
    public,
    questions,
    registering,
    sorts,
    statistics,
    visa,
)
from expo.registration.views.blueprint import bp
from expo.registration.views.people import asked_filter
from expo.web import _, can, db
from expo.web.frame import add_navigation

__all__ = [
    "asked_filter",
    "codes",
    "deciding",
    "doubles",
    "files",
    "groups",
    "init",
    "own",
    "people",
    "photos",
    "privacy",
    "public",
    "questions",
    "registering",
    "sorts",
    "statistics",
    "visa",
]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    app.jinja_env.globals["registration_tabs"] = registration_tabs
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    found = [(5, "public", _("Register"), url_for("registration.register_page"), "")] if _is_open() else []
    if can("registration.view"):
        found.append((49, "console", _("Registration"), url_for("registration.sort_list"), ""))
        found.append((50, "console", _("People"), url_for("registration.person_list"), "p"))
    if can("visa.sign"):
        found.append((51, "console", _("Letters of invitation"), url_for("registration.visa_list"), ""))
    if can("privacy.manage"):
        found.append((77, "console", _("Privacy"), url_for("registration.privacy_console"), ""))
    return found


def _is_open() -> bool:
    return is_open(db(), g.edition)


def registration_tabs(here: str) -> list[tuple[str, str, bool]]:
    """The pages of registration beside one another: (word, address, is this page)."""
    pages = [
        ("sort_list", _("Sorts")),
        ("question_list", _("Questions")),
        ("code_list", _("Invitation codes")),
        ("decision_list", _("Decisions")),
        ("statistics", _("Figures")),
    ]
    return [(word, url_for(f"registration.{name}"), name == here) for name, word in pages]
