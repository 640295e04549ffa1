"""Stand staff: who gets an exhibitor's badge, within what the stand gives."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.badges.models import Badge
from expo.badges.services import revoke
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services import hold, next_code, take_turn
from expo.languages import pick
from expo.registration.models import Person
from expo.registration.services.likeness import LEFT
from expo.registration.services.staffing import held_to_limit, limit_of
from expo.registration.services.visas import end_with
from expo.venue.models import Stand
from expo.words import say

CM2_A_M2 = 10_000


def staff(session: Session, exhibitor: Exhibitor) -> Sequence[Any]:
    """The people with whether their badge was printed: (person, printed). Who was withdrawn is left out."""
    printed = (
        select(func.count())
        .select_from(Badge)
        .where(Badge.person_id == Person.id, Badge.printed_at.is_not(None), Badge.revoked_at.is_(None))
        .scalar_subquery()
    )
    return session.execute(
        select(Person, printed.label("printed"))
        .where(Person.exhibitor_id == exhibitor.id, Person.state.not_in(LEFT))
        .order_by(Person.id)
    ).all()


def staff_member(session: Session, exhibitor: Exhibitor, code: str) -> Person | None:
    """One of the exhibitor's own people who was not withdrawn."""
    return session.exec(
        select(Person).where(
            Person.exhibitor_id == exhibitor.id, Person.code == code, Person.state.not_in(LEFT)
        )
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
    """How many people the exhibitor may bring: by the organiser's rule, as the database counts."""
    return limit_of(session, exhibitor)


def add_staff(session: Session, exhibitor: Exhibitor, given: Mapping[str, Any]) -> Person:
    """One more person, if the stand gives a badge; `given`: name, position, country, email, language."""
    _begin(session, exhibitor)
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    person = Person(
        **given,
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        kind="exhibitor",
        code=next_code(session, Person, exhibitor.edition_id, "PE", 4),
        organisation=pick(organisation.name, "en"),
    )
    with held_to_limit(session):
        session.add(person)
    return person


def change_staff(session: Session, person: Person, given: Mapping[str, Any]) -> None:
    """Take over what is now known of somebody. A printed badge still says what it said."""
    for key, value in given.items():
        setattr(person, key, value)
    session.add(person)
    session.flush()


def replace_staff(session: Session, exhibitor: Exhibitor, person: Person, given: Mapping[str, Any]) -> Person:
    """Somebody else comes instead, under a number of their own; the first one's badge opens no gate."""
    _begin(session, exhibitor)
    remove_staff(session, person)
    return add_staff(session, exhibitor, given)


def remove_staff(session: Session, person: Person) -> None:
    """Withdraw somebody: letters for a visa end. Who had a badge stays as a cancelled registration, and the
    badge is revoked."""
    end_with(session, person)
    badges = session.exec(select(Badge).where(Badge.person_id == person.id)).all()
    for badge in badges:
        if badge.revoked_at is None:
            revoke(session, badge)
    if badges:
        person.state = "cancelled"
        session.add(person)
    else:
        session.delete(person)
    session.flush()


def _begin(session: Session, exhibitor: Exhibitor) -> None:
    take_turn(session, exhibitor.edition_id)
    hold(session, exhibitor)  # two who add the last one at once: the second is refused
    if exhibitor.state != "accepted":
        raise Refused(say("Badges are for exhibitors who are accepted."))
    limit_of(session, exhibitor)
