"""The organiser's pages about exhibitors: the review queue and the orders."""

from flask import Flask, g, url_for

from expo.exhibitors.views import orders, review
from expo.exhibitors.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["init", "orders", "review"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = []
    if can("exhibitors.review"):
        entries.append((10, "console", _("Exhibitors"), url_for("exhibitors.review_queue"), "e"))
    if can("orders.view"):
        entries.append((55, "console", _("Orders"), url_for("exhibitors.order_list"), "i"))
    return entries
