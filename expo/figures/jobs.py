"""Adding up what passed the gates, every few seconds."""

from collections.abc import Callable

from flask import Flask
from sqlmodel import Session

from expo.figures import services
from expo.jobs.handlers import periodic

MOST_ROUNDS = 20


def init(_app: Flask) -> None:
    """Importing this module registers the work."""


@periodic("figures.catch-up")
def sweep(open_session: Callable[[], Session]) -> None:
    """A part at a time, each committed; the next sweep goes on where this one ends."""
    for _round in range(MOST_ROUNDS):
        with open_session() as session:
            done = services.catch_up(session)
            session.commit()
        if done < services.MOST:
            return
