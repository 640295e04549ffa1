"""The organiser's pages about orders, money and permits."""

from flask import Flask, g, url_for

from expo.orders.views import changes, figures, orders, payments, permits, prices, reminders
from expo.orders.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["changes", "figures", "init", "orders", "payments", "permits", "prices", "reminders"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    app.jinja_env.globals["order_tabs"] = order_tabs
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = []
    if can("orders.view"):
        entries.append((24, "console", _("Orders"), url_for("orders.order_list"), "i"))
    if can("permits.review"):
        entries.append((25, "console", _("Permits"), url_for("orders.permit_list"), "y"))
    return entries


def order_tabs(here: str) -> list[tuple[str, str, bool]]:
    """The pages about money beside one another: (word, address, is this page)."""
    pages = [
        ("order_list", _("Orders"), "orders.view"),
        ("order_changes", _("Changed stands"), "orders.view"),
        ("payment_list", _("Payments"), "orders.view"),
        ("reminder_list", _("Reminders"), "orders.view"),
        ("order_figures", _("Figures"), "orders.view"),
        ("price_list", _("Prices and services"), "prices.edit"),
    ]
    return [(word, url_for(f"orders.{name}"), name == here) for name, word, right in pages if can(right)]
