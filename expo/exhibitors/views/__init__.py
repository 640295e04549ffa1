"""The organiser's pages about exhibitors: the review queue."""

from flask import Flask, g, url_for

from expo.exhibitors.views import bulk, review, taking
from expo.exhibitors.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["bulk", "init", "review", "taking"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    if not can("exhibitors.review"):
        return []
    return [(10, "console", _("Exhibitors"), url_for("exhibitors.review_queue"), "e")]
