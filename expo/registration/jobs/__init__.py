"""Long work with people."""

from flask import Flask

from expo.registration.jobs import doubles, groups, privacy, sweeping

__all__ = ["doubles", "groups", "init", "privacy", "sweeping"]


def init(_app: Flask) -> None:
    """Importing the modules registers the handlers."""
