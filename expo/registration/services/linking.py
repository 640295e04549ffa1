"""Secret links to one's own registration: made for each letter, kept as digests."""

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Person, PersonLink
from expo.words import say

MOST_LINKS = 20


def fresh_link(session: Session, person: Person, *, is_mailed: bool) -> str:
    """A new secret for somebody's registration; of very many the oldest are forgotten.

    `is_mailed`: it goes to their address and nowhere else, so that who opens it reads the mail there.
    """
    token = fresh_token()
    mailed_to = person.email.lower() if is_mailed else ""
    session.add(PersonLink(person_id=person.id, digest=digest(token), mailed_to=mailed_to))
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


def was_mailed(session: Session, person: Person, token: str) -> bool:
    """Whether a secret was mailed to the address that somebody has now."""
    mailed_to = session.exec(
        select(PersonLink.mailed_to).where(
            PersonLink.person_id == person.id, PersonLink.digest == digest(token)
        )
    ).one_or_none()
    return bool(mailed_to) and mailed_to == person.email.lower()


def check_mailed(session: Session, person: Person, token: str) -> None:
    """Refused for a secret that was not mailed: mail, meetings and messages are found by the address, and
    anybody may have typed it."""
    if not was_mailed(session, person, token):
        raise Refused(
            say(
                "Open a link that we mailed to %(email)s to see, take away or erase what is kept: anybody may"
                " have typed this address.",
                email=person.email,
            )
        )


def people_of_address(session: Session, edition: Edition, email: str, most: int = 20) -> Sequence[Person]:
    """Who registered with an address and did not leave, the newest first."""
    return session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, func.lower(Person.email) == email.lower())
        .where(Person.state.in_(("pending", "waiting", "confirmed")))
        .order_by(Person.id.desc())
        .limit(most)
    ).all()
