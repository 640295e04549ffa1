"""What may be shown of a plan now, and a fingerprint of all that it is drawn from."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition
from expo.plan.shown import Shows, told


class Stamp(NamedTuple):
    """One look at what may be shown, and fingerprints: of the floor alone, and of everything drawn."""

    shows: Shows
    version: int | None
    published_at: datetime | None
    floor: str
    whole: str


# A row's xmin is the number of the transaction that wrote it: whatever changes a row changes the fingerprint,
# raw SQL too. XOR over a hash seeded by it does not depend on the order of rows.
_PRINT = "SELECT bit_xor(hashint8extended({id}, {table}.xmin::text::bigint)) FROM {table} WHERE {where}"
_OWN = "edition_id = :edition"
_FLOOR = [
    _PRINT.format(table="hall", id="id", where=_OWN),
    _PRINT.format(table="zone", id="id", where=_OWN),
    _PRINT.format(table="stand", id="id", where=_OWN),
]
_CHOSEN = [
    _PRINT.format(table="edition", id="id", where="id = :edition"),
    _PRINT.format(table="plan_settings", id="edition_id", where=_OWN),
]
_PEOPLE = [
    _PRINT.format(table="allotment", id="id", where=_OWN),
    _PRINT.format(table="exhibitor", id="id", where=_OWN),
    _PRINT.format(
        table="organisation", id="id",
        where="id IN (SELECT organisation_id FROM exhibitor WHERE edition_id = :edition)",
    ),
    _PRINT.format(table="allocation_run", id="id", where=f"{_OWN} AND state = 'published'"),
]  # fmt: skip
_HELD = _PRINT.format(
    table="stand_hold", id="id", where=f"{_OWN} AND (expires_at > now() OR remaining_s IS NOT NULL)"
)
_STAMP = text(
    "SELECT coalesce(chosen.names, 'published'), coalesce(chosen.shows_free, true),"
    " coalesce(chosen.shows_held, false), run.id IS NOT NULL, coalesce(version.number, run.id),"
    " coalesce(version.at, run.published_at),"
    + ",".join(
        f" concat_ws(',', {', '.join(f'({one})' for one in part)})"
        for part in (_FLOOR, _CHOSEN, _PEOPLE, [_HELD])
    )
    + " FROM (SELECT 1) AS once"
    " LEFT JOIN plan_settings AS chosen ON chosen.edition_id = :edition"
    " LEFT JOIN allocation_run AS run ON run.edition_id = :edition AND run.state = 'published'"
    " LEFT JOIN LATERAL (SELECT number, at FROM allocation_publication WHERE edition_id = :edition"
    " ORDER BY number DESC LIMIT 1) AS version ON run.id IS NOT NULL"
)


def stamp(session: Session, edition: Edition) -> Stamp:
    """In one query."""
    row = session.connection().execute(_STAMP, {"edition": edition.id}).one()
    names, free, held, is_published, number, at, floor, chosen, people, holds = row
    shows = told(names, published=is_published, free=free, held=held)
    # What is not told leaves no trace: not even that something changes may be seen from outside.
    told_of = (people, number, holds) if shows.held else (people, number) if shows.names else ()
    return Stamp(
        shows, number, at, f"{edition.id}:{floor}", f"{edition.id}:{floor};{chosen};{told_of};{shows}"
    )
