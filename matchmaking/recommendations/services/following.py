"""Which forums the people of a party follow: those they starred talks of, and those where they were seen."""

from collections.abc import Collection

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

_OF_BUYERS = """
SELECT buyer.id AS party, person.id FROM buyer JOIN person ON person.edition_id = buyer.edition_id
   AND lower(person.email) = lower(buyer.contact_email) AND buyer.contact_email <> ''
 WHERE buyer.id = ANY(:ids) AND buyer.share_forums AND person.state = 'confirmed'
"""
_OF_EXHIBITORS = """
SELECT person.exhibitor_id AS party, person.id FROM person JOIN exhibitor_profile AS profile
    ON profile.exhibitor_id = person.exhibitor_id AND profile.share_forums
 WHERE person.exhibitor_id = ANY(:ids) AND person.edition_id = :edition AND person.state = 'confirmed'
"""
_FOLLOWED = """
SELECT people.party, forum.code FROM people JOIN follower ON follower.person_id = people.id
  JOIN star ON star.follower_id = follower.id JOIN talk ON talk.id = star.talk_id
  JOIN forum ON forum.id = talk.forum_id
 UNION SELECT people.party, forum.code FROM people JOIN passage ON passage.person_id = people.id
  JOIN gate_area ON gate_area.id = passage.area_id JOIN talk ON talk.id = gate_area.talk_id
  JOIN forum ON forum.id = talk.forum_id WHERE passage.verdict = 'ok'
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
    session: Session, edition: Edition, people: str, ids: Collection[int]
) -> dict[int, frozenset[str]]:
    if not ids:
        return {}
    statement = text(f"WITH people AS MATERIALIZED ({people}) {_FOLLOWED}")
    found: dict[int, set[str]] = {}
    for party, code in session.execute(statement, {"edition": edition.id, "ids": list(ids)}):
        found.setdefault(party, set()).add(code)
    return {party: frozenset(codes) for party, codes in found.items()}
