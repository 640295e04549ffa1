"""The exhibitor's portal."""

from flask import Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation
from matchmaking.portal.views import (
    application,
    checklist,
    extras,
    orders,
    partners,
    permits,
    points,
    products,
    staff,
    wishes,
)
from matchmaking.portal.views.blueprint import bp

__all__ = [
    "application",
    "checklist",
    "extras",
    "init",
    "orders",
    "partners",
    "permits",
    "points",
    "products",
    "staff",
    "wishes",
]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = [(80, "public", _("For exhibitors"), url_for("portal.checklist"), "x")]
    if can("portal.use"):
        entries += [
            (10, "portal", _("Checklist"), url_for("portal.checklist"), "c"),
            (20, "portal", _("Application"), url_for("portal.check"), "a"),
            (22, "portal", _("Partners"), url_for("portal.partners"), "n"),
            (24, "portal", _("My points"), url_for("portal.points"), "t"),
            (30, "portal", _("Products"), url_for("portal.product_list"), "p"),
            (40, "portal", _("My stand"), url_for("portal.stand"), "s"),
            (50, "portal", _("Order"), url_for("portal.order"), "o"),
            (52, "portal", _("Services"), url_for("portal.services"), "v"),
            (54, "portal", _("Permits"), url_for("portal.permit_list"), "y"),
            (60, "portal", _("Staff badges"), url_for("portal.staff_list"), "b"),
        ]
    return entries
