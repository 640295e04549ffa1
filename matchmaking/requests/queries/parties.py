"""Parties of either side: who they are, who takes part, when they are free."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.recommendations.queries import open_buyers, open_exhibitors
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.sides import BUYER

MODELS: dict[str, Any] = {"buyer": Buyer, "supplier": Exhibitor}
MINE: dict[str, Any] = {"buyer": MeetingRequest.buyer_id, "supplier": MeetingRequest.exhibitor_id}
# Meetings stand above this room, so their table goes by its name.
PLANNED = {
    "buyer": text("SELECT slot FROM meeting WHERE buyer_id = :party AND state IN ('planned', 'held')"),
    "supplier": text("SELECT slot FROM meeting WHERE exhibitor_id = :party AND state IN ('planned', 'held')"),
}


class Party(NamedTuple):
    """A buyer or an exhibitor as the other side sees it, and the organisation behind it."""

    side: str
    id: int
    code: str
    name: dict[str, str]
    country: str
    organisation_id: int


def _found(side: str, edition: Edition) -> Any:
    model = MODELS[side]
    return (
        select(model.id, model.code, Organisation.name, Organisation.country, model.organisation_id)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(model.edition_id == edition.id)
    )


def party(session: Session, edition: Edition, side: str, party_id: int) -> Party | None:
    """The party of that number in an edition."""
    row = session.execute(_found(side, edition).where(MODELS[side].id == party_id)).first()
    return Party(side, *row) if row else None


def party_by_code(session: Session, edition: Edition, side: str, code: str) -> Party | None:
    """The party of that code in an edition."""
    row = session.execute(_found(side, edition).where(MODELS[side].code == code)).first()
    return Party(side, *row) if row else None


def acting_for(session: Session, edition: Edition, side: str, organisations: Collection[int]) -> list[Party]:
    """The parties of one side that organisations are in an edition, by code; exhibitors once accepted."""
    if not organisations:
        return []
    model = MODELS[side]
    found = _found(side, edition).where(model.organisation_id.in_(organisations)).order_by(model.code)
    if side != BUYER:
        found = found.where(Exhibitor.state == "accepted")
    return [Party(side, *row) for row in session.execute(found)]


def names(session: Session, side: str, ids: Collection[int]) -> dict[int, tuple[str, dict[str, str]]]:
    """Number → (code, name) of parties of one side."""
    if not ids:
        return {}
    model = MODELS[side]
    rows = session.execute(
        select(model.id, model.code, Organisation.name)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(model.id.in_(ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def taking_part(edition: Edition, side: str) -> Any:
    """A select of the numbers of those of a side who are open to meetings."""
    return open_buyers(edition) if side == BUYER else open_exhibitors(edition)


def takes_part(session: Session, edition: Edition, side: str, party_id: int) -> bool:
    """Whether a party is open to meetings."""
    ids = taking_part(edition, side).subquery()
    return session.execute(select(ids.c.id).where(ids.c.id == party_id)).first() is not None


def busy(session: Session, side: str, party_id: int) -> frozenset[int]:
    """The slots (from 1) that a party cannot take: its own marks, what is agreed, what is planned."""
    if side == BUYER:
        own = session.execute(select(Buyer.unavailable).where(Buyer.id == party_id)).scalar()
    else:
        found = select(ExhibitorProfile.unavailable).where(ExhibitorProfile.exhibitor_id == party_id)
        own = session.execute(found).scalar()
    agreed = select(MeetingRequest.slot).where(
        MINE[side] == party_id, MeetingRequest.state == "agreed", MeetingRequest.slot.is_not(None)
    )
    taken = set(session.execute(agreed).scalars())
    taken |= set(session.execute(PLANNED[side], {"party": party_id}).scalars())
    return frozenset(taken | set(own or ()))
