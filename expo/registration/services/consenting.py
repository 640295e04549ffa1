"""Consent given and withdrawn, purpose by purpose."""

from collections.abc import Iterable

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.errors import Refused
from expo.registration.models import Consent, Person, PurposeText
from expo.registration.models.consents import PURPOSES
from expo.words import say


def give(
    session: Session,
    person: Person,
    purposes: Iterable[str],
    *,
    by: str = "person",
    version: int | None = None,
    language: str = "",
) -> None:
    """Note that somebody agrees to these purposes, in the words of today unless a version is named.

    What was agreed to before stays as it was.
    """
    wanted = _known(purposes)
    if not wanted:
        return
    versions = _versions(session, person) if version is None else dict.fromkeys(wanted, version)
    moment = now()
    rows = [
        {
            "person_id": person.id,
            "purpose": purpose,
            "version": versions.get(purpose, 0),
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


def _versions(session: Session, person: Person) -> dict[str, int]:
    query = select(PurposeText.purpose, func.max(PurposeText.version))
    rows = session.execute(
        query.where(PurposeText.edition_id == person.edition_id).group_by(PurposeText.purpose)
    )
    return dict(map(tuple, rows))


def withdraw(session: Session, person: Person, purposes: Iterable[str], *, by: str = "person") -> None:
    """Note that somebody no longer agrees to these purposes; for what was never given, nothing happens."""
    gone = session.execute(
        update(Consent)
        .where(
            Consent.person_id == person.id,
            Consent.purpose.in_(_known(purposes)),
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=func.greatest(Consent.given_at, now()))
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
