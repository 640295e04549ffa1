"""The programme for everybody, and the organiser's timetable."""

from flask import Flask, g, url_for

from expo.forums.views import console, feeds, papers, programme, releasing, speakers, versions
from expo.forums.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["console", "feeds", "init", "papers", "programme", "releasing", "speakers", "versions"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = [(40, "public", _("Programme"), url_for("forums.programme"), "p")]
    if can("programme.edit"):
        entries.append((30, "console", _("Timetable"), url_for("forums.timetable"), "t"))
    return entries
