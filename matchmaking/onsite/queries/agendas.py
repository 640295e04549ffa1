"""Meetings as people live them: who comes, who is there, who is late, who interprets, what is said after."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need, Product
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.onsite.models import (
    Interpreter,
    InterpreterDuty,
    MeetingAttendance,
    MeetingFeedback,
    MeetingNoShow,
)
from matchmaking.requests.sides import BUYER, SUPPLIER

Texts = dict[str, str]


@dataclass
class Seat:
    """One side of a meeting: who it is, who sits there, whether it came, how it found the meeting."""

    id: int
    code: str
    name: Texts
    country: str
    person: str | None = None
    languages: list[str] = field(default_factory=list)
    arrived_at: datetime | None = None
    late: int = 0
    missing: bool = False
    excused: bool = False
    said: bool = False
    again: bool = False


@dataclass
class Line:
    """A meeting with both sides. `seats` maps 'buyer' and 'supplier' to them."""

    number: int
    slot: int
    starts_at: datetime
    ends_at: datetime
    table: int
    seat: int
    state: str
    sequence: int
    reasons: list[Any]
    seats: dict[str, Seat]
    wanted: Texts
    offered: Texts
    interpreter: str | None = None

    @property
    def buyer(self) -> Seat:
        """The side that buys."""
        return self.seats[BUYER]

    @property
    def supplier(self) -> Seat:
        """The side that sells."""
        return self.seats[SUPPLIER]


def _found(edition: Edition) -> Any:
    seller, purchaser = aliased(Organisation), aliased(Organisation)
    buys, sells = aliased(Delegate), aliased(Delegate)
    return (
        select(
            Meeting.id, Meeting.slot, Meeting.starts_at, Meeting.ends_at, Meeting.table_number, Meeting.seat,
            Meeting.state, Meeting.sequence, Meeting.reasons,
            Buyer.id, Buyer.code, purchaser.name, purchaser.country, buys.name,
            func.coalesce(buys.languages, Buyer.languages),
            Exhibitor.id, Exhibitor.code, seller.name, seller.country, sells.name,
            func.coalesce(sells.languages, ExhibitorProfile.languages),
            Need.text, Product.name, Interpreter.name,
        )
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .join(purchaser, purchaser.id == Buyer.organisation_id)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(buys, buys.id == Meeting.buyer_delegate_id)
        .outerjoin(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
        .outerjoin(sells, sells.id == Meeting.exhibitor_delegate_id)
        .outerjoin(Need, (Need.buyer_id == Buyer.id) & (Need.position == Meeting.need_position))
        .outerjoin(
            Product, (Product.edition_id == Meeting.edition_id) & (Product.code == Meeting.product_code)
        )
        .outerjoin(InterpreterDuty, InterpreterDuty.meeting_id == Meeting.id)
        .outerjoin(Interpreter, Interpreter.id == InterpreterDuty.interpreter_id)
        .where(Meeting.edition_id == edition.id)
        .order_by(Meeting.starts_at, Meeting.table_number, Meeting.seat, Meeting.id)
    )  # fmt: skip


def lines(
    session: Session,
    edition: Edition,
    *,
    party: tuple[str, int] | None = None,
    person: int | None = None,
    slot: int | None = None,
    interpreter: int | None = None,
    number: int | None = None,
    states: Collection[str] = (),
) -> list[Line]:
    """The meetings of a party (side, number), of one of its people, in a slot, by time and table.

    A constant number of queries.
    """
    query = _found(edition)
    if party is not None:
        query = query.where((Meeting.buyer_id if party[0] == BUYER else Meeting.exhibitor_id) == party[1])
    if person is not None:
        query = query.where((Meeting.buyer_delegate_id == person) | (Meeting.exhibitor_delegate_id == person))
    if interpreter is not None:
        query = query.where(InterpreterDuty.interpreter_id == interpreter)
    for column, value in ((Meeting.slot, slot), (Meeting.id, number)):
        if value is not None:
            query = query.where(column == value)
    if states:
        query = query.where(Meeting.state.in_(states))
    found = [
        Line(
            *row[:9],
            {BUYER: Seat(*row[9:14], row[14] or []), SUPPLIER: Seat(*row[15:20], row[20] or [])},
            row[21] or {}, row[22] or {}, row[23],
        )
        for row in session.execute(query)
    ]  # fmt: skip
    _add_what_happened(session, found)
    return found


def _add_what_happened(session: Session, found: list[Line]) -> None:
    by_number = {line.number: line for line in found}
    if not by_number:
        return

    def rows(model: Any, *columns: Any) -> Any:
        return session.execute(
            select(model.meeting_id, model.side, *columns).where(model.meeting_id.in_(by_number))
        )

    came = rows(MeetingAttendance, MeetingAttendance.arrived_at, MeetingAttendance.late_minutes)
    for number, side, arrived_at, late in came:
        seat = by_number[number].seats[side]
        seat.arrived_at, seat.late = arrived_at, late
    for number, side, excused in rows(MeetingNoShow, MeetingNoShow.excused):
        seat = by_number[number].seats[side]
        seat.missing, seat.excused = True, excused
    for number, side, again in rows(MeetingFeedback, MeetingFeedback.again):
        seat = by_number[number].seats[side]
        seat.said, seat.again = True, again


def people(session: Session, party: tuple[str, int]) -> list[tuple[int, str]]:
    """(number, name) of those who sit in a party's meetings."""
    mine = Delegate.buyer_id if party[0] == BUYER else Delegate.exhibitor_id
    rows = session.execute(select(Delegate.id, Delegate.name).where(mine == party[1]).order_by(Delegate.id))
    return [(row[0], row[1]) for row in rows]
