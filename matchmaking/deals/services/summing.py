"""Sums kept as deals are written; the views deal_fact and deal_pair_fact say what each deal adds to them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

_SUM = ("deal_sum", "deal_fact", "dimension, key, type, stage, counted", ("lines", "minor", "annual_minor"))
_PAIR = ("deal_pair", "deal_pair_fact", "one, one_key, other, other_key, type, stage, counted", ("minor",))
"""Kept sums: table, view that says what belongs there, key, what is added up beside the number of deals."""


def _statements(table: str, fact: str, key: str, added: tuple[str, ...]) -> tuple[Any, ...]:
    """How such sums are moved, compared with the deals both ways, and filled. Nothing in them is typed."""
    columns = ", ".join(("deals", *added))
    signed = ", ".join((":sign * count(*)", *(f":sign * sum({name})" for name in added)))
    fresh = ", ".join(("count(*)", *(f"sum({name})" for name in added)))
    moved = ", ".join(f"{name} = kept.{name} + EXCLUDED.{name}" for name in ("deals", *added))
    some = " OR ".join(f"{name} <> 0" for name in ("deals", *added))
    kept = f"SELECT {key}, {columns} FROM {table} WHERE edition_id = :edition AND ({some})"  # noqa: S608
    true = f"SELECT {key}, {fresh} FROM {fact} WHERE edition_id = :edition GROUP BY {key}"  # noqa: S608
    add = (
        f"INSERT INTO {table} AS kept (edition_id, {key}, {columns}) SELECT edition_id, {key}, {signed}"  # noqa: S608
        f" FROM {fact} WHERE deal_id = ANY(:deals) GROUP BY edition_id, {key} ORDER BY {key}"
        f" ON CONFLICT (edition_id, {key}) DO UPDATE SET {moved}"
    )
    wrong = [
        f"SELECT count(*) FROM ({one} EXCEPT ALL {other}) AS wrong"  # noqa: S608
        for one, other in ((kept, true), (true, kept))
    ]
    empty = f"DELETE FROM {table} WHERE edition_id = :edition"  # noqa: S608
    fill = (
        f"INSERT INTO {table} (edition_id, {key}, {columns}) SELECT edition_id, {key}, {fresh}"  # noqa: S608
        f" FROM {fact} WHERE edition_id = :edition GROUP BY edition_id, {key}"
    )
    return text(add), [text(one) for one in wrong], [text(empty), text(fill)]


_KEPT = [_statements(*_SUM), _statements(*_PAIR)]


def add(session: Session, deals: Sequence[int], sign: int = 1) -> None:
    """Add deals (by id) to the sums, or take them out (`sign` -1), as they are at this moment."""
    session.flush()
    for adding, _compare, _renew in _KEPT:
        session.execute(adding, {"deals": list(deals), "sign": sign})


@contextmanager
def resumming(session: Session, deal_id: int) -> Iterator[None]:
    """Take a deal out of the sums, let it change, put it in again. The ledger is locked by the caller."""
    add(session, [deal_id], -1)
    yield
    add(session, [deal_id])


def wrong_sums(session: Session, edition: Edition) -> int:
    """How many of the kept sums are not what the deals add up to."""
    given = {"edition": edition.id}
    both = [[session.execute(one, given).scalar_one() for one in compare] for _add, compare, _renew in _KEPT]
    return sum(max(ways) for ways in both)


def sum_anew(session: Session, edition: Edition) -> None:
    """Forget the sums of an edition and add its deals up again. The ledger is locked by the caller."""
    session.execute(text("SET LOCAL statement_timeout = 0"))  # a million lines take their time
    for _add, _compare, renew in _KEPT:
        for statement in renew:
            session.execute(statement, {"edition": edition.id})
