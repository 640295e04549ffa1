"""Stand staff: who gets an exhibitor's badge, within the quota of the stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.badges.models import Badge
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.quota import staff_quota
from expo.exhibitors.services import hold, next_code, take_turn
from expo.languages import pick
from expo.registration.models import Person
from expo.venue.models import Stand
from expo.words import say

CM2_A_M2 = 10_000


def staff(session: Session, exhibitor: Exhibitor) -> Sequence[Any]:
    """The people with whether their badge was printed: (person, printed)."""
    printed = (
        select(func.count())
        .select_from(Badge)
        .where(Badge.person_id == Person.id, Badge.printed_at.is_not(None), Badge.revoked_at.is_(None))
        .scalar_subquery()
    )
    return session.execute(
        select(Person, printed.label("printed"))
        .where(Person.exhibitor_id == exhibitor.id)
        .order_by(Person.id)
    ).all()


def staff_member(session: Session, exhibitor: Exhibitor, code: str) -> Person | None:
    """One of the exhibitor's own people."""
    return session.exec(
        select(Person).where(Person.exhibitor_id == exhibitor.id, Person.code == code)
    ).one_or_none()


def area_of(session: Session, exhibitor: Exhibitor) -> int:
    """The area that counts, in m²: of the stand once there is one, before that as asked for."""
    given = session.exec(
        select(func.sum(Stand.width * Stand.depth))
        .join(Allotment, Allotment.stand_id == Stand.id)
        .where(Allotment.exhibitor_id == exhibitor.id)
    ).one()
    return given // CM2_A_M2 if given else exhibitor.area_m2


def quota_of(session: Session, exhibitor: Exhibitor) -> int:
    """How many people the exhibitor may bring."""
    return staff_quota(area_of(session, exhibitor))


def add_staff(session: Session, exhibitor: Exhibitor, given: Mapping[str, Any]) -> Person:
    """One more person, if the quota allows; `given`: name, position, country, email, language."""
    take_turn(session, exhibitor.edition_id)
    hold(session, exhibitor)  # two who add the last one at once: the second is refused
    if exhibitor.state != "accepted":
        raise Refused(say("Badges are for exhibitors who are accepted."))
    there = session.exec(
        select(func.count()).select_from(Person).where(Person.exhibitor_id == exhibitor.id)
    ).one()
    quota = quota_of(session, exhibitor)
    if there >= quota:
        raise Refused(
            say(
                "All %(quota)s badges of your stand are given. Take one back, or ask for more area.",
                quota=quota,
            )
        )
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    person = Person(
        **given,
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        kind="exhibitor",
        code=next_code(session, Person, exhibitor.edition_id, "PE", 4),
        organisation=pick(organisation.name, "en"),
    )
    session.add(person)
    session.flush()
    return person


def remove_staff(session: Session, person: Person) -> None:
    """Take somebody off the list, unless a badge of theirs is about."""
    about = select(Badge.id).where(Badge.person_id == person.id, Badge.printed_at.is_not(None))
    if session.exec(about.where(Badge.revoked_at.is_(None))).first():
        raise Refused(
            say(
                "The badge of %(name)s is printed. Ask the organiser to revoke it.",
                name=pick(person.name, "en"),
            )
        )
    session.delete(person)
    session.flush()
