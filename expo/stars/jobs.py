"""Forgetting browsers that nobody has starred with for longer than a year, and links that are too old."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlmodel import Session

from expo.clock import now
from expo.jobs.handlers import periodic
from expo.stars.services import forget_idle

IDLE = timedelta(days=400)


def init(_app: Flask) -> None:
    """Importing this module registers the work."""


@periodic("stars.forget")
def sweep(open_session: Callable[[], Session]) -> None:
    """Nothing is kept of a browser for ever; those known by name or address decide themselves."""
    with open_session() as session:
        forget_idle(session, now() - IDLE)
        session.commit()
