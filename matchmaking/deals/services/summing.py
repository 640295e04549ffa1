"""The sums that statistics read, kept as deals are written; the view deal_fact says what each deal adds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

_ADD = text(
    """
INSERT INTO deal_sum AS kept
       (edition_id, dimension, key, type, stage, counted, deals, lines, minor, annual_minor)
SELECT edition_id, dimension, key, type, stage, counted, :sign * count(*), :sign * sum(lines),
       :sign * sum(minor), :sign * sum(annual_minor)
  FROM deal_fact WHERE deal_id = ANY(:deals)
 GROUP BY edition_id, dimension, key, type, stage, counted
ON CONFLICT (edition_id, dimension, key, type, stage, counted) DO UPDATE
   SET deals = kept.deals + EXCLUDED.deals, lines = kept.lines + EXCLUDED.lines,
       minor = kept.minor + EXCLUDED.minor, annual_minor = kept.annual_minor + EXCLUDED.annual_minor
"""
)
_WRONG = text(
    """
SELECT count(*) FROM (
    SELECT dimension, key, type, stage, counted, deals, lines, minor, annual_minor FROM deal_sum
     WHERE edition_id = :edition AND (deals, lines, minor, annual_minor) <> (0, 0, 0, 0)
    EXCEPT ALL
    SELECT dimension, key, type, stage, counted, count(*), sum(lines), sum(minor), sum(annual_minor)
      FROM deal_fact WHERE edition_id = :edition GROUP BY dimension, key, type, stage, counted
) AS wrong
"""
)
_MISSING = text(
    """
SELECT count(*) FROM (
    SELECT dimension, key, type, stage, counted, count(*), sum(lines), sum(minor), sum(annual_minor)
      FROM deal_fact WHERE edition_id = :edition GROUP BY dimension, key, type, stage, counted
    EXCEPT ALL
    SELECT dimension, key, type, stage, counted, deals, lines, minor, annual_minor FROM deal_sum
     WHERE edition_id = :edition
) AS missing
"""
)
_FILL = text(
    """
INSERT INTO deal_sum (edition_id, dimension, key, type, stage, counted, deals, lines, minor, annual_minor)
SELECT edition_id, dimension, key, type, stage, counted, count(*), sum(lines), sum(minor), sum(annual_minor)
  FROM deal_fact WHERE edition_id = :edition
 GROUP BY edition_id, dimension, key, type, stage, counted
"""
)


def add(session: Session, deals: Sequence[int], sign: int = 1) -> None:
    """Add deals (by id) to the sums, or take them out (`sign` -1), as they are at this moment."""
    session.flush()
    session.execute(_ADD, {"deals": list(deals), "sign": sign})


@contextmanager
def resumming(session: Session, deal_id: int) -> Iterator[None]:
    """Take a deal out of the sums, let it change, put it in again. The ledger is locked by the caller."""
    add(session, [deal_id], -1)
    yield
    add(session, [deal_id])


def wrong_sums(session: Session, edition: Edition) -> int:
    """How many of the kept sums are not what the deals add up to."""
    given = {"edition": edition.id}
    return max(session.execute(one, given).scalar_one() for one in (_WRONG, _MISSING))


def sum_anew(session: Session, edition: Edition) -> None:
    """Forget the sums of an edition and add its deals up again. The ledger is locked by the caller."""
    session.execute(text("SET LOCAL statement_timeout = 0"))  # a million lines take their time
    session.execute(text("DELETE FROM deal_sum WHERE edition_id = :edition"), {"edition": edition.id})
    session.execute(_FILL, {"edition": edition.id})
