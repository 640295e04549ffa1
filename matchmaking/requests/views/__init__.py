"""The pages of requests: a party's own, and the organiser's."""

from flask import Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation
from matchmaking.requests.views import api, console, detail, exports, finding, inbox, rules
from matchmaking.requests.views.blueprint import bp

__all__ = ["api", "console", "detail", "exports", "finding", "inbox", "init", "rules"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(api.bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    found = []
    if g.get("edition") and can("requests.own"):
        found.append((69, "public", _("Requests"), url_for("requests.inbox"), "r"))
        if can("portal.use"):
            found.append((66, "portal", _("Requests"), url_for("requests.inbox"), "q"))
    if g.get("edition") and can("meetings.run"):
        found.append((59, "console", _("Requests"), url_for("requests.overview"), "x"))
    return found
