"""The pages of live selection, for organisers and in the portal."""

from flask import Flask, g, url_for

from expo.selection.views import choosing, console, deciding, pavilion, waiting
from expo.selection.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["choosing", "console", "deciding", "init", "pavilion", "waiting"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = []
    if can("allocation.run"):
        entries.append((22, "console", _("Live selection"), url_for("selection.round_list"), "s"))
    if can("portal.use"):
        entries.append((38, "portal", _("Choose a stand"), url_for("selection.choose"), "w"))
    return entries
