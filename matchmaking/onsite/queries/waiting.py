"""Seats at which somebody waits, and who missed how many meetings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.models import MeetingNoShow, MeetingOpening
from matchmaking.requests.models import MeetingRefusal
from matchmaking.requests.sides import BUYER, SUPPLIER


@dataclass(frozen=True)
class Waiting:
    """A party that waits at a seat. `asked` are numbers on the other side."""

    number: int
    slot: int
    table: int
    asked: list[int]
    opened_at: datetime
    side: str
    party_id: int
    name: dict[str, str]
    country: str


def waiting(session: Session, edition: Edition, slots: list[int]) -> list[Waiting]:
    """Who waits in the given slots, by slot and table."""
    buys, sells = aliased(Organisation), aliased(Organisation)
    rows = session.execute(
        select(
            MeetingOpening.id, MeetingOpening.slot, MeetingOpening.table_number, MeetingOpening.asked,
            MeetingOpening.opened_at, Buyer.id, buys.name, buys.country, Exhibitor.id, sells.name,
            sells.country,
        )
        .outerjoin(Buyer, Buyer.id == MeetingOpening.buyer_id)
        .outerjoin(buys, buys.id == Buyer.organisation_id)
        .outerjoin(Exhibitor, Exhibitor.id == MeetingOpening.exhibitor_id)
        .outerjoin(sells, sells.id == Exhibitor.organisation_id)
        .where(
            MeetingOpening.edition_id == edition.id,
            MeetingOpening.slot.in_(slots),
            MeetingOpening.closed_at.is_(None),
        )
        .order_by(MeetingOpening.slot, MeetingOpening.table_number)
    )  # fmt: skip
    return [
        Waiting(*row[:5], BUYER, *row[5:8]) if row[5] else Waiting(*row[:5], SUPPLIER, *row[8:11])
        for row in rows
    ]


def seats_for(
    session: Session, edition: Edition, party: tuple[str, int], slots: list[int]
) -> tuple[list[Waiting], list[Waiting]]:
    """(where this party may come, where it waits itself). A no said since is a seat that is gone."""
    found = waiting(session, edition, slots)
    offered = [one for one in found if one.side != party[0] and party[1] in one.asked]
    mine = [one for one in found if (one.side, one.party_id) == party]
    if offered:
        own, across = MeetingRefusal.buyer_id, MeetingRefusal.exhibitor_id
        if party[0] != BUYER:
            own, across = across, own
        noes = set(
            session.execute(
                select(across).where(own == party[1], MeetingRefusal.lifted_at.is_(None))
            ).scalars()
        )
        offered = [one for one in offered if one.party_id not in noes]
    return offered, mine


def often_missing(session: Session, edition: Edition, least: int) -> list[Any]:
    """(side, code, name, count) of parties that missed at least so many meetings, the most first."""
    found = []
    for side, model, mine in ((BUYER, Buyer, Meeting.buyer_id), (SUPPLIER, Exhibitor, Meeting.exhibitor_id)):
        found += session.execute(
            select(MeetingNoShow.side, model.code, Organisation.name, func.count().label("count"))
            .join(Meeting, Meeting.id == MeetingNoShow.meeting_id)
            .join(model, model.id == mine)
            .join(Organisation, Organisation.id == model.organisation_id)
            .where(
                MeetingNoShow.edition_id == edition.id,
                MeetingNoShow.side == side,
                MeetingNoShow.excused.is_(False),
            )
            .group_by(MeetingNoShow.side, model.code, Organisation.name)
            .having(func.count() >= least)
        ).all()
    return sorted(found, key=lambda row: (-row[3], row[1]))


def missed(session: Session, edition: Edition, limit: int, offset: int) -> tuple[int, list[Any]]:
    """How many no-shows there are, and (meeting, side, code, name, starts_at, excused), the latest first."""
    where = (MeetingNoShow.edition_id == edition.id,)
    total = session.execute(select(func.count()).select_from(MeetingNoShow).where(*where)).scalar_one()
    who = or_(
        (MeetingNoShow.side == BUYER) & (Organisation.id == Buyer.organisation_id),
        (MeetingNoShow.side == SUPPLIER) & (Organisation.id == Exhibitor.organisation_id),
    )
    rows = session.execute(
        select(
            Meeting.id, MeetingNoShow.side, Buyer.code, Exhibitor.code, Organisation.name, Meeting.starts_at,
            MeetingNoShow.excused,
        )
        .join(Meeting, Meeting.id == MeetingNoShow.meeting_id)
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Organisation, who)
        .where(*where)
        .order_by(Meeting.starts_at.desc(), Meeting.id, MeetingNoShow.side)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return total, [(r[0], r[1], r[2] if r[1] == BUYER else r[3], *r[4:]) for r in rows]
