"""Which forums the people of a party follow: those they starred talks of, and those where they were seen."""

from collections.abc import Collection

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

_SEEN = """
SELECT person.id, talk.forum_id FROM person JOIN follower ON follower.person_id = person.id
  JOIN star ON star.follower_id = follower.id JOIN talk ON talk.id = star.talk_id
 WHERE person.edition_id = :edition AND person.state = 'confirmed'
 UNION SELECT person.id, talk.forum_id FROM person JOIN passage ON passage.person_id = person.id
  JOIN gate_area ON gate_area.id = passage.area_id JOIN talk ON talk.id = gate_area.talk_id
 WHERE person.edition_id = :edition AND person.state = 'confirmed' AND passage.verdict = 'ok'
"""
_OF_BUYERS = """
SELECT buyer.id, forum.code FROM buyer JOIN person ON person.edition_id = buyer.edition_id
   AND lower(person.email) = lower(buyer.contact_email) AND buyer.contact_email <> ''
  JOIN seen ON seen.id = person.id JOIN forum ON forum.id = seen.forum_id
 WHERE buyer.id = ANY(:ids) AND buyer.share_forums
"""
_OF_EXHIBITORS = """
SELECT person.exhibitor_id, forum.code FROM person JOIN seen ON seen.id = person.id
  JOIN forum ON forum.id = seen.forum_id JOIN exhibitor_profile AS profile
    ON profile.exhibitor_id = person.exhibitor_id AND profile.share_forums
 WHERE person.exhibitor_id = ANY(:ids)
"""


def forums_of_buyers(session: Session, edition: Edition, ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Buyer → codes of the forums its contact follows, of the buyers who let others know."""
    return _found(session, edition, _OF_BUYERS, ids)


def forums_of_exhibitors(
    session: Session, edition: Edition, ids: Collection[int]
) -> dict[int, frozenset[str]]:
    """Exhibitor → codes of the forums its staff follows, of the exhibitors who let others know."""
    return _found(session, edition, _OF_EXHIBITORS, ids)


def _found(
    session: Session, edition: Edition, wanted: str, ids: Collection[int]
) -> dict[int, frozenset[str]]:
    if not ids:
        return {}
    statement = text(f"WITH seen AS ({_SEEN}) {wanted}")
    found: dict[int, set[str]] = {}
    for party, code in session.execute(statement, {"edition": edition.id, "ids": list(ids)}):
        found.setdefault(party, set()).add(code)
    return {party: frozenset(codes) for party, codes in found.items()}
