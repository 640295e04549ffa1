"""Parties of either side: who they are, who takes part, when they are free."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
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
# Meetings and who sits in them stand above this room, so their tables go by name. A pair counts once a slot.
TAKEN = """
    SELECT slot, {theirs} FROM meeting_request WHERE {mine} = :party AND state = 'agreed' AND slot IS NOT NULL
     UNION SELECT slot, {theirs} FROM meeting WHERE {mine} = :party AND state IN ('planned', 'held')
"""
PEOPLE = "SELECT unavailable FROM delegate WHERE {mine} = :party"
MEETINGS = """
    SELECT {theirs}, starts_at, ends_at, table_number FROM meeting
     WHERE {mine} = :party AND state IN ('planned', 'held') ORDER BY starts_at DESC
"""
DEALT = """
    SELECT EXISTS (SELECT FROM meeting_request WHERE {mine} = :party AND {theirs} = :other)
        OR EXISTS (SELECT FROM meeting WHERE {mine} = :party AND {theirs} = :other)
        OR EXISTS (SELECT FROM meeting_refusal WHERE {mine} = :party AND {theirs} = :other AND side = :side)
"""
COLUMNS = {
    "buyer": {"mine": "buyer_id", "theirs": "exhibitor_id"},
    "supplier": {"mine": "exhibitor_id", "theirs": "buyer_id"},
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


def knows(session: Session, edition: Edition, me: Party, them: Party) -> bool:
    """Whether a party may know of another: it is open to meetings, or the two had to do with each other. Who
    only applied, or buys without meeting anybody, is none of its business."""
    if takes_part(session, edition, them.side, them.id):
        return True
    values = {"party": me.id, "other": them.id, "side": me.side}
    return session.execute(text(DEALT.format(**COLUMNS[me.side])), values).scalar_one()


class Timed(NamedTuple):
    """When and where a pair meets."""

    starts_at: datetime
    ends_at: datetime
    table: int


def planned_with(session: Session, me: Party) -> dict[int, Timed]:
    """Number of the party across → the meeting that is planned with it."""
    rows = session.execute(text(MEETINGS.format(**COLUMNS[me.side])), {"party": me.id})
    return {row[0]: Timed(*row[1:]) for row in rows}


def busy(session: Session, side: str, party_id: int) -> frozenset[int]:
    """The slots (from 1) that a party cannot take: its own marks, and those in which all of its people (one
    where it names none) are away, or sit in what is agreed or planned."""
    if side == BUYER:
        own = session.execute(select(Buyer.unavailable).where(Buyer.id == party_id)).scalar()
    else:
        found = select(ExhibitorProfile.unavailable).where(ExhibitorProfile.exhibitor_id == party_id)
        own = session.execute(found).scalar()
    values = {"party": party_id}
    taken = Counter(row.slot for row in session.execute(text(TAKEN.format(**COLUMNS[side])), values))
    people = session.execute(text(PEOPLE.format(**COLUMNS[side])), values).scalars().all() or [[]]
    away = Counter(slot for one in people for slot in set(one))
    full = {slot for slot in taken.keys() | away.keys() if taken[slot] + away[slot] >= len(people)}
    return frozenset(full | set(own or ()))
