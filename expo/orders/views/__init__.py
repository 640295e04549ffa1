"""The organiser's pages about orders."""

from flask import Flask, g, url_for

from expo.orders.views import orders
from expo.orders.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["init", "orders"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("orders.view"):
        return []
    return [(55, "console", _("Orders"), url_for("orders.order_list"), "i")]
