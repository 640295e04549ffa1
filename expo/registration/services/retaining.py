"""What is erased because its time is over."""

from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.registration.keeping import DEFAULTS, days_of
from expo.registration.models import (
    Erasure,
    Person,
    PersonPhoto,
    PrivacySettings,
    RetentionReport,
    VisaLetter,
    VisaSettings,
)
from expo.registration.services.erasing import erase
from expo.registration.services.purposes import settings_of

AT_ONCE = 100
EMPTY_MAIL = text(
    """UPDATE mail SET recipient = '', subject = '', body = '', paper = '{}', error = '', unsubscribe = '',
              state = CASE WHEN state IN ('waiting', 'approved', 'failed') THEN 'discarded' ELSE state END
        WHERE edition_id = :edition AND recipient <> ''"""
)


def over(session: Session) -> list[Edition]:
    """Editions that ended long enough ago for something of theirs to be due.

    Only those whose organiser set how long data are kept: nothing is erased because of figures nobody chose.
    """
    today = now().date()
    kept = {row.edition_id: row.keep_days for row in session.exec(select(PrivacySettings)) if row.keep_days}
    visas = {row.edition_id: row.keep_days for row in session.exec(select(VisaSettings))}
    chosen = list({*kept, *visas})
    ended = session.exec(select(Edition).where(Edition.ends_on < today, Edition.id.in_(chosen))).all()
    return [
        edition
        for edition in ended
        if edition.ends_on + timedelta(days=_first(kept.get(edition.id), visas.get(edition.id))) < today
    ]


def _first(kept: dict[str, int] | None, visa: int | None) -> int:
    days = [days_of(kept, kind) for kind in DEFAULTS] if kept else []
    return min(days if visa is None else [*days, visa])


def retain(session: Session, edition: Edition) -> dict[str, int]:
    """Erase what is due of an edition, at most so many people at once; how many rows of each kind."""
    today = now().date()
    kept = settings_of(session, edition).keep_days
    visa = session.get(VisaSettings, edition.id) or VisaSettings(edition_id=edition.id)
    done: dict[str, int] = {}

    def is_due(days: int) -> bool:
        return edition.ends_on + timedelta(days=days) < today

    people = select(Person.id).where(Person.edition_id == edition.id)
    if is_due(visa.keep_days):
        done["passport"] = _forget_passports(session, edition, visa.keep_days)
    if kept and is_due(days_of(kept, "photo")):
        gone = session.execute(delete(PersonPhoto).where(PersonPhoto.person_id.in_(people)))
        done["photo"] = gone.rowcount
    if kept and is_due(days_of(kept, "mail")):
        done["mail"] = session.execute(EMPTY_MAIL, {"edition": edition.id}).rowcount
    if kept and is_due(days_of(kept, "registration")):
        done["registration"] = _erase_people(session, edition)
    done = {kind: count for kind, count in done.items() if count}
    session.add_all(RetentionReport(edition_id=edition.id, kind=k, count=c) for k, c in done.items())
    session.flush()
    return done


def _forget_passports(session: Session, edition: Edition, days: int) -> int:
    """Who asked late, say for an event that comes again, has the letter for as many days."""
    rows = session.exec(
        select(VisaLetter)
        .where(VisaLetter.edition_id == edition.id, VisaLetter.passport.is_not(None))
        .where(VisaLetter.asked_at < now() - timedelta(days=days))
    ).all()
    for row in rows:
        row.passport = None
        session.add(row)
    return len(rows)


def _erase_people(session: Session, edition: Edition) -> int:
    done = select(Erasure.person_id).where(Erasure.edition_id == edition.id, Erasure.done_at.is_not(None))
    rows = session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, Person.id.not_in(done))
        .order_by(Person.id)
        .limit(AT_ONCE)
    ).all()
    for person in rows:
        erase(session, edition, person, "retention", "")
    return len(rows)


def reports(session: Session, edition: Edition, most: int = 50) -> list[RetentionReport]:
    """What was erased in time, the newest first."""
    return list(
        session.exec(
            select(RetentionReport)
            .where(RetentionReport.edition_id == edition.id)
            .order_by(RetentionReport.id.desc())
            .limit(most)
        )
    )
