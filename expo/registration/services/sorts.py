"""The organiser's side of sorts of registration: made, changed, put in order, counted together by quotas."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import pick
from expo.registration.models import Person, Quota, QuotaTicket, Ticket
from expo.registration.services.places import Full, refusing, take_queue
from expo.words import say

FIELDS = (
    "kind", "name", "text", "opens_at", "closes_at", "places", "needs_approval", "invitation_only",
    "one_per_email", "keeps_list", "is_offered",
)  # fmt: skip
TAKEN = say(
    "More places than that are given out or kept aside already. Cancel registrations or close codes first."
)
LARGEST = 10_000_000


def code_from(text: str, taken: Collection[str], usual: str) -> str:
    """A short code for a name: Latin letters and digits of it, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-") or usual
    codes = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)


def save_ticket(
    session: Session, edition: Edition, ticket: Ticket | None, values: Mapping[str, Any]
) -> Ticket:
    """Keep a sort (None: a new one, the last). Refused for fewer places than are taken, and where an
    address is to count once that several registered with. Its people become of its kind."""
    take_queue(session, edition)
    _check(values)
    if ticket is None:
        every = session.exec(select(Ticket.code).where(Ticket.edition_id == edition.id)).all()
        code = code_from(pick(values["name"], "en"), every, "sort")
        ticket = Ticket(edition_id=edition.id, code=code, position=len(every) + 1, kind=values["kind"])
    else:
        session.refresh(ticket, with_for_update=True)
    was = (ticket.kind, ticket.one_per_email)
    try:
        with refusing(session):
            for name in FIELDS:
                setattr(ticket, name, values[name])
            session.add(ticket)
            session.flush()
            if ticket.id and was[0] != ticket.kind:
                session.execute(update(Person).where(Person.ticket_id == ticket.id).values(kind=ticket.kind))
            if was[1] != ticket.one_per_email:  # the trigger looks at every address anew
                session.execute(update(Person).where(Person.ticket_id == ticket.id).values(email_key=None))
    except Full:
        raise Refused(TAKEN) from None
    return ticket


def _check(values: Mapping[str, Any]) -> None:
    opens, closes = values["opens_at"], values["closes_at"]
    if opens and closes and opens >= closes:
        raise Refused(say("Registration opens before it closes."))
    if values["places"] is not None and not 0 <= values["places"] <= LARGEST:
        raise Refused(say("Between 0 and %(count)s places.", count=LARGEST))


def remove_ticket(session: Session, edition: Edition, ticket: Ticket) -> None:
    """Delete a sort that nobody registered for. Refused for one with people: take it off the page instead."""
    take_queue(session, edition)
    people = session.exec(select(func.count()).select_from(Person).where(Person.ticket_id == ticket.id)).one()
    if people:
        raise Refused(
            say(
                "%(count)s people registered for it. It can be taken off the page instead.",
                count=people,
            )
        )
    session.delete(ticket)
    session.flush()


def order(session: Session, edition: Edition, codes: Sequence[str]) -> None:
    """Put the sorts into the order of these codes; those not named come after them."""
    places = {code: position for position, code in enumerate(codes, start=1)}
    for ticket in session.exec(select(Ticket).where(Ticket.edition_id == edition.id)).all():
        ticket.position = places.get(ticket.code, len(places) + 1)
        session.add(ticket)
    session.flush()


def save_quota(
    session: Session,
    edition: Edition,
    quota: Quota | None,
    name: str,
    places: int,
    ticket_ids: Collection[int],
) -> Quota:
    """Keep a limit over several sorts. Refused where more places are taken of them than it allows."""
    take_queue(session, edition)
    if not 0 <= places <= LARGEST:
        raise Refused(say("Between 0 and %(count)s places.", count=LARGEST))
    known = set(session.exec(select(Ticket.id).where(Ticket.edition_id == edition.id)))
    wanted = set(ticket_ids) & known
    if not wanted:
        raise Refused(say("Choose the sorts that are counted together."))
    if quota is None:
        every = session.exec(select(Quota.code).where(Quota.edition_id == edition.id)).all()
        quota = Quota(edition_id=edition.id, code=code_from(name, every, "quota"), name=name, places=places)
    try:
        with refusing(session):
            _link(session, quota, name, places, wanted)
    except Full:
        raise Refused(TAKEN) from None
    return quota


def _link(session: Session, quota: Quota, name: str, places: int, wanted: set[int]) -> None:
    there: set[int] = set()
    if quota.id is not None:
        there = set(session.exec(select(QuotaTicket.ticket_id).where(QuotaTicket.quota_id == quota.id)))
        session.execute(
            delete(QuotaTicket).where(
                QuotaTicket.quota_id == quota.id, QuotaTicket.ticket_id.in_(there - wanted)
            )
        )
        session.refresh(quota)
    quota.name, quota.places = name, places
    session.add(quota)
    session.flush()
    for ticket_id in sorted(wanted - there):
        session.add(QuotaTicket(quota_id=quota.id, ticket_id=ticket_id))
    session.flush()
    session.refresh(quota)


def remove_quota(session: Session, edition: Edition, quota: Quota) -> None:
    """Count these sorts together no more."""
    take_queue(session, edition)
    session.delete(quota)
    session.flush()


def quota_by_code(session: Session, edition: Edition, code: str) -> Quota | None:
    """The edition's quota of that code."""
    return session.exec(select(Quota).where(Quota.edition_id == edition.id, Quota.code == code)).one_or_none()
