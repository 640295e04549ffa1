"""The blueprint of meetings and its places in the navigation."""

from flask import Blueprint, Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation

bp = Blueprint("meetings", __name__)
ADDRESS = "/<edition>/console/meetings"


def entries() -> list[tuple]:
    """What the navigation shows to whoever may go there."""
    found = []
    if g.get("edition") and can("meetings.run"):
        found.append((60, "console", _("Meetings"), url_for("meetings.agenda"), "m"))
    return found


def open_room(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, entries)
