"""Accounts for those who try the reference edition, each with a password drawn for this installation."""

import secrets

from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.demo.edition import CODE


def welcome(session: Session) -> list[dict[str, str]]:
    """Make an organiser, an exhibitor and a buyer; answers their role, e-mail and password.

    Refused without the reference edition, or where one of the addresses has an account already.
    """
    edition = edition_by_code(session, CODE)
    if edition is None:
        raise Refused(say("There is no edition %(code)s.", code=CODE))
    exhibitor = select(Exhibitor).where(Exhibitor.edition_id == edition.id, Exhibitor.lead_id.is_(None))
    buyer = select(Buyer).where(Buyer.edition_id == edition.id)
    guests = (
        (Role.ORGANISER, None),
        (Role.EXHIBITOR, session.exec(exhibitor.order_by(Exhibitor.code)).first()),
        (Role.BUYER, session.exec(buyer.order_by(Buyer.code)).first()),
    )
    made = []
    for role, party in guests:
        email, password = f"{role.value}@demo.example", secrets.token_urlsafe(9)
        name = party.contact_name if party else "Demo Organiser"
        user = accounts.create_user(session, email, name, password)
        accounts.grant(session, user, role, edition.id, party.organisation_id if party else None)
        made.append({"role": role.value, "email": email, "password": password})
    return made
