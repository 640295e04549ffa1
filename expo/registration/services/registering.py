"""Registering people and changing what is known of them."""

from dataclasses import asdict, dataclass

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import next_code, take_turn
from expo.languages import tidy
from expo.registration.models import KINDS, Person
from expo.registration.services.places import refusing
from expo.words import say

PREFIX = "PE"


@dataclass(frozen=True)
class Particulars:
    """What is known of a person; `name` is a language map, `country` an ISO code or ''."""

    kind: str
    name: dict[str, str]
    organisation: str = ""
    position: str = ""
    country: str = ""
    email: str = ""
    language: str = "en"


def register(session: Session, edition: Edition, known: Particulars) -> Person:
    """A new person with the next code of the edition; of two at once the second waits."""
    values = checked(known)
    code = fresh_code(session, edition)
    person = Person(edition_id=edition.id, code=code, **values)
    session.add(person)
    session.flush()
    return person


def change(session: Session, person: Person, known: Particulars) -> None:
    """Take over what is now known of a person. A printed badge still says what it said.

    Refused for an address that registered for the same sort already, and for somebody erased.
    """
    values = checked(known)
    with refusing(session):
        for name, value in values.items():
            setattr(person, name, value)
        session.add(person)


def fresh_code(session: Session, edition: Edition) -> str:
    """A number nobody of the edition has: after the newest person's, after the highest where that is taken.

    Looking for the highest reads every code there is, which is too long where thousands register at once.
    """
    take_turn(session, edition.id)
    newest = session.exec(
        select(Person.code).where(Person.edition_id == edition.id).order_by(Person.id.desc()).limit(1)
    ).first()
    digits = (newest or "").removeprefix(PREFIX)
    if digits.isascii() and digits.isdecimal() and len(digits) < 9:
        code = f"{PREFIX}{int(digits) + 1:04d}"
        taken = select(Person.id).where(Person.edition_id == edition.id, Person.code == code)
        if session.exec(taken).first() is None:
            return code
    return next_code(session, Person, edition.id, PREFIX, 4)


def checked(known: Particulars) -> dict[str, object]:
    """The particulars as columns of a person, tidied. Refused for no name, or a kind nobody has."""
    if known.kind not in KINDS:
        raise Refused(say("There is no such kind of person."))
    if not tidy(known.name):
        raise Refused(say("Type the name in at least one language."))
    values = asdict(known) | {"name": tidy(known.name)}
    return {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
