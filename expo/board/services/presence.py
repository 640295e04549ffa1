"""Who is at the board just now."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.board.models import BoardPresence
from expo.clock import now
from expo.editions.models import Edition

GONE_AFTER = timedelta(seconds=15)
FRESH = timedelta(seconds=5)
"""So long a sign of life is not written again."""


class Present(NamedTuple):
    """Somebody else at the board, and the talk they carry ("": none)."""

    name: str
    carrying: str


def others_here(
    session: Session, edition: Edition, user_id: int, name: str, carrying: str
) -> tuple[list[Present], bool]:
    """Who else is here, by name; and whether something was written (that I am)."""
    moment = now()
    rows = session.execute(
        select(
            BoardPresence.user_id, BoardPresence.name, BoardPresence.carrying, BoardPresence.seen_at
        ).where(BoardPresence.edition_id == edition.id, BoardPresence.seen_at > moment - GONE_AFTER)
    ).all()
    mine = next((row for row in rows if row.user_id == user_id), None)
    stale = mine is None or mine.carrying != carrying or mine.seen_at < moment - FRESH
    if stale:
        row = {"name": name, "carrying": carrying, "seen_at": moment}
        session.execute(
            insert(BoardPresence)
            .values(edition_id=edition.id, user_id=user_id, **row)
            .on_conflict_do_update(index_elements=["edition_id", "user_id"], set_=row)
        )
    return sorted(Present(row.name, row.carrying) for row in rows if row.user_id != user_id), stale
