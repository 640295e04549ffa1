"""Long work with people."""

from flask import Flask

from expo.registration.jobs import doubles, groups, sweeping

__all__ = ["doubles", "groups", "init", "sweeping"]


def init(_app: Flask) -> None:
    """Importing the modules registers the handlers."""
