"""The plan's pages: public, to be embedded, and the organiser's."""

from flask import Flask, g, url_for

from expo.plan.views import console, embed, files, public, signs
from expo.plan.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["console", "embed", "files", "init", "public", "signs"]


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    found = [(30, "public", _("Floor plan"), url_for("plan.floor_plan"), "f")]
    if can("venue.edit"):
        found.append((23, "console", _("Public plan"), url_for("plan.plan_console"), ""))
    return found
