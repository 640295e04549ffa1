"""Pages about points: the ranking, an exhibitor's sheet, the rule, the lottery."""

from flask import Flask, g, url_for

from expo.points.views import lottery, ranking, rule, sheet
from expo.points.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["init", "lottery", "ranking", "rule", "sheet"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("exhibitors.review"):
        return []
    return [(12, "console", _("Points"), url_for("points.ranking"), "w")]
