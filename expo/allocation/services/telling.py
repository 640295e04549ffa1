"""Who is to be written to about a version of the plan: those whom it changes something for, once."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.allocation.comparing import KEPT, compared
from expo.allocation.models import AllocationLetter, Publication
from expo.clock import now
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services import readers
from expo.outbox.models import Mail
from expo.words import say


@dataclass(frozen=True)
class Told:
    """A letter: to whom, what changed (placed, moved or lost), the stands now and those told before."""

    exhibitor_id: int
    code: str
    name: dict[str, str]
    contact: str
    kind: str
    stands: tuple[str, ...]
    former: tuple[str, ...]


def affected(session: Session, version: Publication) -> list[Told]:
    """Those for whom the version differs from the last letter they got, by code; written ones left out.

    Who never got a letter was told of no place. So a version that was published but never written about is
    made good by the next one, and who is back where the last letter put it is left in peace.
    """
    last = _told_before(session, version)
    done = set(
        session.execute(
            select(AllocationLetter.exhibitor_id).where(AllocationLetter.publication_id == version.id)
        ).scalars()
    )
    people = _people(session, version.edition_id)
    before = {code: last[number] for code, (number, _name, _contact) in people.items() if number in last}
    after = {code: stands for code, stands in version.placements.items() if code in people}
    return [
        Told(number, change.code, name, contact, change.kind, change.after, change.before)
        for change in compared(before, after)
        if change.kind != KEPT
        for number, name, contact in [people[change.code]]
        if number not in done
    ]


def _told_before(session: Session, version: Publication) -> dict[int, list[str]]:
    """Exhibitor → the stands in the last letter before this version."""
    rows = session.execute(
        select(AllocationLetter.exhibitor_id, AllocationLetter.stands)
        .join(Publication, Publication.id == AllocationLetter.publication_id)
        .where(Publication.edition_id == version.edition_id, Publication.number < version.number)
        .order_by(Publication.number)
    )
    return dict(map(tuple, rows))  # the later letter wins


def _people(session: Session, edition_id: int) -> Mapping[str, tuple[int, dict[str, str], str]]:
    rows = session.execute(
        select(Exhibitor.code, Exhibitor.id, Organisation.name, Exhibitor.contact_name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition_id)
    )
    return {code: (number, name, contact) for code, number, name, contact in rows}


def refuse_overtaken(session: Session, version: Publication) -> None:
    """Only the newest version is written about: an older one no longer holds."""
    newest = session.execute(
        select(Publication.number)
        .where(Publication.edition_id == version.edition_id)
        .order_by(Publication.number.desc())
        .limit(1)
    ).scalar()
    if newest != version.number:
        raise Refused(
            say(
                "Version %(old)s no longer holds; write about version %(new)s.",
                old=version.number,
                new=newest,
            )
        )


def address_of(session: Session, told: Told) -> tuple[str, str]:
    """The address the letter goes to (empty where there is none) and the language it is in."""
    found = readers(session, session.get_one(Exhibitor, told.exhibitor_id))
    return found[0] if found else ("", "en")


def keep_letter(session: Session, version: Publication, told: Told, language: str) -> int | None:
    """Note that the letter is written; None when it was before, whoever asked."""
    made = (
        insert(AllocationLetter)
        .values(
            edition_id=version.edition_id, publication_id=version.id, exhibitor_id=told.exhibitor_id,
            kind=told.kind, stands=list(told.stands), former=list(told.former), language=language,
            at=now(),
        )
        .on_conflict_do_nothing()
        .returning(AllocationLetter.id)
    )  # fmt: skip
    return session.execute(made).scalar()


def mailed(session: Session, letter_id: int, mail: Mail) -> None:
    """Tie a letter to its mail."""
    session.get_one(AllocationLetter, letter_id).mail_id = mail.id
    session.flush()


def letter_of_exhibitor(
    session: Session, exhibitor: Exhibitor, version_number: int | None = None
) -> tuple[Publication, Told, str] | None:
    """The letter an exhibitor got about a version (the last one by default), and its language."""
    query = (
        select(AllocationLetter, Publication, Organisation.name)
        .join(Publication, Publication.id == AllocationLetter.publication_id)
        .join(Exhibitor, Exhibitor.id == AllocationLetter.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(AllocationLetter.exhibitor_id == exhibitor.id)
        .order_by(Publication.number.desc())
        .limit(1)
    )
    if version_number is not None:
        query = query.where(Publication.number == version_number)
    row = session.execute(query).first()
    if row is None:
        return None
    letter, version, name = row
    told = Told(
        exhibitor.id, exhibitor.code, name, exhibitor.contact_name, letter.kind, tuple(letter.stands),
        tuple(letter.former),
    )  # fmt: skip
    return version, told, letter.language
