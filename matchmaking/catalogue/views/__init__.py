"""The public catalogue: exhibitors and their products."""

from flask import Flask, g, url_for

from expo.web import _
from expo.web.frame import add_navigation
from matchmaking.catalogue.views import exhibitors, nomenclature, products
from matchmaking.catalogue.views.blueprint import bp

__all__ = ["exhibitors", "init", "nomenclature", "products"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    return [
        (10, "public", _("Exhibitors"), url_for("catalogue.exhibitor_list"), "e"),
        (20, "public", _("Products"), url_for("catalogue.product_list"), "o"),
    ]
