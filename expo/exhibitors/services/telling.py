"""Letters to exhibitors, put into the outbox, where they wait for approval."""

from collections.abc import Callable

from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors import letters
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services.reviewing import readers
from expo.languages import pick
from expo.outbox import services as outbox
from expo.words import Sentence

Write = Callable[[Sentence | str, str], str]
"""Puts a sentence into a language."""


def tell_decision(
    session: Session, edition: Edition, exhibitor: Exhibitor, wanted: str, link: str, write: Write
) -> int:
    """Write to an exhibitor about a decision; how many letters were written."""
    found = readers(session, exhibitor)
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    for address, spoken in found:
        letter = letters.decision(
            wanted,
            pick(organisation.name, spoken),
            pick(edition.name, spoken),
            exhibitor.review_note,
            link,
        )
        _post(session, edition, f"application.{wanted}", (address, spoken), letter, write)
    return len(found)


def tell_of_request(
    session: Session,
    edition: Edition,
    kind: str,
    asker: Exhibitor,
    asked_id: int | None,
    words: str,
    link: str,
    write: Write,
) -> None:
    """Write to who is asked ('partner' or 'pavilion'): to a known exhibitor, else to the address typed."""
    other = session.get_one(Organisation, asker.organisation_id).name
    name: dict[str, str] = {}
    found = [(words, "en")] if "@" in words else []
    if asked_id is not None:
        asked = session.get_one(Exhibitor, asked_id)
        name = session.get_one(Organisation, asked.organisation_id).name
        found = readers(session, asked)
    for address, spoken in found:
        letter = letters.request(
            kind, pick(name, spoken) or words, pick(other, spoken), pick(edition.name, spoken), link
        )
        _post(session, edition, f"request.{kind}", (address, spoken), letter, write)


def _post(
    session: Session,
    edition: Edition,
    kind: str,
    reader: tuple[str, str],
    letter: tuple[Sentence, Sentence],
    write: Write,
) -> None:
    address, spoken = reader
    subject, body = (write(part, spoken) for part in letter)
    outbox.post(session, kind, address, spoken, subject, body, edition_id=edition.id, needs_approval=True)
