"""Meetings as rows with everything that a page or a print says about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.venue.models import Hall, Stand, Zone
from expo.venue.signs import letter_of
from expo.words import say
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.meetings.models import AgendaRun, Meeting, MeetingTable

Texts = dict[str, str]


@dataclass(frozen=True)
class Party:
    """A buyer or an exhibitor as others see it."""

    id: int
    code: str
    name: Texts
    country: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with both parties, what is wanted and what is offered, and the kept reasons."""

    number: int
    slot: int
    starts_at: datetime
    ends_at: datetime
    table: int
    state: str
    reasons: list[Any]
    buyer: Party
    exhibitor: Party
    wanted: Texts
    offered: Texts


def meetings(
    session: Session,
    edition: Edition,
    *,
    buyer: int | None = None,
    exhibitor: int | None = None,
    slot: int | None = None,
    number: int | None = None,
) -> list[MeetingRow]:
    """The edition's meetings (of one party, in one slot) by time and table, in one query."""
    seller, purchaser = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Meeting.id, Meeting.slot, Meeting.starts_at, Meeting.ends_at, Meeting.table_number, Meeting.state,
            Meeting.reasons, Buyer.id, Buyer.code, purchaser.name, purchaser.country, Exhibitor.id,
            Exhibitor.code, seller.name, seller.country, Need.text, Product.name,
        )
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .join(purchaser, purchaser.id == Buyer.organisation_id)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(Need, (Need.buyer_id == Buyer.id) & (Need.position == Meeting.need_position))
        .outerjoin(
            Product, (Product.edition_id == Meeting.edition_id) & (Product.code == Meeting.product_code)
        )
        .where(Meeting.edition_id == edition.id)
        .order_by(Meeting.slot, Meeting.table_number)
    )  # fmt: skip
    for column, value in (
        (Meeting.buyer_id, buyer), (Meeting.exhibitor_id, exhibitor), (Meeting.slot, slot),
        (Meeting.id, number),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if number is None:
        query = query.where(Meeting.state != "cancelled")
    return [
        MeetingRow(*row[:7], Party(*row[7:11]), Party(*row[11:15]), row[15] or {}, row[16] or {})
        for row in session.execute(query)
    ]


NOBODY = say("Give the code of a buyer and that of an exhibitor of this edition.")
NO_OTHER = say("Choose the meeting to trade places with.")


def meeting(session: Session, edition: Edition, number: int) -> MeetingRow | None:
    """One meeting of an edition."""
    return next(iter(meetings(session, edition, number=number)), None)


def names(session: Session, buyers: set[int], exhibitors: set[int]) -> dict[str, dict[int, Party]]:
    """Side → id → the party as others see it."""
    found = {}
    for side, model, ids in (("buyer", Buyer, buyers), ("exhibitor", Exhibitor, exhibitors)):
        rows = session.execute(
            select(model.id, model.code, Organisation.name, Organisation.country)
            .join(Organisation, Organisation.id == model.organisation_id)
            .where(model.id.in_(ids))
        )
        found[side] = {row[0]: Party(*row) for row in rows}
    return found


@dataclass(frozen=True)
class StandSign:
    """A stand as a sign shows it: its code, its hall and the hue and letter of its zone."""

    code: str
    hall: Texts
    hue: int
    letter: str


def stands(session: Session, edition: Edition, exhibitor: int | None = None) -> dict[int, list[StandSign]]:
    """Exhibitor id → its published stands by code (of one exhibitor if asked for)."""
    zones = session.execute(
        select(Zone.id).where(Zone.edition_id == edition.id).order_by(Zone.code)
    ).scalars()
    letters = {zone: letter_of(position) for position, zone in enumerate(zones)}
    query = (
        select(Allotment.exhibitor_id, Stand.code, Hall.name, Zone.hue, Zone.id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Stand.code)
    )
    if exhibitor is not None:
        query = query.where(Allotment.exhibitor_id == exhibitor)
    found: dict[int, list[StandSign]] = {}
    for owner, code, hall, hue, zone in session.execute(query):
        found.setdefault(owner, []).append(StandSign(code, hall, hue, letters[zone]))
    return found


@dataclass(frozen=True)
class PartyRow:
    """A party in a list, with how many meetings it has."""

    id: int
    code: str
    name: Texts
    country: str
    contact: str
    count: int


def _parties(edition: Edition, model: Any, mine: Any) -> Any:
    counted = (
        select(mine.label("party"), func.count().label("count"))
        .where(Meeting.edition_id == edition.id, Meeting.state != "cancelled")
        .group_by(mine)
        .subquery()
    )
    return (
        select(
            model.id, model.code, Organisation.name, Organisation.country, model.contact_name,
            func.coalesce(counted.c.count, 0),
        )
        .join(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(counted, counted.c.party == model.id)
        .where(model.edition_id == edition.id)
        .order_by(model.code)
    )  # fmt: skip


def buyers(session: Session, edition: Edition, organisations: set[int] | None = None) -> list[PartyRow]:
    """The buyers by code, of certain organisations if asked for."""
    query = _parties(edition, Buyer, Meeting.buyer_id)
    if organisations is not None:
        query = query.where(Buyer.organisation_id.in_(organisations))
    return [PartyRow(*row) for row in session.execute(query)]


def buyer(session: Session, edition: Edition, code: str) -> PartyRow | None:
    """The buyer of that code."""
    row = session.execute(_parties(edition, Buyer, Meeting.buyer_id).where(Buyer.code == code)).first()
    return PartyRow(*row) if row else None


def exhibitors(
    session: Session, edition: Edition, *, idle: bool = False, accepted: bool = False
) -> list[PartyRow]:
    """The exhibitors that have meetings by code; `idle` ones too if asked for, or those that are accepted."""
    query = _parties(edition, Exhibitor, Meeting.exhibitor_id).add_columns(Exhibitor.state)
    return [
        PartyRow(*row)
        for *row, state in session.execute(query)
        if row[-1] or idle or (accepted and state == "accepted")
    ]


def exhibitor(session: Session, edition: Edition, code: str) -> PartyRow | None:
    """The exhibitor of that code."""
    query = _parties(edition, Exhibitor, Meeting.exhibitor_id).where(Exhibitor.code == code)
    row = session.execute(query).first()
    return PartyRow(*row) if row else None


def table_count(session: Session, edition: Edition) -> int:
    """How many tables there are: those that stand, and those that the settings speak of."""
    there = session.exec(select(MeetingTable.number).where(MeetingTable.edition_id == edition.id)).all()
    return len({*there, *range(1, int(edition.meetings.get("tables", 0)) + 1)})


def load(session: Session, edition: Edition) -> dict[int, int]:
    """Slot number → meetings in it."""
    return dict(
        session.execute(
            select(Meeting.slot, func.count())
            .where(Meeting.edition_id == edition.id, Meeting.state != "cancelled")
            .group_by(Meeting.slot)
        ).all()
    )


def states(session: Session, edition: Edition) -> dict[str, int]:
    """State → meetings in it."""
    return dict(
        session.execute(
            select(Meeting.state, func.count())
            .where(Meeting.edition_id == edition.id)
            .group_by(Meeting.state)
        ).all()
    )


CHANGES = ("added", "moved", "cancelled")
"""What a version counts."""

RUN_COLUMNS = (
    AgendaRun.id, AgendaRun.seed, AgendaRun.rounds, AgendaRun.objective, AgendaRun.bound, AgendaRun.baseline,
    AgendaRun.breaks, AgendaRun.violations, AgendaRun.requests, AgendaRun.created_at, AgendaRun.kind,
    AgendaRun.state, AgendaRun.figures,
)  # fmt: skip


def runs(session: Session, edition: Edition, limit: int = 10) -> Sequence:
    """The latest runs, the newest first, without their curves."""
    return session.execute(
        select(*RUN_COLUMNS)
        .where(AgendaRun.edition_id == edition.id)
        .order_by(AgendaRun.id.desc())
        .limit(limit)
    ).all()
