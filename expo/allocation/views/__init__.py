"""Pages of the floor plan and of stand allocation."""

from flask import Flask, g, url_for

from expo.allocation.views import console, plan
from expo.allocation.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["console", "init", "plan"]


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = [(30, "public", _("Floor plan"), url_for("allocation.floor_plan"), "f")]
    if can("console.view"):
        entries.append((20, "console", _("Allocation"), url_for("allocation.run_list"), "a"))
    return entries
