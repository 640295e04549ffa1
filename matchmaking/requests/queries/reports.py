"""Complaints about messages: what the organiser reads of a conversation, and of no other."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.requests.models import MeetingRequest, RequestMessage, RequestReport
from matchmaking.requests.queries.inbox import Message
from matchmaking.requests.queries.parties import names
from matchmaking.requests.sides import BUYER, SUPPLIER, other

MOST = 50


class Complaint(NamedTuple):
    """A complaint with both parties by code and name, and the messages it is about."""

    id: int
    side: str
    words: str
    reported_at: datetime
    handled_at: datetime | None
    outcome: str
    by: tuple[str, dict[str, str]]
    about: tuple[str, dict[str, str]]
    messages: list[Message]


def reports(session: Session, edition: Edition) -> list[Complaint]:
    """The latest complaints, those to deal with first, in four queries."""
    rows = session.execute(
        select(RequestReport, MeetingRequest.buyer_id, MeetingRequest.exhibitor_id)
        .join(MeetingRequest, MeetingRequest.id == RequestReport.request_id)
        .where(RequestReport.edition_id == edition.id)
        .order_by(RequestReport.handled_at.is_not(None), RequestReport.id.desc())
        .limit(MOST)
    ).all()
    called = {
        BUYER: names(session, BUYER, {row[1] for row in rows}),
        SUPPLIER: names(session, SUPPLIER, {row[2] for row in rows}),
    }
    written: dict[int, list[Message]] = {}
    found = session.execute(
        select(RequestMessage.request_id, RequestMessage.side, RequestMessage.body, RequestMessage.written_at)
        .where(RequestMessage.request_id.in_({row[0].request_id for row in rows}))
        .order_by(RequestMessage.id)
    )
    for number, *message in found:
        written.setdefault(number, []).append(Message(*message))
    return [_complaint(*row, called, written) for row in rows]


def _complaint(report: RequestReport, buyer: int, exhibitor: int, called: dict, written: dict) -> Complaint:
    ids = {BUYER: buyer, SUPPLIER: exhibitor}
    across = other(report.side)
    return Complaint(
        report.id or 0,
        report.side,
        report.words,
        report.reported_at,
        report.handled_at,
        report.outcome,
        called[report.side][ids[report.side]],
        called[across][ids[across]],
        # Only what was there when the complaint was made: later messages are nobody's business.
        [one for one in written.get(report.request_id, []) if one.written_at <= report.reported_at],
    )


def report(session: Session, edition: Edition, number: int) -> RequestReport | None:
    """The complaint of that number."""
    if number >= 2**31:
        return None
    return session.exec(
        select(RequestReport).where(RequestReport.id == number, RequestReport.edition_id == edition.id)
    ).first()


def blamed(session: Session, found: RequestReport) -> int:
    """The number of the party that was complained of."""
    request = session.get_one(MeetingRequest, found.request_id)
    return request.exhibitor_id if found.side == BUYER else request.buyer_id
