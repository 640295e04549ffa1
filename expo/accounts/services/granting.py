"""Roles: who holds which, where and for whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import column, table, text
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import OF_ORGANISATIONS, Role
from expo.errors import Refused
from expo.words import say

# Rooms above this one own these tables; a grant points at their rows, and a list of grants shows their names.
EDITION = table("edition", column("id"), column("code"), column("name"), column("starts_on"))
ORGANISATION = table("organisation", column("id"), column("name"))
TABLE_OF_CODES = {Role.EXHIBITOR: "exhibitor", Role.BUYER: "buyer"}


def grant(
    session: Session, user: User, role: Role, edition_id: int | None, organisation_id: int | None = None
) -> Grant:
    """Give a role: in one edition or (None) in all, for one organisation or for the house itself."""
    if organisation_id is not None and role not in OF_ORGANISATIONS:
        raise Refused(say("Only exhibitors and buyers act for an organisation."))
    there = select(Grant.id).where(Grant.user_id == user.id, Grant.role == role)
    there = there.where(Grant.edition_id.is_not_distinct_from(edition_id))
    if session.exec(there.where(Grant.organisation_id.is_not_distinct_from(organisation_id))).first():
        raise Refused(say("%(email)s has this role already.", email=user.email))
    given = Grant(user_id=user.id, role=role.value, edition_id=edition_id, organisation_id=organisation_id)
    session.add(given)
    session.flush()
    return given


def revoke(session: Session, given: Grant) -> None:
    """Take a role back. An edition keeps at least one organiser."""
    if given.role == Role.ORGANISER and given.edition_id is not None:
        others = select(Grant.id).where(Grant.edition_id == given.edition_id, Grant.role == Role.ORGANISER)
        if len(session.exec(others.order_by(Grant.id).with_for_update()).all()) < 2:  # two may leave at once
            raise Refused(say("This is the last organiser of the edition. Name another one first."))
    session.delete(given)
    session.flush()


def grant_of(session: Session, edition_id: int, grant_id: int) -> Grant | None:
    """The edition's grant of that number."""
    return session.exec(
        select(Grant).where(Grant.id == grant_id, Grant.edition_id == edition_id)
    ).one_or_none()


def grants(session: Session, edition_id: int) -> Sequence[Any]:
    """Who holds which role in an edition: id, role, name, email, organisation (a language map or None)."""
    return session.execute(
        select(Grant.id, Grant.role, User.name, User.email, ORGANISATION.c.name.label("organisation"))
        .join(User, User.id == Grant.user_id)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == Grant.organisation_id)
        .where(Grant.edition_id == edition_id)
        .order_by(Grant.role, User.name, Grant.id)
    ).all()


def doors_of(session: Session, user_id: int) -> Sequence[Any]:
    """The roles of one person: role, edition code and name (None: all editions), organisation."""
    return session.execute(
        select(
            Grant.role,
            EDITION.c.code,
            EDITION.c.name.label("edition"),
            ORGANISATION.c.name.label("organisation"),
        )
        .outerjoin(EDITION, EDITION.c.id == Grant.edition_id)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == Grant.organisation_id)
        .where(Grant.user_id == user_id)
        .order_by(EDITION.c.starts_on.desc().nulls_first(), Grant.role, Grant.id)
    ).all()


def organisation_by_code(session: Session, edition_id: int, role: Role, code: str) -> int:
    """The organisation behind an exhibitor's or buyer's code in an edition."""
    found = session.execute(
        text(
            f"SELECT organisation_id FROM {TABLE_OF_CODES[role]} WHERE edition_id = :edition AND code = :code"
        ),
        {"edition": edition_id, "code": code},
    ).scalar_one_or_none()
    if found is None:
        raise Refused(
            say("There is no exhibitor or buyer with the code %(code)s in this edition.", code=code)
        )
    return found


def edition_id_of(session: Session, code: str) -> int:
    """The edition of that code, for the command line."""
    found = session.execute(select(EDITION.c.id).where(EDITION.c.code == code)).scalar_one_or_none()
    if found is None:
        raise Refused(say("There is no edition %(code)s.", code=code))
    return found
