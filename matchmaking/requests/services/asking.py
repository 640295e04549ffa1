"""Asking for a meeting."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.phases import services as phases
from matchmaking.requests.grid import grid
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries.parties import Party, busy
from matchmaking.requests.services.answering import agree
from matchmaking.requests.services.pairs import Pair, alive, insist_taking_part, locked
from matchmaking.requests.services.ruling import in_words, settings_of
from matchmaking.requests.services.writing import write
from matchmaking.requests.sides import other
from matchmaking.requests.wishes import Wish, insist_free

MOST_ASKED = 3
"""How often one side may ask the same other side, whatever became of it."""


def ask(
    session: Session,
    edition: Edition,
    me: Party,
    other_id: int,
    *,
    must: bool = False,
    wish: Wish | None = None,
    message: str = "",
    once: str = "",
    user_id: int | None = None,
) -> MeetingRequest:
    """Ask for a meeting; asking twice is asking once, but may make it a must and add a message. Where the
    other side has asked already, it is agreed.

    Refused in words: out of phase, either side not open to meetings, beyond the caps, a time that is taken.
    """
    phases.insist(session, edition, "requests")
    pair = locked(session, edition, me, other_id)
    insist_taking_part(session, edition, pair)
    if pair.is_mine_refused:
        raise Refused(say("You said no thanks to them. Take that back first."))
    there = alive(session, pair)
    with in_words(session):
        if there is None:
            found = _new(session, edition, pair, must, wish or Wish())
        else:
            found = _again(session, edition, pair, there, must, wish or Wish())
        if message.strip() and (once or there is None):  # again, only what can be told from a repetition
            write(session, edition, me, found, message, once=once or "asked", user_id=user_id)
    return found


def _again(
    session: Session, edition: Edition, pair: Pair, there: MeetingRequest, must: bool, wish: Wish
) -> MeetingRequest:
    if there.state == "agreed":
        raise Refused(say("You have agreed to meet them already."))
    if there.asked_by == pair.me.side:
        if there.turn == pair.me.side:
            raise Refused(say("They have answered with another time. Accept it, or propose one yourself."))
        if wish and wish != Wish(there.asked_half, there.asked_slot):
            raise Refused(say("You have asked them already. Take that back before you ask for another time."))
        there.asker_must = there.asker_must or must
        session.add(there)
        session.flush()
        return there
    if there.turn != pair.me.side:
        raise Refused(say("You have proposed a time to them; it is their turn to answer."))
    agree(session, edition, pair, there, must=must, by_both=True)
    return there


def _new(session: Session, edition: Edition, pair: Pair, must: bool, wish: Wish) -> MeetingRequest:
    me = pair.me
    before = session.execute(
        select(func.count())
        .select_from(MeetingRequest)
        .where(
            MeetingRequest.buyer_id == pair.buyer_id,
            MeetingRequest.exhibitor_id == pair.exhibitor_id,
            MeetingRequest.asked_by == me.side,
        )
    ).scalar_one()
    if before >= MOST_ASKED:
        raise Refused(say("You have asked them %(count)s times. Ask somebody else.", count=before))
    if wish:
        slots = grid(edition.meetings, edition.zone_info)
        theirs = busy(session, other(me.side), pair.other_id)
        insist_free(wish, slots, busy(session, me.side, me.id), theirs, now())
    found = MeetingRequest(
        edition_id=edition.id,
        buyer_id=pair.buyer_id,
        exhibitor_id=pair.exhibitor_id,
        asked_by=me.side,
        asker_must=must,
        turn=other(me.side),
        half=wish.half,
        slot=wish.slot,
        asked_half=wish.half,
        asked_slot=wish.slot,
        expires_at=now() + timedelta(hours=settings_of(session, edition).lapse_hours),
    )
    session.add(found)
    session.flush()
    pair.tell(session, "asked")
    return found
