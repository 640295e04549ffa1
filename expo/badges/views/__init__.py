"""The console's pages of badges."""

from flask import Flask

from expo.badges.views import cards, designs, desk, keys, printing
from expo.badges.views.blueprint import bp

__all__ = ["cards", "designs", "desk", "init", "keys", "printing"]


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
