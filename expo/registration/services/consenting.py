"""Consent given and withdrawn, purpose by purpose."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from expo.audit.services import note
from expo.clock import now
from expo.errors import Refused
from expo.registration.models import Consent, Person
from expo.registration.models.consents import PURPOSES
from expo.words import say


def give(
    session: Session,
    person: Person,
    purposes: Iterable[str],
    *,
    by: str = "person",
    version: int = 0,
    language: str = "",
) -> None:
    """Note that somebody agrees to these purposes; what was agreed to before stays as it was."""
    wanted = _known(purposes)
    if not wanted:
        return
    moment = now()
    rows = [
        {
            "person_id": person.id,
            "purpose": purpose,
            "version": version,
            "language": language or person.language,
            "by": by,
            "given_at": moment,
        }
        for purpose in wanted
    ]
    fresh = session.execute(
        insert(Consent).values(rows).on_conflict_do_nothing().returning(Consent.purpose)
    ).scalars()
    if told := sorted(fresh):
        note(session, "created", "consent", person.code, {"purposes": told, "by": by}, person.edition_id)


def withdraw(session: Session, person: Person, purposes: Iterable[str], *, by: str = "person") -> None:
    """Note that somebody no longer agrees to these purposes; for what was never given, nothing happens."""
    gone = session.execute(
        update(Consent)
        .where(
            Consent.person_id == person.id,
            Consent.purpose.in_(_known(purposes)),
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
        .returning(Consent.purpose)
        .execution_options(synchronize_session="fetch")
    ).scalars()
    if told := sorted(gone):
        note(session, "withdrawn", "consent", person.code, {"purposes": told, "by": by}, person.edition_id)


def _known(purposes: Iterable[str]) -> list[str]:
    wanted = sorted(set(purposes))
    if not set(wanted) <= set(PURPOSES):
        raise Refused(say("Nobody is asked for consent to such a purpose."))
    return wanted
