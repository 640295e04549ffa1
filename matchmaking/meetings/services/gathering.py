"""Everything an agenda is made from, read in a few queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.meetings.answers import Place
from matchmaking.meetings.asking import Ask, Desk, Set, Side, Wish
from matchmaking.meetings.models import AgendaVersion, Delegate, Meeting, MeetingTable
from matchmaking.requests.grid import SlotTime, grid
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from matchmaking.requests.queries import refused_pairs, wanted

MOST = 60
"""Meetings of an exhibitor that says nothing about it, at most."""


@dataclass(frozen=True)
class Market:
    """What is asked of the solver, the slots as times, and the version of the agenda that it starts from."""

    ask: Ask
    slots: tuple[SlotTime, ...]
    version: int


def slots(edition: Edition) -> tuple[SlotTime, ...]:
    """The edition's meeting slots."""
    return grid(edition.meetings, edition.zone_info)


def version_of(session: Session, edition: Edition) -> int:
    """The number of the version of the agenda in force; 0 before the first."""
    newest = select(func.max(AgendaVersion.number)).where(AgendaVersion.edition_id == edition.id)
    return session.execute(newest).scalar() or 0


def changed_at(session: Session, edition: Edition) -> datetime | None:
    """When the agenda in force was changed last: by a version, or by two who parted and whose meeting so fell
    away; None before its first version."""
    fell_away = exists().where(
        Meeting.buyer_id == MeetingRequest.buyer_id,
        Meeting.exhibitor_id == MeetingRequest.exhibitor_id,
        Meeting.state == "cancelled",
    )
    refused = exists().where(
        Meeting.buyer_id == MeetingRefusal.buyer_id,
        Meeting.exhibitor_id == MeetingRefusal.exhibitor_id,
        Meeting.state == "cancelled",
    )
    moments = select(
        select(func.max(AgendaVersion.at)).where(AgendaVersion.edition_id == edition.id).scalar_subquery(),
        select(func.max(MeetingRequest.settled_at))
        .where(MeetingRequest.edition_id == edition.id, MeetingRequest.state == "ended", fell_away)
        .scalar_subquery(),
        select(func.max(MeetingRefusal.refused_at))
        .where(MeetingRefusal.edition_id == edition.id, refused)
        .scalar_subquery(),
    )
    return max(filter(None, session.execute(moments).one()), default=None)


def furnish(session: Session, edition: Edition) -> None:
    """Put up the tables 1 … n that the settings speak of, where they are missing: one seat, for anybody. Two
    who do it at once put them up once."""
    there = set(session.exec(select(MeetingTable.number).where(MeetingTable.edition_id == edition.id)).all())
    rows = [
        {"edition_id": edition.id, "number": number}
        for number in range(1, int(edition.meetings.get("tables", 0)) + 1)
        if number not in there
    ]
    if rows:
        session.execute(insert(MeetingTable).on_conflict_do_nothing(), rows)


def market_of(session: Session, edition: Edition) -> Market:
    """The market of an edition as it is now. Requests are what either side wants and what is recommended."""
    version = version_of(session, edition)
    furnish(session, edition)
    times = slots(edition)
    first = [slot for slot in times if slot.starts_at.date() == times[0].starts_at.date()] if times else []
    moment = now()
    past = sum(slot.starts_at <= moment for slot in times) if times and times[-1].starts_at > moment else 0
    current = _current(session, edition, past)
    refused = refused_pairs(session, edition)
    ask = Ask(
        buyers=_buyers(session, edition),
        exhibitors=_exhibitors(session, edition, {one.place.exhibitor for one in current if one.settled}),
        wishes=_wishes(session, edition, current, refused),
        desks=_desks(session, edition),
        slots=len(times),
        day_slots=len(first),
        morning_slots=sum(slot.is_morning for slot in first),
        current=current,
        past=past,
        refused=refused,
    )
    return Market(ask, times, version)


