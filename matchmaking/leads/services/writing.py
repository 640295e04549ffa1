"""Letters to those an exhibitor met: written by it, sent through the outbox to those who agreed."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import hold
from expo.languages import LANGUAGES, pick, tidy
from expo.outbox import services as outbox
from expo.outbox.models import Mail
from expo.registration import services as registration
from expo.registration.models import Person
from expo.words import say
from matchmaking.leads.letters import filled, unknown_places
from matchmaking.leads.models import Lead, LeadLetter, LeadMail, contact

MOST_LETTERS = 20
MOST_A_DAY = 500
MOST_A_LEAD = 3
LEAST_APART = timedelta(hours=20)
LONGEST_SUBJECT, LONGEST_BODY = 150, 5000


@dataclass(frozen=True)
class Sending:
    """A letter to somebody, as it goes out: in their language, or the one that comes nearest."""

    lead_id: int
    number: int
    recipient: str
    language: str
    subject: str
    body: str
    unsubscribe: str


def save_letter(
    session: Session,
    exhibitor: Exhibitor,
    letter: LeadLetter | None,
    name: str,
    subject: dict[str, str],
    body: dict[str, str],
) -> LeadLetter:
    """Write a letter, or write it anew. A letter that went out stays as it was: copy it instead."""
    subject, body = tidy(subject), tidy(body)
    if not name or not subject or set(subject) != set(body):
        raise Refused(say("A letter needs a name, and in each of its languages both a subject and a text."))
    odd = sorted({place for text in (*subject.values(), *body.values()) for place in unknown_places(text)})
    if odd:
        raise Refused(say("Nothing can be filled in for: %(places)s.", places=[f"{{{one}}}" for one in odd]))
    mine = session.exec(select(LeadLetter).where(LeadLetter.exhibitor_id == exhibitor.id)).all()
    if any(one.name == name and one is not letter for one in mine):
        raise Refused(say("You have a letter of this name already."))
    if letter is None and len(mine) >= MOST_LETTERS:
        raise Refused(say("%(most)s letters are enough; change or delete one of them.", most=MOST_LETTERS))
    if letter is not None and sent_count(session, letter):
        raise Refused(say("This letter went out already and stays as it was. Write a new one."))
    letter = letter or LeadLetter(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, name=name)
    letter.name, letter.subject, letter.body = name, subject, body
    session.add(letter)
    session.flush()
    return letter


def delete_letter(session: Session, letter: LeadLetter) -> None:
    """Delete a letter that nobody got."""
    if sent_count(session, letter):
        raise Refused(say("This letter went out already; it stays, as a record of what was written."))
    session.delete(letter)
    session.flush()


def sent_count(session: Session, letter: LeadLetter) -> int:
    """How many people got it."""
    return session.exec(
        select(func.count()).select_from(LeadMail).where(LeadMail.letter_id == letter.id)
    ).one()


def recipients(session: Session, exhibitor: Exhibitor, letter: LeadLetter, lead_ids: Sequence[int]) -> list:
    """Who of these leads may get the letter now, the earliest met first: they agreed, have an address, did
    not get it before, want letters, and had fewer than three, none of them today."""
    had = select(func.count(), func.max(LeadMail.at)).where(LeadMail.lead_id == Lead.id).subquery().lateral()
    got = select(LeadMail.id).where(LeadMail.lead_id == Lead.id, LeadMail.letter_id == letter.id)
    return list(
        session.execute(
            select(Lead.id, Lead.number, contact.c.name, contact.c.email, contact.c.language)
            .join(contact, (contact.c.lead_id == Lead.id) & (contact.c.exhibitor_id == Lead.exhibitor_id))
            .join(had, had.c[0] >= 0)
            .where(
                Lead.exhibitor_id == exhibitor.id,
                Lead.id.in_(lead_ids),
                Lead.muted_at.is_(None),
                contact.c.consented,
                contact.c.email != "",
                ~got.exists(),
                had.c[0] < MOST_A_LEAD,
                func.coalesce(had.c[1] < now() - LEAST_APART, True),
            )
            .order_by(Lead.number)
        )
    )


def drafts(
    session: Session,
    exhibitor: Exhibitor,
    letter: LeadLetter,
    lead_ids: Sequence[int],
    values: Mapping[str, Mapping[str, str]],
    close: Callable[[int, str], str],
    stop: Callable[[int], str],
) -> list[Sending]:
    """The letters as they would go out. `values` fill the places of each language; `close` gives a lead's
    foot in a language, `stop` the address that ends its letters."""
    found = []
    for row in recipients(session, exhibitor, letter, lead_ids):
        language = next(one for one in (row.language, "en", *LANGUAGES) if one in letter.subject)
        told = {**values[language], "name": pick(row.name or {}, language)}
        body = f"{filled(letter.body[language], told)}\n\n-- \n{close(row.id, language)}"
        subject = filled(letter.subject[language], told)
        found.append(Sending(row.id, row.number, row.email, language, subject, body, stop(row.id)))
    return found


def send(
    session: Session,
    edition: Edition,
    exhibitor: Exhibitor,
    letter: LeadLetter,
    ready: Sequence[Sending],
    answer_to: str = "",
) -> int:
    """Put the letters into the outbox; how many. Two who press at once send each letter once, and of two
    letters no more than people may get. Answers go to `answer_to`."""
    hold(session, exhibitor)
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who take part write to visitors."))
    still = {row.id for row in recipients(session, exhibitor, letter, [one.lead_id for one in ready])}
    ready = [one for one in ready if one.lead_id in still]
    today = session.exec(
        select(func.count())
        .select_from(LeadMail)
        .where(LeadMail.exhibitor_id == exhibitor.id, LeadMail.at > now() - timedelta(days=1))
    ).one()
    if today + len(ready) > MOST_A_DAY:
        raise Refused(
            say(
                "An exhibitor sends at most %(most)s letters a day; %(left)s are left. Choose fewer leads.",
                most=MOST_A_DAY,
                left=max(0, MOST_A_DAY - today),
            )
        )
    for one in ready:
        mail = outbox.post(
            session, "leads.letter", one.recipient, one.language, one.subject, one.body, edition.id,
            reply_to=answer_to, unsubscribe=one.unsubscribe,
        )  # fmt: skip
        session.add(
            LeadMail(lead_id=one.lead_id, exhibitor_id=exhibitor.id, letter_id=letter.id, mail_id=mail.id)
        )
    session.flush()
    return len(ready)


def mute(session: Session, lead: Lead) -> None:
    """Send this visitor nothing more of this exhibitor, what waits in the outbox included."""
    session.refresh(lead, with_for_update=True)
    lead.muted_at = lead.muted_at or now()
    _stop_waiting(session, lead)
    session.flush()


def _stop_waiting(session: Session, lead: Lead) -> None:
    """Discard what waits for this visitor; what is on its way cannot be called back."""
    waiting = select(Mail).join(LeadMail, LeadMail.mail_id == Mail.id).where(LeadMail.lead_id == lead.id)
    for mail in session.exec(waiting.where(Mail.state.in_(("waiting", "approved")))).all():
        with suppress(Refused):
            outbox.discard(session, mail)


def withdraw_consent(session: Session, lead: Lead) -> None:
    """Take back for all exhibitors what was agreed to at registration: none of them sees anything more."""
    person = session.get(Person, lead.person_id) if lead.person_id else None
    if person is not None:
        registration.withdraw(session, person, ["leads"])
