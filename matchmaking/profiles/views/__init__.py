"""Profiles, needs and recommendations of buyers and exhibitors, and the organiser's view of them."""

from flask import Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation
from matchmaking.profiles.views import across, console, desk, doubles, lists, needs, profile, sheets, start
from matchmaking.profiles.views.blueprint import bp

__all__ = ["across", "console", "desk", "doubles", "init", "lists", "needs", "profile", "sheets", "start"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    found = []
    if can("meetings.run"):
        found.append((58, "console", _("Profiles"), url_for("profiles.console"), "z"))
    if can("agenda.use"):
        found.append((66, "public", _("Recommended"), url_for("profiles.for_buyer"), "w"))
    if can("portal.use"):
        found += [
            (32, "portal", _("Profile for meetings"), url_for("profiles.exhibitor"), "f"),
            (34, "portal", _("Buyers for you"), url_for("profiles.for_exhibitor"), "r"),
        ]
    return found
