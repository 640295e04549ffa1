"""What was asked and judged lately, kept in memory under the fingerprint of the rows that it was made of.

Acts on a draft follow each other within seconds and change two places: nothing else has to be read or judged
anew. A change in the database changes the fingerprint, so nothing remembered is ever out of date.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

MOST = 24
"""Drafts and floors remembered by a process: some megabytes each at 1,500 stands."""

# A row's ctid is where its newest version lies and xmin the transaction that wrote it: whatever changes a row
# changes one of them, raw SQL too. XOR does not depend on the order of rows.
_PRINT = "(SELECT bit_xor(hashtidextended(ctid, {table}.xmin::text::bigint)) FROM {table} WHERE {where})"
_OWN = "edition_id = :edition"
_STAMP = text(
    "SELECT concat_ws(',', current_database(), "
    + ", ".join(
        [_PRINT.format(table="edition", where="id = :edition")]
        + [
            _PRINT.format(table=table, where=_OWN)
            for table in ("hall", "zone", "stand", "exhibitor", "rivalry", "partnership", "allotment")
        ]
        + [
            _PRINT.format(
                table="wish", where="exhibitor_id IN (SELECT id FROM exhibitor WHERE edition_id = :edition)"
            ),
            _PRINT.format(
                table="organisation",
                where="id IN (SELECT organisation_id FROM exhibitor WHERE edition_id = :edition)",
            ),
        ]
    )
    + ")"
)
_lock = Lock()
_things: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()


def stamp_of(session: Session, edition_id: int) -> str:
    """A fingerprint of every row that a problem of this edition is made of, in one query."""
    session.flush()
    return session.connection().execute(_STAMP, {"edition": edition_id}).scalar_one()


def remembered(key: Hashable, stamp: str) -> Any:
    """What was kept under this key, if it was made of the same rows; None otherwise."""
    with _lock:
        kept = _things.get(key)
        if kept is None or kept[0] != stamp:
            return None
        _things.move_to_end(key)
        return kept[1]


def remember(key: Hashable, stamp: str, thing: Any) -> None:
    """Keep it; the oldest goes."""
    with _lock:
        _things[key] = stamp, thing
        _things.move_to_end(key)
        while len(_things) > MOST:
            _things.popitem(last=False)
