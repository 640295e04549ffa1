"""What people agreed to."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, select

from expo.registration.models import Consent, Person


def consents_of(session: Session, person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The purposes each of these people agrees to now; nobody is missing, who agrees to none has none."""
    wanted = list(person_ids)
    found: dict[int, set[str]] = {person_id: set() for person_id in wanted}
    rows = session.execute(
        select(Consent.person_id, Consent.purpose).where(
            Consent.person_id.in_(wanted), Consent.withdrawn_at.is_(None)
        )
    )
    for person_id, purpose in rows:
        found[person_id].add(purpose)
    return {person_id: frozenset(purposes) for person_id, purposes in found.items()}


def consent_history(session: Session, person: Person) -> Sequence[Consent]:
    """Everything somebody ever agreed to, withdrawn or not, the newest first."""
    return session.exec(
        select(Consent).where(Consent.person_id == person.id).order_by(Consent.id.desc())
    ).all()
