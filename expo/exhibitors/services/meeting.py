"""How exhibitors find each other without learning who has applied: by what they type, matched in silence."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, or_, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation, Partnership, PavilionInvitation, Rivalry
from expo.exhibitors.names import folded, tidied
from expo.words import say

TAKING_PART = ("draft", "submitted", "accepted")


def typed_name(words: str) -> str:
    """What somebody typed to name another, tidied. Refused when nothing is left of it."""
    words = tidied(words)
    if not words:
        raise Refused(say("Type a code or a name."))
    return words


def known(
    session: Session, edition_id: int, words: str, states: Collection[str] = TAKING_PART
) -> Exhibitor | None:
    """The one exhibitor in these states with that code or exact name, or for whom somebody of that e-mail
    address acts; None if there is not just one."""
    found = session.exec(
        select(Exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition_id, Exhibitor.state.in_(states))
        .where(
            or_(
                Exhibitor.code == words.upper(),
                Organisation.search_name == folded(words),
                Exhibitor.organisation_id.in_(_acting(words)),
            )
        )
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def _acting(address: str):
    """The organisations for which somebody with this address acts. It is proven; a contact address is not."""
    return (
        select(Grant.organisation_id)
        .join(User, User.id == Grant.user_id)
        .where(User.email == address.lower(), User.confirmed_at.is_not(None), Grant.role == Role.EXHIBITOR)
        .where(Grant.organisation_id.is_not(None))
    )


def settle(session: Session, exhibitor: Exhibitor) -> None:
    """Give an exhibitor the requests and invitations that were written to its name before it was known."""
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    people = (
        select(User.email)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.organisation_id == organisation.id, Grant.role == Role.EXHIBITOR)
        .where(User.confirmed_at.is_not(None))
    )
    names = {exhibitor.code.lower(), organisation.search_name, *session.exec(people)}
    for model, own, other, state in (
        (Partnership, Partnership.asker_id, "asked_id", "asked"),
        (PavilionInvitation, PavilionInvitation.lead_id, "guest_id", "invited"),
    ):
        for row in session.exec(
            select(model)
            .where(model.edition_id == exhibitor.edition_id, model.state == state)
            .where(getattr(model, other).is_(None), own != exhibitor.id, _typed(model.words, names))
            .order_by(model.id)
            .with_for_update()
        ):
            if not _twice(session, model, row, exhibitor):
                setattr(row, other, exhibitor.id)
                session.flush()


def _typed(column, names: Collection[str]) -> ColumnElement[bool]:
    return func.lower(column).in_(names)


def _twice(session: Session, model, row, exhibitor: Exhibitor) -> bool:
    """Whether the two have a live request already, by another of the names or the other way round."""
    if model is Partnership:
        pair = (row.asker_id, exhibitor.id)
        live = select(Partnership.id).where(
            Partnership.asker_id.in_(pair),
            Partnership.asked_id.in_(pair),
            Partnership.state.in_(("asked", "accepted")),
        )
    else:
        live = select(PavilionInvitation.id).where(
            PavilionInvitation.lead_id == row.lead_id,
            PavilionInvitation.guest_id == exhibitor.id,
            PavilionInvitation.state == "invited",
        )
    return session.exec(live).first() is not None


def settle_rivals(session: Session, exhibitor: Exhibitor) -> None:
    """From its acceptance on, those who named an exhibitor as a competitor are kept apart from it."""
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    names = {exhibitor.code.lower(), organisation.search_name}
    for row in session.exec(
        select(Rivalry)
        .where(Rivalry.edition_id == exhibitor.edition_id, Rivalry.other_id.is_(None))
        .where(Rivalry.one_id != exhibitor.id, _typed(Rivalry.words, names))
        .order_by(Rivalry.id)
        .with_for_update()
    ):
        one, other = sorted((row.one_id, exhibitor.id))
        there = select(Rivalry.id).where(
            Rivalry.one_id == one, Rivalry.other_id == other, Rivalry.named_by == row.named_by
        )
        if session.exec(there).first():
            session.delete(row)
        else:
            row.one_id, row.other_id = one, other
        session.flush()
