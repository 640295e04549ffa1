"""Letters of invitation: asked for, signed with a number, refused, revoked, checked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services.numbering import next_number
from expo.registration.models import CONFIRMED, Person, VisaLetter, VisaSettings
from expo.registration.services.consenting import give
from expo.registration.visa import NAMES, Passport, fresh_code, seal, wrong_with
from expo.words import say

PAGE = 50


def settings_of(session: Session, edition: Edition) -> VisaSettings:
    """The edition's settings; a row of usual ones that is not kept where it has none."""
    return session.get(VisaSettings, edition.id) or VisaSettings(edition_id=edition.id)


def ask(
    session: Session,
    edition: Edition,
    person: Person,
    passport: Passport,
    stay: tuple[date, date],
    language: str,
    key: bytes,
    *,
    by: str = "person",
) -> VisaLetter:
    """Ask for a letter. Refused for who is not confirmed, has one already, or for dates that cannot be."""
    if by == "person" and not settings_of(session, edition).is_open:
        raise Refused(say("Letters of invitation are not given now. Write to the organiser."))
    if person.state != CONFIRMED:
        raise Refused(say("Only who is registered for certain gets a letter of invitation."))
    if wrong := wrong_with(passport, *stay, now().date()):
        raise Refused(wrong)
    code = fresh_code()
    letter = VisaLetter(
        edition_id=edition.id, person_id=person.id, check_code=code, language=language,
        passport=seal(key, passport, code), arrives_on=stay[0], leaves_on=stay[1], asked_by=by,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(letter)
            session.flush()
    except IntegrityError:
        raise Refused(say("You asked for a letter already; there is one at a time.")) from None
    give(session, person, ["visa"], by=by)
    return letter


def sign(session: Session, letter: VisaLetter, by: str) -> None:
    """Sign a letter: it gets the next number of the edition. Refused for what is not to be looked at, and
    where what the passport says is not kept any more."""
    number = next_number(session, VisaLetter, letter.edition_id)
    _hold(session, letter, "asked")
    person = session.get(Person, letter.person_id) if letter.person_id else None
    if person is None or person.state != CONFIRMED:
        raise Refused(say("Only who is registered for certain gets a letter of invitation."))
    if letter.passport is None:
        raise Refused(say("What the passport says is not kept any more. Let the person ask anew."))
    letter.state, letter.number, letter.signed_by = "signed", number, by
    letter.signed_at = letter.decided_at = now()
    _tell(session, letter)


def refuse(session: Session, letter: VisaLetter, reason: str) -> None:
    """Give no letter, with a reason that the person reads. What the passport says is deleted."""
    _hold(session, letter, "asked")
    if not reason.strip():
        raise Refused(say("Type the reason: the person reads it."))
    letter.state, letter.reason, letter.decided_at = "refused", reason.strip()[:500], now()
    letter.passport = None
    _tell(session, letter)


def revoke(session: Session, letter: VisaLetter, reason: str) -> None:
    """Make a signed letter worthless: whoever checks its code reads that."""
    _hold(session, letter, "signed")
    letter.state, letter.reason, letter.decided_at = "revoked", reason.strip()[:500], now()
    letter.passport = None
    _tell(session, letter)


def take_back(session: Session, letter: VisaLetter) -> None:
    """The person does not want it any more."""
    _hold(session, letter, "asked")
    letter.state, letter.passport, letter.decided_at = "taken back", None, now()
    _tell(session, letter)


def end_with(session: Session, person: Person) -> None:
    """Let letters end with the registration they are about: a consul must not read that they are good."""
    for letter in letters_of(session, person):
        if letter.state == "asked":
            take_back(session, letter)
        elif letter.state == "signed":
            revoke(session, letter, "")


def _hold(session: Session, letter: VisaLetter, state: str) -> None:
    session.refresh(letter, with_for_update=True)
    if letter.state != state:
        raise Refused(say("This letter stands at: %(state)s.", state=NAMES[letter.state]))


def _tell(session: Session, letter: VisaLetter) -> None:
    session.add(letter)
    session.flush()
    told = {"state": letter.state, "number": letter.number}
    note(session, "changed", "visa_letter", letter.id, told, letter.edition_id)


def looked_at(session: Session, letter: VisaLetter) -> None:
    """Note that somebody read the passport's data of a letter."""
    note(session, "changed", "visa_letter", letter.id, {"passport": "read"}, letter.edition_id)


def letters_of(session: Session, person: Person) -> Sequence[VisaLetter]:
    """All letters of somebody, the newest first."""
    return session.exec(
        select(VisaLetter).where(VisaLetter.person_id == person.id).order_by(VisaLetter.id.desc())
    ).all()


def letter_of(session: Session, edition: Edition, letter_id: int) -> VisaLetter | None:
    """The edition's letter of that number of a row."""
    return session.exec(
        select(VisaLetter).where(VisaLetter.id == letter_id, VisaLetter.edition_id == edition.id)
    ).one_or_none()


def letter_by_code(session: Session, edition: Edition, code: str) -> VisaLetter | None:
    """The letter that was signed under a code, still good or not."""
    return session.exec(
        select(VisaLetter).where(
            VisaLetter.check_code == code,
            VisaLetter.edition_id == edition.id,
            VisaLetter.number.is_not(None),
        )
    ).one_or_none()


def letters(session: Session, edition: Edition, state: str = "", page: int = 1) -> list:
    """One page of letters, those to be looked at first: (letter, person or None)."""
    query = (
        select(VisaLetter, Person)
        .outerjoin(Person, Person.id == VisaLetter.person_id)
        .where(VisaLetter.edition_id == edition.id)
    )
    if state:
        query = query.where(VisaLetter.state == state)
    query = query.order_by((VisaLetter.state == "asked").desc(), VisaLetter.id.desc())
    return list(session.execute(query.limit(PAGE).offset((page - 1) * PAGE)))


def counts(session: Session, edition: Edition) -> dict[str, int]:
    """How many letters stand at which state."""
    query = select(VisaLetter.state, func.count()).where(VisaLetter.edition_id == edition.id)
    return dict(map(tuple, session.execute(query.group_by(VisaLetter.state))))
