"""The agenda of meetings: the organiser's figures, runs and plans, everybody's own page, paper."""

from flask import Flask

from matchmaking.meetings.views import furniture, hand, pages, people, runs, versions
from matchmaking.meetings.views.blueprint import open_room

__all__ = ["furniture", "hand", "init", "pages", "people", "runs", "versions"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    open_room(app)
