"""The pages of people who come."""

from flask import Flask, g, url_for

from expo.registration.services.settings import is_open
from expo.registration.views import doubles, groups, own, people, public
from expo.registration.views.blueprint import bp
from expo.registration.views.people import asked_filter
from expo.web import _, can, db
from expo.web.frame import add_navigation

__all__ = ["asked_filter", "doubles", "groups", "init", "own", "people", "public"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    found = [(5, "public", _("Register"), url_for("registration.register_page"), "")] if _is_open() else []
    if can("registration.view"):
        found.append((50, "console", _("People"), url_for("registration.person_list"), "p"))
    return found


def _is_open() -> bool:
    return is_open(db(), g.edition)
