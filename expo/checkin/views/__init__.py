"""The gates in the console."""

from flask import Flask, g, url_for

from expo.checkin.views import areas, devices, passing, people, taking
from expo.checkin.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["areas", "devices", "init", "passing", "people", "taking"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("checkin.manage"):
        return []
    return [(52, "console", _("Gates"), url_for("checkin.overview"), "g")]
