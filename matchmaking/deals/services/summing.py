"""Sums and packed traits, kept as deals are written; the views deal_fact and deal_trait_fact say what belongs
there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.errors import NumericValueOutOfRange
from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals import traits
from matchmaking.deals.traits import Fact, Packed

_KEY = "dimension, key, type, stage, counted"
_ADD = f"""
WITH facts AS MATERIALIZED (SELECT * FROM deal_fact WHERE deal_id = ANY(%(deals)s)), added AS (
    INSERT INTO deal_sum AS kept (edition_id, {_KEY}, deals, lines, minor, annual_minor)
    SELECT edition_id, {_KEY}, %(sign)s * count(*), %(sign)s * sum(lines), %(sign)s * sum(minor),
           %(sign)s * sum(annual_minor)
      FROM facts GROUP BY edition_id, {_KEY} ORDER BY {_KEY}
    ON CONFLICT (edition_id, {_KEY}) DO UPDATE SET deals = kept.deals + EXCLUDED.deals,
       lines = kept.lines + EXCLUDED.lines, minor = kept.minor + EXCLUDED.minor,
       annual_minor = kept.annual_minor + EXCLUDED.annual_minor
)
"""  # noqa: S608
_TELL = "SELECT number, dimension, key, minor, kind FROM deal_trait_fact WHERE deal_id = ANY(%(deals)s)"
_PACKED = """
SELECT edition_id, dimension, key, number / 1024, substring(varbit_send(bit_or(packed_bit)::varbit) FROM 5),
       string_agg(packed_minor, '' ORDER BY number), string_agg(packed_kind, '' ORDER BY number)
  FROM deal_trait_fact WHERE {whose} GROUP BY edition_id, dimension, key, number / 1024
"""
_APPEND = f"""
INSERT INTO deal_trait AS kept (edition_id, dimension, key, block, bits, minors, kinds)
{_PACKED.format(whose="deal_id = ANY(%(deals)s)")}
ON CONFLICT (edition_id, dimension, key, block) DO UPDATE SET minors = kept.minors || EXCLUDED.minors,
   kinds = kept.kinds || EXCLUDED.kinds, bits = substring(varbit_send((
       ('x' || encode(kept.bits, 'hex'))::bit(1024) | ('x' || encode(EXCLUDED.bits, 'hex'))::bit(1024)
   )::varbit) FROM 5)
"""
"""Numbers above all there are come last in their blocks: nothing that is packed has to be read."""
_SUMS = f"""
SELECT edition_id, {_KEY}, count(*), sum(lines), sum(minor), sum(annual_minor)
  FROM deal_fact WHERE edition_id = :edition GROUP BY edition_id, {_KEY}
"""  # noqa: S608
_KEPT_SUMS = f"""
SELECT edition_id, {_KEY}, deals, lines, minor, annual_minor FROM deal_sum
 WHERE edition_id = :edition AND (deals <> 0 OR lines <> 0 OR minor <> 0 OR annual_minor <> 0)
"""  # noqa: S608
_TRAITS = _PACKED.format(whose="edition_id = :edition")
_KEPT_TRAITS = """
SELECT edition_id, dimension, key, block, bits, minors, kinds FROM deal_trait
 WHERE edition_id = :edition AND bits <> decode(repeat('00', 128), 'hex')
"""
_KEPT = (("deal_sum", _KEPT_SUMS, _SUMS), ("deal_trait", _KEPT_TRAITS, _TRAITS))
"""What is kept: table, what is in it, what the deals say belongs there. None of it is typed by anybody."""
_ROWS = """
SELECT dimension, key, block, bits, minors, kinds
  FROM deal_trait JOIN unnest(%(names)s::text[], %(keys)s::text[], %(blocks)s::integer[])
       AS touched (dimension, key, block) USING (dimension, key, block)
 WHERE edition_id = %(edition)s
"""
_WRITE = """
INSERT INTO deal_trait (edition_id, dimension, key, block, bits, minors, kinds)
SELECT %(edition)s, * FROM unnest(%(names)s::text[], %(keys)s::text[], %(blocks)s::integer[],
       %(bits)s::bytea[], %(minors)s::bytea[], %(kinds)s::bytea[])
ON CONFLICT (edition_id, dimension, key, block)
DO UPDATE SET bits = EXCLUDED.bits, minors = EXCLUDED.minors, kinds = EXCLUDED.kinds
"""


def add(session: Session, deals: Sequence[int]) -> None:
    """Add deals (by id) that were just written, with numbers above all others of their edition. The ledger is
    locked by the caller."""
    _count(session, deals, 1, _APPEND)


@contextmanager
def resumming(session: Session, edition: Edition, deal_id: int) -> Iterator[None]:
    """Take a deal out of what is kept, let it change, put it in again. The ledger is locked by the caller."""
    before = _facts(_count(session, [deal_id], -1, _TELL))
    yield
    _repack(session, edition, before, _facts(_count(session, [deal_id], 1, _TELL)))


def _facts(rows: Any) -> list[Fact]:
    return [Fact(*row) for row in rows.fetchall()]


def _count(session: Session, deals: Sequence[int], sign: int, then: str) -> Any:
    """Add deals to the sums or take them out, as they are now; what `then` answers about their traits."""
    try:
        return _run(session, _ADD + then, deals=list(deals), sign=sign)
    except NumericValueOutOfRange as error:
        raise Refused(
            say("With this deal the edition's deals would come to more money than can be counted.")
        ) from error


def _run(session: Session, statement: str, **given: Any) -> Any:
    """As the driver does it: bytes stay bytes, and it takes half the time."""
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    return connection.execute(statement, given, binary=True)


def _repack(session: Session, edition: Edition, before: Sequence[Fact], after: Sequence[Fact]) -> None:
    """Pack what is no longer so out of the blocks, and what is so now into them."""
    gone, come = set(before) - set(after), set(after) - set(before)
    places = sorted({traits.place_of(fact) for fact in gone | come})
    if not places:
        return
    found = _run(session, _ROWS, edition=edition.id, **_columns(places, "names keys blocks"))
    rows = traits.repacked([Packed(*row) for row in found], gone, sorted(come))
    _run(session, _WRITE, edition=edition.id, **_columns(rows, "names keys blocks bits minors kinds"))


def _columns(rows: Sequence[tuple], names: str) -> dict[str, list]:
    return dict(zip(names.split(), map(list, zip(*rows, strict=True)), strict=True))


def wrong_sums(session: Session, edition: Edition) -> int:
    """How many of the kept sums and blocks are not what the deals say."""
    session.flush()
    return sum(
        max(
            session.execute(
                text(f"SELECT count(*) FROM ({one} EXCEPT ALL {other}) AS wrong"),  # noqa: S608
                {"edition": edition.id},
            ).scalar_one()
            for one, other in ((kept, true), (true, kept))
        )
        for _table, kept, true in _KEPT
    )


def sum_anew(session: Session, edition: Edition) -> None:
    """Forget the sums and blocks of an edition and make them anew. The ledger is locked by the caller."""
    session.flush()
    session.execute(text("SET LOCAL statement_timeout = 0"))  # a million lines take their time
    for table, _kept, true in _KEPT:
        given = {"edition": edition.id}
        session.execute(text(f"DELETE FROM {table} WHERE edition_id = :edition"), given)  # noqa: S608
        session.execute(
            text(f"INSERT INTO {table} {true}"),  # noqa: S608
            given,
        )
