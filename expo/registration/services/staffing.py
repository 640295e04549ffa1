"""How many badges exhibitors have for their staff: the rule, exceptions from it, and being held to it."""

from contextlib import AbstractContextManager

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from expo.db import refusing
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.registration.models import Person, StaffAllowance, StaffRule
from expo.registration.services.likeness import LEFT
from expo.words import Sentence, say

MOST = 10_000
USAGE = text(
    """
    SELECT exhibitor.code, organisation.name, staff_limit(exhibitor.id) AS places,
           coalesce(allowance.extra, 0) AS extra, coalesce(allowance.reason, '') AS reason,
           (SELECT count(*) FROM person WHERE person.exhibitor_id = exhibitor.id AND person.kind = 'exhibitor'
               AND person.state NOT IN ('declined', 'cancelled')) AS people
      FROM exhibitor JOIN organisation ON organisation.id = exhibitor.organisation_id
      LEFT JOIN staff_allowance allowance ON allowance.exhibitor_id = exhibitor.id
     WHERE exhibitor.edition_id = :edition AND exhibitor.state = 'accepted'
     ORDER BY exhibitor.code LIMIT :size OFFSET :beyond
    """
)


def rule_of(session: Session, edition: Edition) -> StaffRule:
    """The edition's rule, made with the usual figures where it has none yet."""
    session.execute(
        insert(StaffRule).values(edition_id=edition.id, least=2, m2_each=9, most=60).on_conflict_do_nothing()
    )
    return session.get_one(StaffRule, edition.id)


def save_rule(session: Session, edition: Edition, least: int, m2_each: int, most: int) -> None:
    """Change the rule. Who has more people than the new one allows keeps them, and adds nobody."""
    if not (0 <= least <= most <= MOST and 1 <= m2_each <= MOST):
        raise Refused(say("At least is not more than at most, and every badge stands for 1 m² or more."))
    rule = rule_of(session, edition)
    rule.least, rule.m2_each, rule.most = least, m2_each, most
    session.add(rule)
    session.flush()


def allow(session: Session, exhibitor: Exhibitor, extra: int, reason: str) -> None:
    """Give one exhibitor so many badges more (or fewer) than the rule; 0 takes the exception back."""
    if abs(extra) > MOST:
        raise Refused(say("That is more than anybody needs."))
    there = session.get(StaffAllowance, exhibitor.id)
    if extra == 0:
        if there:
            session.delete(there)
    else:
        there = there or StaffAllowance(exhibitor_id=exhibitor.id, extra=0)
        there.extra, there.reason = extra, reason.strip()[:300]
        session.add(there)
    session.flush()


def limit_of(session: Session, exhibitor: Exhibitor) -> int:
    """How many people an exhibitor may bring, as the database counts."""
    rule_of(session, session.get_one(Edition, exhibitor.edition_id))
    return session.execute(select(func.staff_limit(exhibitor.id))).scalar_one()


def staff_count(session: Session, exhibitor: Exhibitor) -> int:
    """How many of them are named."""
    return session.execute(
        select(func.count())
        .select_from(Person)
        .where(Person.exhibitor_id == exhibitor.id, Person.kind == "exhibitor", Person.state.not_in(LEFT))
    ).scalar_one()


def usage(session: Session, edition: Edition, page: int = 1, size: int = 50) -> list:
    """Accepted exhibitors by code: code, name, places, extra, reason, people."""
    return list(session.execute(USAGE, {"edition": edition.id, "size": size, "beyond": (page - 1) * size}))


def exhibitor_by_code(session: Session, edition: Edition, code: str) -> Exhibitor:
    """The edition's exhibitor of that code. Refused for none."""
    found = session.execute(
        select(Exhibitor).where(Exhibitor.edition_id == edition.id, Exhibitor.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise Refused(say("There is no exhibitor %(code)s.", code=code))
    return found


def held_to_limit(session: Session) -> AbstractContextManager[None]:
    """The database's refusal of one badge too many as a sentence; the transaction goes on as before."""
    return refusing(session, _beyond)


def _beyond(rule: str, quota: str) -> Sentence | None:
    if rule != "staff_within_limit":
        return None
    return say(
        "All %(quota)s badges of your stand are given. Take one back, or ask for more area.", quota=quota
    )
