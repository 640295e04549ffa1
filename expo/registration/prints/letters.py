"""Letters of registration put into the outbox, in the reader's language, with badge and calendar."""

from typing import Any

from flask import current_app, g, has_request_context
from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.papers import paper
from expo.outbox.smtp import smtp_of
from expo.registration.calendar import Entry, calendar
from expo.registration.kinds import NAMES as KINDS
from expo.registration.letters import REASON, WITH_REASON, letter
from expo.registration.models import CONFIRMED, Person, Ticket
from expo.registration.services.linking import fresh_link
from expo.web import words
from expo.web.language import as_datetime, speaking
from expo.web.security import site_address
from expo.words import Sentence


def write(session: Session, edition: Edition, person: Person, kind: str, reason: str = "") -> None:
    """Post a letter of that kind to somebody with a fresh secret link; nothing without an address.

    It ends with the `reason`, or the one noted with the registration where the letter is about that.
    """
    if not person.email:
        return
    secret = fresh_link(session, person, is_mailed=True)
    before = g.get("edition")
    g.edition = edition  # times are those of the venue
    try:
        with speaking(person.language):
            subject, body = letter(kind, _values(session, edition, person, secret))
            text = words(body)
            if why := reason or (person.reason if kind in WITH_REASON else ""):
                text += "\n\n" + words(Sentence(REASON.message, {"reason": why}))
            outbox.post(
                session, f"registration.{kind}", person.email, person.language, words(subject),
                f"{text}\n\n{pick(edition.name, person.language)}",
                edition_id=edition.id, paper=_papers(person) if kind == "confirmed" else None,
            )  # fmt: skip
    finally:
        g.edition = before


def tell(session: Session, edition: Edition, person: Person) -> None:
    """Write somebody where they stand now."""
    kind = "offer" if person.offered_until else person.state
    write(session, edition, person, kind)


def send(session: Session, edition: Edition) -> None:
    """Let the outbox send what was posted."""
    outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)


def own_address(edition: Edition, secret: str) -> str:
    """Where somebody's own page is."""
    settings = current_app.extensions["expo_settings"]
    site = site_address() if has_request_context() else (settings.site_url or "").rstrip("/")
    return f"{site}/{edition.code}/registration/{secret}"


def _values(session: Session, edition: Edition, person: Person, secret: str) -> dict[str, Any]:
    spoken = person.language
    ticket = session.get(Ticket, person.ticket_id) if person.ticket_id else None
    return {
        "edition": pick(edition.name, spoken),
        "name": pick(person.name, spoken),
        "sort": pick(ticket.name, spoken) if ticket else words(KINDS[person.kind]),
        "code": person.code,
        "link": own_address(edition, secret),
        "until": as_datetime(person.offered_until),
    }


def _papers(person: Person) -> dict[str, Any]:
    return {
        "kind": "badge",
        "person_id": person.id,
        "also": [{"kind": "registration.calendar", "person_id": person.id}],
    }


@paper("registration.calendar")
def calendar_file(session: Session, wanted: dict[str, Any]) -> tuple[str, bytes]:
    """The days of the edition somebody registered for, as a file for their calendar."""
    person = session.get_one(Person, wanted["person_id"])
    edition = session.get_one(Edition, person.edition_id)
    return f"{edition.code}.ics", calendar_of(edition, person)


def calendar_of(edition: Edition, person: Person) -> bytes:
    """The edition's days for the calendar of one who registered."""
    spoken = person.language
    place = ", ".join(filter(None, (pick(edition.venue_name, spoken), pick(edition.city, spoken))))
    site = (current_app.extensions["expo_settings"].site_url or "").rstrip("/")
    entry = Entry(
        uid=f"{edition.code}-{person.code}@registration",
        title=pick(edition.name, spoken),
        place=place,
        text=f"{pick(person.name, spoken)} · {person.code}",
        url=f"{site}/{edition.code}/" if site else "",
        first=edition.starts_on,
        last=edition.ends_on,
        changed_at=person.decided_at or person.registered_at,
        is_cancelled=person.state != CONFIRMED,
    )
    return calendar(entry, spoken)
