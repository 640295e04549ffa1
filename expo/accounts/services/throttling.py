"""How often something was tried, counted in the database so that all processes share the count."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from expo.accounts import limits
from expo.accounts.limits import LIMITS
from expo.accounts.models import Attempt
from expo.clock import now
from expo.errors import Throttled
from expo.words import say_many


def count_try(session: Session, kind: str, subject: str) -> None:
    """Count one try in the window that all processes share; Throttled when it is one too many."""
    limit, instant = LIMITS[kind], now()
    row = {"key": limits.key(kind, subject), "window_start": limits.window_start(limit, instant), "count": 1}
    count = session.execute(
        insert(Attempt)
        .values(row)
        .on_conflict_do_update(index_elements=["key", "window_start"], set_={"count": Attempt.count + 1})
        .returning(Attempt.count)
    ).scalar_one()
    if count > limit.tries:
        minutes = limits.minutes_left(limit, instant)
        raise Throttled(
            say_many(
                "That was tried too often. Wait a minute and try again.",
                "That was tried too often. Wait %(minutes)s minutes and try again.",
                "minutes",
                minutes=minutes,
            )
        )


def forgive(session: Session, kind: str, subject: str) -> None:
    """Take one try back: it was a right one."""
    session.execute(
        update(Attempt)
        .where(Attempt.key == limits.key(kind, subject), Attempt.count > 0)
        .where(Attempt.window_start == limits.window_start(LIMITS[kind], now()))
        .values(count=Attempt.count - 1)
    )
