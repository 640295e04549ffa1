"""People's photos: kept, taken away, found."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.errors import Refused
from expo.registration.models import Person, PersonPhoto
from expo.registration.portrait import NoPortrait, portrait
from expo.registration.services.consenting import give, withdraw
from expo.registration.services.places import refusing


def keep_photo(session: Session, person: Person, data: bytes, *, by: str = "person") -> None:
    """Draw a photo anew and keep it, in place of an earlier one. Sending one is to consent to its use."""
    try:
        content = portrait(data)
    except NoPortrait as wrong:
        raise Refused(wrong.sentence) from None
    values = {"content": content, "digest": sha256(content).hexdigest()[:16], "added_at": now()}
    statement = insert(PersonPhoto).values(person_id=person.id, **values)
    with refusing(session):
        session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    give(session, person, ["photo"], by=by)
    note(session, "changed", "person", person.id, {"photo": "added"}, person.edition_id)


def remove_photo(session: Session, person: Person, *, by: str = "person") -> None:
    """Delete somebody's photo for good, and take the consent to its use back."""
    there = session.get(PersonPhoto, person.id)
    if there:
        session.delete(there)
        session.flush()
        note(session, "changed", "person", person.id, {"photo": "deleted"}, person.edition_id)
    withdraw(session, person, ["photo"], by=by)


def photo_of(session: Session, person_id: int) -> PersonPhoto | None:
    """Somebody's photo."""
    return session.get(PersonPhoto, person_id)


def photo_digests(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Who of these people has a photo: number → digest, which changes with the photo."""
    query = select(PersonPhoto.person_id, PersonPhoto.digest)
    return dict(map(tuple, session.execute(query.where(PersonPhoto.person_id.in_(list(person_ids))))))
