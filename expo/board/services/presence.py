"""Who is at the board just now."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from expo.board.models import BoardPresence
from expo.clock import now
from expo.editions.models import Edition

GONE_AFTER = timedelta(seconds=15)
FRESH = timedelta(seconds=5)
"""So long a sign of life is not written again."""


# Asked every two seconds by everybody at the board, so it is one query, written out.
_LOOK = text(
    "SELECT coalesce((SELECT revision FROM timetable_head WHERE edition_id = :edition), 0),"
    " here.user_id, here.name, here.carrying, here.seen_at FROM (SELECT 1) AS once"
    " LEFT JOIN board_presence AS here ON here.edition_id = :edition AND here.seen_at > :since"
)


class Present(NamedTuple):
    """Somebody else at the board, and the talk they carry ("": none)."""

    name: str
    carrying: str


class Look(NamedTuple):
    """The timetable's revision, who else is here by name, and whether something was written (that I am)."""

    revision: int
    others: list[Present]
    written: bool


def look(session: Session, edition: Edition, user_id: int, name: str, carrying: str) -> Look:
    """What somebody at the board asks again and again."""
    moment = now()
    asked = {"edition": edition.id, "since": moment - GONE_AFTER}
    rows = session.connection().execute(_LOOK, asked).all()
    mine = next((row for row in rows if row.user_id == user_id), None)
    stale = mine is None or mine.carrying != carrying or mine.seen_at < moment - FRESH
    if stale:
        row = {"name": name, "carrying": carrying, "seen_at": moment}
        session.execute(
            insert(BoardPresence)
            .values(edition_id=edition.id, user_id=user_id, **row)
            .on_conflict_do_update(index_elements=["edition_id", "user_id"], set_=row)
        )
    others = sorted(Present(row.name, row.carrying) for row in rows if row.user_id not in (None, user_id))
    return Look(rows[0][0], others, stale)
