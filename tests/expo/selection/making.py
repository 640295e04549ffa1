"""A small fair with a round that goes on, and real connections that race."""

import threading
from datetime import timedelta

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from expo.clock import now
from expo.errors import Refused
from expo.selection.models import Round
from expo.selection.services import rounds
from tests.expo.allocation.rows import Fair, a_fair, a_firm

__all__ = ["Fair", "a_fair", "a_firm", "a_round", "at_once"]


def a_round(session: Session, fair: Fair, *, opened: bool = True, **given) -> Round:
    """An open round on all stands, everybody at once, begun an hour ago."""
    values = {"name": "Round 1", "mode": "open", "starts_at": now() - timedelta(hours=1)} | given
    round_ = Round(edition_id=fair.edition.id, **values)
    session.add(round_)
    session.flush()
    if opened:
        rounds.open_round(session, round_)
    return round_


def at_once(url: str, verbs, isolation: str | None = None) -> list[str]:
    """Each verb in a thread on a connection of its own, let go together: "" or why it was refused.

    What the database itself refuses is answered as "database: …", anything else as "broken: …".
    """
    engine = create_engine(url, pool_size=len(verbs), max_overflow=0)
    gate, answers = threading.Barrier(len(verbs), timeout=60), {}

    def run(place: int, verb) -> None:
        with Session(engine) as session:
            try:
                if isolation:
                    session.connection(execution_options={"isolation_level": isolation})
                else:
                    session.connection()
                gate.wait()
                verb(session)
                session.commit()
                answers[place] = ""
            except Refused as refused:
                answers[place] = str(refused)
            except DBAPIError as error:
                answers[place] = f"database: {error.orig}"
            except Exception as error:
                answers[place] = f"broken: {error!r}"

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    return [answers[place] for place in range(len(verbs))]
