"""Registering people and changing what is known of them."""

from dataclasses import asdict, dataclass

from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import next_code
from expo.languages import tidy
from expo.registration.models import KINDS, Person
from expo.words import say


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
    code = next_code(session, Person, edition.id, "PE", 4)
    person = Person(edition_id=edition.id, code=code, **values)
    session.add(person)
    session.flush()
    return person


def change(session: Session, person: Person, known: Particulars) -> None:
    """Take over what is now known of a person. A printed badge still says what it said."""
    for name, value in checked(known).items():
        setattr(person, name, value)
    session.add(person)
    session.flush()


def checked(known: Particulars) -> dict[str, object]:
    """The particulars as columns of a person, tidied. Refused for no name, or a kind nobody has."""
    if known.kind not in KINDS:
        raise Refused(say("There is no such kind of person."))
    if not tidy(known.name):
        raise Refused(say("Type the name in at least one language."))
    values = asdict(known) | {"name": tidy(known.name)}
    return {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
