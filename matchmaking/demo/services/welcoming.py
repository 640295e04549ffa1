"""Accounts for those who try the reference edition, each with a password drawn for this installation."""

import secrets

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.allocation.services import stand_of
from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Wish
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.demo.edition import CODE
from matchmaking.meetings.models import Meeting

LEAST_AREA_M2, LEAST_WISHES, MOST_LOOKED_AT = 36, 3, 40


def welcome(session: Session) -> list[dict[str, str]]:
    """Make one person for each role that has pages; answers role, e-mail and password of each.

    Refused without the reference edition, or where one of the addresses has an account already.
    """
    edition = edition_by_code(session, CODE)
    if edition is None:
        raise Refused(say("There is no edition %(code)s.", code=CODE))
    guests = {
        Role.ORGANISER: None,
        Role.EXHIBITOR: telling_exhibitor(session, edition),
        Role.BUYER: busy_buyer(session, edition),
        Role.GATE: None,
        Role.FINANCE: None,
        Role.AUDITOR: None,
    }
    made = []
    for role, party in guests.items():
        email, password = f"{role.value}@demo.example", secrets.token_urlsafe(9)
        name = party.contact_name if party else f"Demo {role.value.capitalize()}"
        user = accounts.create_user(session, email, name, password)
        accounts.grant(session, user, role, edition.id, party.organisation_id if party else None)
        made.append({"role": role.value, "email": email, "password": password})
    return made


def telling_exhibitor(session: Session, edition: Edition) -> Exhibitor | None:
    """One whose portal has something to tell: a large stand, several wishes, some met and some not."""
    wishes = select(func.count()).where(Wish.exhibitor_id == Exhibitor.id).scalar_subquery()
    found = session.exec(
        select(Exhibitor)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.lead_id.is_(None))
        .order_by(
            (wishes >= LEAST_WISHES).desc(), (Exhibitor.area_m2 >= LEAST_AREA_M2).desc(), Exhibitor.code
        )
        .limit(MOST_LOOKED_AT)
    ).all()
    for exhibitor in found:
        place = stand_of(session, exhibitor)
        if place and place.explanation and len({wish.met for wish in place.explanation.wishes}) == 2:
            return exhibitor
    return found[0] if found else None


def busy_buyer(session: Session, edition: Edition) -> Buyer | None:
    """The one with the most meetings."""
    meetings = select(func.count()).where(Meeting.buyer_id == Buyer.id).scalar_subquery()
    return session.exec(
        select(Buyer).where(Buyer.edition_id == edition.id).order_by(meetings.desc(), Buyer.code)
    ).first()
