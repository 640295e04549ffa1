"""The pages of the day: one's own agenda, the desk, the screen, papers, interpreters, what is said after."""

from flask import Flask

from expo.web.frame import add_navigation
from matchmaking.onsite.views import after, calendars, desk, interpreters, own, papers, scanning, screen
from matchmaking.onsite.views.blueprint import bp, entries

__all__ = ["after", "calendars", "desk", "interpreters", "own", "papers", "scanning", "screen"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, entries)
