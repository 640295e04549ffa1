"""Pages of stand allocation."""

from flask import Flask, g, url_for

from expo.allocation.views import compare, console, drafts, letters, runs, versions
from expo.allocation.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["compare", "console", "drafts", "init", "letters", "runs", "versions"]


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("allocation.read"):
        return []
    return [(20, "console", _("Allocation"), url_for("allocation.run_list"), "a")]
