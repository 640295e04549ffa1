"""Which deals a filter finds and what they are worth, by any number of traits, out of the packed rows."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.deals.models import DealSum
from matchmaking.deals.queries.filtering import EVERYTHING, Filter, groups
from matchmaking.deals.traits import ALL, WITH_WORTH, Found, Packed, Wanted, find

ROWS = """
SELECT dimension, key, block, bits, CASE WHEN dimension = %s THEN minors ELSE '' END, kinds
  FROM deal_trait JOIN unnest(%s::text[], %s::text[]) AS asked (dimension, key) USING (dimension, key)
 WHERE edition_id = %s ORDER BY block
"""

Worth = dict[tuple[str, str], tuple[int, int]]
"""(type, stage) → how many deals and their worth in the edition's currency."""


def found(session: Session, edition: Edition, chosen: Filter = EVERYTHING) -> Found:
    """The numbers of the deals that a filter lets through and their worth by type, stage and whether they
    count as outcomes. By chapter or section only the lines' share counts."""
    if chosen.contradicts():
        return Found((), {})
    if chosen == EVERYTHING:
        return _all(session, edition)
    wanted = _wanted(session, edition, chosen.plainly())
    by = next((name for name in wanted.traits if name in WITH_WORTH), ALL[0])
    places = wanted.places()
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor(binary=True) as cursor:
        names, keys = zip(*places, strict=True)
        rows = cursor.execute(ROWS, (by, list(names), list(keys), edition.id)).fetchall()
    return find([Packed(*row) for row in rows], wanted)


def _all(session: Session, edition: Edition) -> Found:
    """The same of everything: from the sums, for numbers have no holes."""
    rows = session.execute(
        select(DealSum.type, DealSum.stage, DealSum.counted, DealSum.deals, DealSum.minor).where(
            DealSum.edition_id == edition.id, DealSum.dimension == ALL[0], DealSum.deals > 0
        )
    )
    worth = {(row.type, row.stage, row.counted): (row.deals, row.minor) for row in rows}
    return Found(range(1, 1 + sum(count for count, _minor in worth.values())), worth)


def _wanted(session: Session, edition: Edition, chosen: Filter) -> Wanted:
    traits: dict[str, Sequence[str]] = {}
    for name, key in chosen.dimensions():
        if name != "group":
            traits[name] = [key]
            continue
        members = groups(session, edition).get(key, set())
        traits["country"] = sorted(members & set(traits["country"]) if chosen.country else members)
    return Wanted(traits, chosen.type, chosen.stage, bool(chosen.counted))


def both_worths(session: Session, edition: Edition, chosen: Filter = EVERYTHING) -> tuple[Worth, Worth]:
    """What a filter finds, and the outcomes among it: what is disputed and call-offs are none."""
    return split(found(session, edition, chosen))


def split(found: Found) -> tuple[Worth, Worth]:
    """Everything and the outcomes among it, by type and stage."""
    everything: Worth = {}
    for (type_, stage, _counts), (count, minor) in found.worth.items():
        before, minor_before = everything.get((type_, stage), (0, 0))
        everything[type_, stage] = (before + count, minor_before + minor)
    return everything, {(type_, stage): it for (type_, stage, counts), it in found.worth.items() if counts}


def worth(session: Session, edition: Edition, chosen: Filter = EVERYTHING) -> Worth:
    """What a filter finds, outcomes or not. By chapter or section only the lines' share counts."""
    return both_worths(session, edition, chosen)[0]
