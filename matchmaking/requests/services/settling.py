"""What happens by itself: requests are warned of and lapse, phases begin and end."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.phases import services as phases
from matchmaking.phases.models import MeetingPhase
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from matchmaking.requests.services.offering import offer_instead
from matchmaking.requests.services.ruling import settings_of
from matchmaking.requests.services.telling import notify
from matchmaking.requests.sides import BUYER, other

AT_A_TIME = 200
PHASE = "requests"
# Everybody who takes part hears of it, in one statement.
TELL_ALL = text(
    """INSERT INTO request_notice (edition_id, side, party_id, kind, other_id, due_at)
       SELECT :edition, 'buyer', id, :kind, 0, now() FROM buyer
        WHERE edition_id = :edition AND open_to_meetings
       UNION ALL
       SELECT :edition, 'supplier', exhibitor.id, :kind, 0, now() FROM exhibitor
         JOIN exhibitor_profile ON exhibitor_profile.exhibitor_id = exhibitor.id AND open_to_meetings
        WHERE exhibitor.edition_id = :edition AND exhibitor.state = 'accepted'
       ON CONFLICT DO NOTHING"""
)


def _due(edition: Edition, *conditions):
    return (
        select(MeetingRequest)
        .where(MeetingRequest.edition_id == edition.id, MeetingRequest.state == "open", *conditions)
        .order_by(MeetingRequest.expires_at, MeetingRequest.id)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _waiting(request: MeetingRequest) -> tuple[str, int, int]:
    """(side, party, the one across) of who waits for an answer."""
    if request.turn == BUYER:
        return other(request.turn), request.exhibitor_id, request.buyer_id
    return other(request.turn), request.buyer_id, request.exhibitor_id


def lapse(session: Session, edition: Edition) -> int:
    """Let what was not answered in time lapse, and offer somebody else; how many, at most AT_A_TIME.

    A request that was refused lapses like one that nobody looked at: at its hour, with the same letter.
    """
    offers = phases.is_open(session, edition, PHASE)
    rows = session.exec(_due(edition, MeetingRequest.expires_at <= now())).all()
    for row in rows:
        _lapse(session, edition, row, offers=offers)
    return len(rows)


def _lapse(session: Session, edition: Edition, row: MeetingRequest, *, offers: bool) -> None:
    row.state, row.settled_at = "lapsed", now()
    session.add(row)
    session.flush()
    side, party, across = _waiting(row)
    notify(session, edition.id, side, party, "lapsed", across)
    if offers:
        offer_instead(session, edition, row)


def warn(session: Session, edition: Edition) -> int:
    """Have those told who are to answer before long; how many, at most AT_A_TIME."""
    before = now() + timedelta(hours=settings_of(session, edition).warn_hours)
    rows = session.exec(
        _due(edition, MeetingRequest.warned_at.is_(None), MeetingRequest.expires_at <= before)
    ).all()
    refused = _refused(session, edition) if rows else set()
    for row in rows:
        row.warned_at = now()
        session.add(row)
        _side, across, party = _waiting(row)
        if (row.buyer_id, row.exhibitor_id, row.turn) not in refused:
            notify(session, edition.id, row.turn, party, "expiring", across)
    session.flush()
    return len(rows)


def _refused(session: Session, edition: Edition) -> set[tuple[int, int, str]]:
    rows = session.execute(
        select(MeetingRefusal.buyer_id, MeetingRefusal.exhibitor_id, MeetingRefusal.side).where(
            MeetingRefusal.edition_id == edition.id, MeetingRefusal.lifted_at.is_(None)
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def turn_phase(session: Session, edition: Edition) -> str:
    """What the beginning or the end of the phase of requests brings about; 'begun', 'ended' or ''.

    At its end everything that is open lapses: it still counts as asked for when the agenda is made.
    """
    row = session.exec(
        select(MeetingPhase)
        .where(MeetingPhase.edition_id == edition.id, MeetingPhase.phase == PHASE)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return ""
    standing = phases.spans(session, edition)[PHASE].standing(phases.today(edition))
    if standing == "open" and row.begun_at is None and row.opens_on is not None:
        row.begun_at = now()
        session.execute(TELL_ALL, {"edition": edition.id, "kind": "begun"})
        return _kept(session, row, "begun")
    if standing == "over" and row.ended_at is None:
        while rows := session.exec(_due(edition)).all():
            for one in rows:
                _lapse(session, edition, one, offers=False)
        row.ended_at = now()
        session.execute(TELL_ALL, {"edition": edition.id, "kind": "ended_phase"})
        return _kept(session, row, "ended")
    return ""


def _kept(session: Session, row: MeetingPhase, what: str) -> str:
    session.add(row)
    session.flush()
    return what
