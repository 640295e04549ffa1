"""Fingerprints of everything the board is made of, and the number of its last change, in one query."""

from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition


class Stamp(NamedTuple):
    """`content` is of all but the places; the last change, its act and the fingerprint `slots` of them."""

    content: str
    revision: int
    act: int | None
    slots: str


# A row's ctid is where its newest version lies and xmin the transaction that wrote it: whatever changes a row
# changes one of them, raw SQL too. XOR does not depend on the order of rows. The part a person has in a talk
# is written with every move (its time mirrors the slot's), so of that only what is asked for counts.
_PRINT = (
    "(SELECT bit_xor(hashtidextended({table}.ctid, {table}.xmin::text::bigint)) FROM {table} WHERE {where})"
)
_OWN = "edition_id = :edition"
_PARTS = (
    "(SELECT bit_xor(hashint8extended((talk_id::bigint << 32) + speaker_id, position))"
    " FROM talk_speaker WHERE talk_id IN (SELECT id FROM talk WHERE edition_id = :edition))"
)
_CONTENT = [
    _PRINT.format(table="edition", where="id = :edition"),
    *(
        _PRINT.format(table=table, where=_OWN)
        for table in (
            "edition_day", "room", "travel", "programme_settings", "availability", "forum", "speaker", "talk",
            "release",
        )
    ),
    _PARTS,
]  # fmt: skip
_STAMP = text(
    f"SELECT concat_ws(',', current_database(), :edition, {', '.join(_CONTENT)}),"  # noqa: S608
    " coalesce(head.revision, 0), act.id,"
    f" concat_ws(',', {_PRINT.format(table='slot', where=_OWN)})"
    " FROM (SELECT 1) AS once LEFT JOIN timetable_head AS head ON head.edition_id = :edition"
    " LEFT JOIN timetable_act AS act ON act.edition_id = :edition AND act.revision = head.revision"
)
_STARS = text(
    "SELECT concat_ws(',', count(*), bit_xor(hashint8extended((follower_id::bigint << 32) + talk_id, 0)))"
    " FROM demand WHERE edition_id = :edition"
)


def stamp_of(session: Session, edition: Edition) -> Stamp:
    """What the board is made of now."""
    session.flush()
    return Stamp(*session.connection().execute(_STAMP, {"edition": edition.id}).one())


def stars_of(session: Session, edition: Edition) -> str:
    """A fingerprint of who wants to hear what."""
    return session.connection().execute(_STARS, {"edition": edition.id}).scalar_one()
