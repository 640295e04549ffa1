"""What happens to requests by itself: warnings, lapses and offers, phases, and the letters."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import text
from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.jobs.handlers import periodic
from matchmaking.requests import prints, services

MOST_ROUNDS = 20
TO_DO = text(
    """SELECT edition_id FROM meeting_request
        WHERE state = 'open' AND (expires_at <= now() OR warned_at IS NULL)
       UNION SELECT edition_id FROM request_notice WHERE told_at IS NULL
       UNION SELECT edition_id FROM meeting_phase WHERE phase = 'requests'
         AND (begun_at IS NULL OR ended_at IS NULL)
       ORDER BY edition_id"""
)


def init(_app: Flask) -> None:
    """Importing this module registers the sweep."""


@periodic("requests.sweep")
def sweep(open_session: Callable[[], Session]) -> None:
    """Everything that is due, edition by edition, each step committed by itself."""
    with open_session() as session:
        editions = session.execute(TO_DO).scalars().all()
        session.rollback()
        for number in editions:
            session.info.update(actor="requests", edition_id=number)
            sweep_edition(session, number)


def sweep_edition(session: Session, edition_id: int) -> None:
    """The sweep of one edition."""
    edition = session.get_one(Edition, edition_id)
    services.turn_phase(session, edition)
    session.commit()
    for step in (services.lapse, services.warn, _write):
        rounds = 0
        while step(session, edition) and rounds < MOST_ROUNDS:
            session.commit()
            rounds += 1
        session.commit()


def _write(session: Session, edition: Edition) -> int:
    return prints.write_digests(session, edition, now())
