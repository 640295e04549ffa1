"""Messages between the two sides of a request, and calling the organiser because of one."""

from datetime import timedelta

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.requests.models import MeetingRequest, RequestMessage, RequestReport, RequestSeen
from matchmaking.requests.queries.parties import MINE, Party
from matchmaking.requests.services.pairs import across, locked
from matchmaking.requests.sides import ALIVE, other
from matchmaking.requests.texts import tidy_message

MOST_UNANSWERED = 3
"""Messages to somebody who has not reacted yet."""
MOST_A_DAY = 100
"""Messages of a party a day, to all together."""
LONGEST_REPORT = 500
MOST_WORDS = 4 * LONGEST_REPORT
"""Of a complaint that is made again and again, the last ones."""
LONGEST_ONCE = 64


def write(
    session: Session,
    edition: Edition,
    me: Party,
    request: MeetingRequest,
    body: str,
    *,
    once: str,
    user_id: int | None = None,
) -> None:
    """Write to the other side of an open or agreed request. `once`: the same one twice is one message."""
    body = tidy_message(body)
    pair = locked(session, edition, me, across(me, request))
    if request.state not in ALIVE:
        raise Refused(say("This request is over, so that no more messages can be written."))
    if pair.is_mine_refused:
        raise Refused(say("You said no thanks to them. Take that back first."))
    if is_silenced(session, me):
        raise Refused(say("The organiser does not let you write messages. Ask there."))
    once = once[:LONGEST_ONCE]
    there = select(RequestMessage.id).where(
        RequestMessage.request_id == request.id, RequestMessage.once == once
    )
    if session.exec(there).first() is not None:
        return
    _insist_room(session, me, request)
    session.add(RequestMessage(request_id=request.id, side=me.side, user_id=user_id, body=body, once=once))
    session.flush()
    pair.tell(session, "message")


def _insist_room(session: Session, me: Party, request: MeetingRequest) -> None:
    reacted = request.state == "agreed" or request.proposals > 0 or request.asked_by != me.side
    by_side = dict(
        session.execute(
            select(RequestMessage.side, func.count())
            .where(RequestMessage.request_id == request.id)
            .group_by(RequestMessage.side)
        ).all()
    )
    if not reacted and not by_side.get(other(me.side)) and by_side.get(me.side, 0) >= MOST_UNANSWERED:
        raise Refused(say("You have written %(most)s messages. Wait for an answer.", most=MOST_UNANSWERED))
    day = now() - timedelta(days=1)
    written = session.execute(
        select(func.count())
        .select_from(RequestMessage)
        .join(MeetingRequest, MeetingRequest.id == RequestMessage.request_id)
        .where(MINE[me.side] == me.id, RequestMessage.side == me.side, RequestMessage.written_at > day)
    ).scalar_one()
    if written >= MOST_A_DAY:
        raise Refused(say("%(most)s messages within a day are enough. Go on tomorrow.", most=MOST_A_DAY))


def mark_read(session: Session, me: Party, request: MeetingRequest) -> None:
    """Note that this side has read what was written so far."""
    last = session.execute(
        select(func.max(RequestMessage.id)).where(RequestMessage.request_id == request.id)
    ).scalar()
    if last:
        values = {"request_id": request.id, "side": me.side, "message_id": last}
        session.execute(
            insert(RequestSeen)
            .values(**values)
            .on_conflict_do_update(index_elements=["request_id", "side"], set_={"message_id": last})
        )


def report(session: Session, edition: Edition, me: Party, request: MeetingRequest, words: str) -> None:
    """Call the organiser, who then may read the messages of this request; the other side is not told.

    Who calls again before it is dealt with adds words to the same complaint, and what was written since.
    """
    words = tidy_message(words, LONGEST_REPORT)
    theirs = select(RequestMessage.id).where(
        RequestMessage.request_id == request.id, RequestMessage.side == other(me.side)
    )
    if session.exec(theirs).first() is None:
        raise Refused(say("They have written nothing that could be reported."))
    session.execute(
        insert(RequestReport)
        .values(
            edition_id=edition.id,
            request_id=request.id,
            side=me.side,
            words=words,
            reported_at=now(),
            outcome="",
        )
        .on_conflict_do_update(
            index_elements=["request_id", "side"],
            index_where=RequestReport.handled_at.is_(None),
            set_={"words": func.right(RequestReport.words + "\n" + words, MOST_WORDS), "reported_at": now()},
        )
    )


def handle(session: Session, found: RequestReport, outcome: str) -> None:
    """Deal with a report: nothing, a warning letter, or no more messages of who was reported."""
    session.refresh(found, with_for_update=True)
    if found.handled_at is not None:
        raise Refused(say("A colleague has dealt with this report already."))
    if outcome not in ("nothing", "warned", "silenced"):
        raise Refused(say("Choose what is to be done."))
    found.handled_at, found.outcome = now(), outcome
    session.add(found)
    session.flush()


def is_silenced(session: Session, me: Party) -> bool:
    """Whether the organiser lets a party write no more messages."""
    found = (
        select(RequestReport.id)
        .join(MeetingRequest, MeetingRequest.id == RequestReport.request_id)
        .where(
            MINE[me.side] == me.id, RequestReport.side == other(me.side), RequestReport.outcome == "silenced"
        )
    )
    return session.exec(found.limit(1)).first() is not None
