"""The pages of the live figures."""

from flask import Flask, g, url_for

from expo.figures.views import files, pages
from expo.figures.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["files", "init", "pages"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("figures.view"):
        return []
    return [(55, "console", _("Visitor figures"), url_for("figures.live"), "u")]
