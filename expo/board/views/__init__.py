"""The board's pages."""

from flask import Flask, g, url_for

from expo.board.views import block, history, page, talk
from expo.board.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation

__all__ = ["block", "history", "init", "page", "talk"]


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("programme.edit"):
        return []
    return [(31, "console", _("Board"), url_for("board.board_page"), "k")]
