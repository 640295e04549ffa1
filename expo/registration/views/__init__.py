"""The pages of people who come."""

from flask import Flask, g, url_for

from expo.registration.views import people
from expo.registration.views.blueprint import bp
from expo.registration.views.people import asked_filter
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["asked_filter", "init", "people"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("registration.view"):
        return []
    return [(50, "console", _("People"), url_for("registration.person_list"), "p")]