def _current(session: Session, edition: Edition, past: int) -> tuple[Set, ...]:
    """Meetings in force. Settled is what is locked, took place or has begun."""
    rows = session.execute(
        select(
            Meeting.buyer_id, Meeting.exhibitor_id, Meeting.slot, Meeting.table_number, Meeting.seat,
            Meeting.buyer_delegate_id, Meeting.exhibitor_delegate_id, Meeting.state, Meeting.locked,
        )
        .where(Meeting.edition_id == edition.id, Meeting.state.in_(("planned", "held")))
        .order_by(Meeting.slot, Meeting.table_number, Meeting.seat)
    )  # fmt: skip
    return tuple(Set(Place(*row[:7]), row.locked or row.state == "held" or row.slot <= past) for row in rows)


def _people(session: Session, edition: Edition) -> dict[str, dict[int, list]]:
    found: dict[str, dict[int, list]] = {"buyer": defaultdict(list), "exhibitor": defaultdict(list)}
    rows = session.exec(select(Delegate).where(Delegate.edition_id == edition.id).order_by(Delegate.id))
    for one in rows:
        for side, party in (("buyer", one.buyer_id), ("exhibitor", one.exhibitor_id)):
            if party:
                found[side][party].append((one.id, frozenset(one.unavailable)))
    return found


def _away(edition: Edition, unavailable: list[int] | None, half_day: str | None) -> frozenset[int]:
    """The slots somebody cannot take: those it named, and the other half of each day."""
    away = {int(n) for n in unavailable or ()}
    if half_day in ("am", "pm"):
        away |= {slot.number for slot in slots(edition) if slot.is_morning != (half_day == "am")}
    return frozenset(away)


def _buyers(session: Session, edition: Edition) -> tuple[Side, ...]:
    people = _people(session, edition)["buyer"]
    rows = session.exec(select(Buyer).where(Buyer.edition_id == edition.id).order_by(Buyer.id))
    return tuple(
        Side(
            one.id, one.organisation_id, _away(edition, one.unavailable, one.half_day), one.min_meetings,
            one.max_meetings, tuple(people[one.id]),
        )
        for one in rows
    )  # fmt: skip


def _exhibitors(session: Session, edition: Edition, settled: set[int]) -> tuple[Side, ...]:
    people = _people(session, edition)["exhibitor"]
    rows = session.execute(
        select(
            Exhibitor.id, Exhibitor.organisation_id, ExhibitorProfile.unavailable, ExhibitorProfile.half_day,
            ExhibitorProfile.min_meetings, ExhibitorProfile.max_meetings,
        )
        .outerjoin(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
        .where(
            Exhibitor.edition_id == edition.id,
            or_(Exhibitor.state == "accepted", Exhibitor.id.in_(settled)),
        )
        .order_by(Exhibitor.id)
    )  # fmt: skip
    return tuple(
        Side(
            row.id, row.organisation_id, _away(edition, row.unavailable, row.half_day),
            row.min_meetings or 0, MOST if row.max_meetings is None else row.max_meetings,
            tuple(people[row.id]),
        )
        for row in rows
    )  # fmt: skip


def _wishes(
    session: Session, edition: Edition, current: tuple[Set, ...], refused: frozenset[tuple[int, int]]
) -> tuple[Wish, ...]:
    """What either side wants, and what is planned although nobody wants it any more, at the end."""
    found = {
        (one.buyer_id, one.exhibitor_id): Wish(
            one.buyer_id, one.exhibitor_id, float(one.score), one.must, one.half, one.slot, one.standing
        )
        for one in wanted(session, edition)
    }
    for one in current:
        pair = (one.place.buyer, one.place.exhibitor)
        if pair not in found and pair not in refused:
            found[pair] = Wish(*pair, 1.0)
    known = set(
        session.exec(
            select(Exhibitor.id).where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        )
    )
    return tuple(wish for (_buyer, exhibitor), wish in found.items() if exhibitor in known)


def _desks(session: Session, edition: Edition) -> tuple[Desk, ...]:
    rows = session.exec(
        select(MeetingTable).where(MeetingTable.edition_id == edition.id).order_by(MeetingTable.number)
    )
    return tuple(
        Desk(
            one.number, one.seats, one.exclusive, one.buyer_id, one.exhibitor_id,
            frozenset(int(n) for n in one.closed),
        )
        for one in rows
    )  # fmt: skip
