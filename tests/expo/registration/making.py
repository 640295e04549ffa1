"""Makers for tests of registration."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.registration.models import Person, Quota, Ticket
from expo.registration.services import Particulars, inviting, questioning, settings, sorts
from expo.registration.services.enrolling import Application, enrol, tickets

TICKET = {
    "kind": "visitor", "name": {"en": "Visitor"}, "text": {}, "opens_at": None, "closes_at": None,
    "places": None, "needs_approval": False, "invitation_only": False, "one_per_email": False,
    "keeps_list": True,
    "is_offered": True,
}  # fmt: skip
QUESTION = {
    "kind": "text", "text": {"en": "Why?"}, "hint": {}, "is_required": False, "least": None, "most": None,
    "on_list": False, "on_badge": False,
}  # fmt: skip


def open_registration(session: Session, edition: Edition, **given) -> None:
    values = {"is_open": True, "text": {}, "offer_hours": 48} | given
    settings.save_settings(session, edition, values)


def a_ticket(session: Session, edition: Edition, **given) -> Ticket:
    return sorts.save_ticket(session, edition, None, TICKET | given)


def a_quota(session: Session, edition: Edition, places: int, *tickets: Ticket) -> Quota:
    return sorts.save_quota(session, edition, None, "Together", places, [one.id for one in tickets])


def a_question(session: Session, edition: Edition, options=(), asked_for=(), **given):
    rows = [{"en": text} for text in options]
    ids = [one.id for one in asked_for] or every(session, edition)
    return questioning.save_question(session, edition, None, QUESTION | given, rows, ids)


def every(session: Session, edition: Edition) -> list[int]:
    return [one.id for one in tickets(session, edition)]


def a_code(session: Session, edition: Edition, **given):
    return inviting.make(session, edition, {"uses": 1} | given)[0]


def somebody(session: Session, edition: Edition, ticket: Ticket, name: str = "Anna", **given) -> Person:
    known = Particulars("visitor", {"en": name}, email=given.pop("email", f"{name.lower()}@example.org"))
    return enrol(session, edition, ticket, Application(known, **given))[0]
