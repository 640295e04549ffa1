"""Secret links to one's own registration: made for each letter, kept as digests."""

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.editions.models import Edition
from expo.registration.models import Person, PersonLink

MOST_LINKS = 20


def fresh_link(session: Session, person: Person) -> str:
    """A new secret for somebody's registration; of very many the oldest are forgotten."""
    token = fresh_token()
    session.add(PersonLink(person_id=person.id, digest=digest(token)))
    session.flush()
    newest = (
        select(PersonLink.id)
        .where(PersonLink.person_id == person.id)
        .order_by(PersonLink.id.desc())
        .limit(MOST_LINKS)
    )
    session.execute(delete(PersonLink).where(PersonLink.person_id == person.id, PersonLink.id.not_in(newest)))
    return token


def person_by_secret(session: Session, edition: Edition, token: str) -> Person | None:
    """Whose registration a secret opens."""
    return session.exec(
        select(Person)
        .join(PersonLink, PersonLink.person_id == Person.id)
        .where(PersonLink.digest == digest(token), Person.edition_id == edition.id)
    ).one_or_none()


def people_of_address(session: Session, edition: Edition, email: str, most: int = 20) -> Sequence[Person]:
    """Who registered with an address and did not leave, the newest first."""
    return session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, func.lower(Person.email) == email.lower())
        .where(Person.state.in_(("pending", "waiting", "confirmed")))
        .order_by(Person.id.desc())
        .limit(most)
    ).all()
