"""The attendee's pages."""

from flask import Flask, g, url_for

from expo.forums.views.programme import add_to_talk
from expo.stars.views import beside, confirming, doing, offline, own, starring
from expo.stars.views.blueprint import bp
from expo.web import _
from expo.web.frame import add_navigation

__all__ = ["beside", "confirming", "doing", "init", "offline", "own", "starring"]


def init(app: Flask) -> None:
    """Register the pages, what stands beside a talk, and what browsers may keep for days without a net."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)
    add_to_talk(app, beside.beside_talk)
    app.after_request(offline.mark_keepable)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    return [(41, "public", _("My programme"), url_for("stars.own"), "y")]
