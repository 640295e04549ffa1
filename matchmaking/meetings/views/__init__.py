"""The agenda of meetings: the organiser's figures, runs and plans, everybody's own page, paper."""

from flask import Flask

from matchmaking.meetings.views import hand, pages, runs
from matchmaking.meetings.views.blueprint import open_room

__all__ = ["hand", "init", "pages", "runs"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    open_room(app)
