"""The venue's pages for organisers: halls and zones, the floor editor, stand lists, imports."""

from flask import Flask, g, url_for

from expo.venue.views import editor, exports, halls, imports, stands  # noqa: F401 - their pages register on the blueprint
from expo.venue.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("venue.edit"):
        return []
    return [(5, "console", _("Floor"), url_for("venue.hall_list"), "v")]
