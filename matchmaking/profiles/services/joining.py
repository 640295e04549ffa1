"""How somebody comes to act for a buyer: by an invitation, by their registration, or as an exhibitor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.names import search_name
from expo.exhibitors.services import next_code
from expo.languages import pick
from expo.outbox import services as outbox
from expo.registration.models import CONFIRMED, Person
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.phases import services as phases

Write = Callable[[str, Mapping[str, Any]], tuple[str, str]]
"""(language, what is told) → subject and body."""


@dataclass(frozen=True)
class Claim:
    """A way for somebody to become a buyer: 'buyer' (its contact address is theirs) or 'person' (they are
    registered as a trade buyer); `id` is the row's."""

    kind: str
    id: int
    name: Mapping[str, str]
    country: str


def claims(session: Session, edition: Edition, user_id: int, held: set[int]) -> list[Claim]:
    """What somebody with a confirmed address may take up, beyond the organisations they act for (`held`)."""
    email = session.get_one(User, user_id).email
    buyers = session.execute(
        select(Buyer.id, Organisation.name, Organisation.country, Buyer.organisation_id)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(Buyer.edition_id == edition.id, func.lower(Buyer.contact_email) == email)
        .order_by(Buyer.code)
    ).all()
    found = [Claim("buyer", *row[:3]) for row in buyers if row.organisation_id not in held]
    if buyers or held:
        return found
    people = session.execute(
        select(Person.id, Person.organisation, Person.country)
        .where(Person.edition_id == edition.id, Person.kind == "buyer", Person.state == CONFIRMED)
        .where(func.lower(Person.email) == email, Person.organisation != "", Person.country != "")
        .order_by(Person.id)
    )
    return [Claim("person", row.id, {"en": row.organisation}, row.country) for row in people]


def awaits(session: Session, edition: Edition, user_id: int) -> bool:
    """Whether a registration as a trade buyer under somebody's address awaits the organiser's decision."""
    email = session.get_one(User, user_id).email
    waiting = select(Person.id).where(
        Person.edition_id == edition.id, Person.kind == "buyer", Person.state.in_(("pending", "waiting")),
        func.lower(Person.email) == email,
    )  # fmt: skip
    return session.exec(waiting).first() is not None


def take_over(session: Session, edition: Edition, user_id: int, buyer_id: int) -> Buyer:
    """Act for the buyer whose contact one is. Refused for anybody else's."""
    user = session.get_one(User, user_id)
    buyer = session.exec(
        select(Buyer).where(
            Buyer.id == buyer_id,
            Buyer.edition_id == edition.id,
            func.lower(Buyer.contact_email) == user.email,
        )
    ).one_or_none()
    if buyer is None:
        raise Refused(say("This invitation is for another address than the one you signed in with."))
    accounts.grant(session, user, Role.BUYER, edition.id, buyer.organisation_id)
    return buyer


def join_as_registered(session: Session, edition: Edition, user_id: int, person_id: int) -> Buyer:
    """Become a buyer with one's confirmed registration as a trade buyer.

    The organisation is a new one: nobody takes over a known one by having typed its name. Refused where one
    of that name takes part already, or the registration is not one's own.
    """
    phases.insist(session, edition, "profiles")
    user = session.get_one(User, user_id)
    person = session.exec(
        select(Person).where(
            Person.id == person_id, Person.edition_id == edition.id, Person.kind == "buyer",
            Person.state == CONFIRMED, func.lower(Person.email) == user.email,
        )
    ).one_or_none()  # fmt: skip
    if person is None or not person.organisation or not person.country:
        raise Refused(say("There is no confirmed registration as a trade buyer under your address."))
    given = {"name": {"en": person.organisation}, "country": person.country}
    contact = {"contact_name": pick(person.name, "en"), "contact_email": user.email}
    languages = {"languages": sorted({person.language, "en"})}
    buyer = _new_buyer(session, edition, _new_organisation(session, given), contact | languages)
    accounts.grant(session, user, Role.BUYER, edition.id, buyer.organisation_id)
    return buyer


def also_buy(session: Session, edition: Edition, user_id: int, exhibitor: Exhibitor) -> Buyer:
    """An exhibitor that wants to buy as well, as the same organisation. Refused where it does already, and
    out of phase."""
    phases.insist(session, edition, "profiles")
    if exhibitor.state != "accepted":
        raise Refused(say("This is for exhibitors who are accepted."))
    user = session.get_one(User, user_id)
    contact = {"contact_name": exhibitor.contact_name, "contact_email": exhibitor.contact_email}
    buyer = _new_buyer(session, edition, session.get_one(Organisation, exhibitor.organisation_id), contact)
    accounts.grant(session, user, Role.BUYER, edition.id, buyer.organisation_id)
    return buyer


def invite(
    session: Session, edition: Edition, given: Mapping[str, Any], contact: Mapping[str, str], write: Write
) -> Buyer:
    """A buyer that the organiser invites: a known organisation of that name and country, or a new one. Its
    contact gets a letter, whose link leads to the profile once they signed in under that address."""
    there = select(Organisation).where(
        Organisation.search_name == search_name(given["name"]), Organisation.country == given["country"]
    )
    organisation = session.exec(there).one_or_none() or _new_organisation(session, given)
    spoken = contact["language"]
    told = {"contact_name": contact["name"], "contact_email": contact["email"], "languages": [spoken]}
    buyer = _new_buyer(session, edition, organisation, told)
    subject, body = write(spoken, {"name": contact["name"], "organisation": pick(organisation.name, spoken)})
    outbox.post(session, "buyer.invited", contact["email"], spoken, subject, body, edition.id, True)
    return buyer


def _new_organisation(session: Session, given: Mapping[str, Any]) -> Organisation:
    organisation = Organisation(**given, search_name=search_name(given["name"]))
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        raise Refused(
            say(
                "%(name)s is known here already. Ask the organiser to give you access to it.",
                name=pick(given["name"], "en"),
            )
        ) from None
    return organisation


def _new_buyer(
    session: Session, edition: Edition, organisation: Organisation, given: Mapping[str, Any]
) -> Buyer:
    code = next_code(session, Buyer, edition.id, "BY", 3)
    buyer = Buyer(edition_id=edition.id, organisation_id=organisation.id, code=code, **given)
    try:
        with session.begin_nested():
            session.add(buyer)
    except IntegrityError:
        raise Refused(say("This organisation is among the buyers already.")) from None
    return buyer
