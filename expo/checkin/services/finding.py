"""People found at the desk, the closest first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, select

from expo.checkin.finding import Known, as_query, as_vector, closeness, lexemes_of, sought
from expo.checkin.models import Find
from expo.registration.models import CONFIRMED, Person

AT_ONCE = 2000
MOST_WEIGHED = 300
"""People compared one by one; the database chooses them by where the words stand."""
WORDS = text("UPDATE gate_find SET words = CAST(:words AS tsvector) WHERE person_id = :who").bindparams(
    bindparam("words"), bindparam("who")
)
FOUND = """
SELECT p.id, p.code, p.kind, p.state, p.name, p.organisation, p.position, p.country, p.email,
       EXISTS (SELECT 1 FROM person_photo WHERE person_photo.person_id = p.id) AS photo
  FROM gate_find AS f JOIN person AS p ON p.id = f.person_id, CAST(:wanted AS tsquery) AS q
 WHERE f.edition_id = :edition AND f.words @@ q
 ORDER BY ts_rank('{0.1, 0.2, 0.9, 1}', f.words, q) DESC, p.code LIMIT :most
"""


class NoDesk(Exception):
    """The device may scan, and may not look people up."""


def catch_up(session: Session, edition_id: int | None = None, most: int = AT_ONCE) -> int:
    """Fill in the words of at most so many who came or changed since; how many. None: of any edition."""
    query = (
        select(Person.id, Person.name, Person.organisation, Person.code, Person.email)
        .join(Find, Find.person_id == Person.id)
        .where(Find.words.is_(None))
        .order_by(Person.id.desc())  # who just registered stands at the desk
        .limit(most)
        .with_for_update(of=Find, skip_locked=True)
    )
    if edition_id is not None:
        query = query.where(Find.edition_id == edition_id)
    rows = session.execute(query).all()
    if rows:
        values = [{"who": row.id, "words": as_vector(lexemes_of(_known(row)))} for row in rows]
        session.connection().execute(WORDS, values)
    return len(rows)


def _known(row: Any) -> Known:
    return Known(row.name, row.organisation, row.code, row.email or "")


def found(session: Session, edition_id: int, words: str, most: int) -> Sequence[Any]:
    """Rows of people whom the words find, the closest first; of equals who is confirmed, then by number."""
    wanted = sought(words)
    if not wanted:
        return []
    values = {"edition": edition_id, "wanted": as_query(wanted), "most": MOST_WEIGHED}
    rows = session.execute(text(FOUND), values).all()
    rank = {row.id: (-closeness(wanted, _known(row)), row.state != CONFIRMED, row.code) for row in rows}
    return sorted(rows, key=lambda row: rank[row.id])[:most]
