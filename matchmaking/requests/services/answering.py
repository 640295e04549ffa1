"""Answers to a request: yes, another time, taking back what oneself offered."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.phases import services as phases
from matchmaking.requests.grid import grid
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries.parties import Party, busy
from matchmaking.requests.services.pairs import Pair, across, alive, locked, to_answer
from matchmaking.requests.services.ruling import in_words, settings_of
from matchmaking.requests.services.telling import forget
from matchmaking.requests.sides import other
from matchmaking.requests.wishes import Wish, insist_free

MOST_PROPOSALS = 6
PART_WAYS = text("SELECT part_ways(:edition, :buyer, :exhibitor, :told)")


def accept(
    session: Session, edition: Edition, me: Party, request: MeetingRequest, *, must: bool = False
) -> MeetingRequest:
    """Agree to meet, at the time proposed if there is one."""
    phases.insist(session, edition, "requests")
    pair, found = to_answer(session, edition, me, request)
    with in_words(session):
        agree(session, edition, pair, found, must=must)
    return found


def agree(
    session: Session,
    edition: Edition,
    pair: Pair,
    found: MeetingRequest,
    *,
    must: bool = False,
    by_both: bool = False,
) -> None:
    """Settle a locked request that waits for this side."""
    me = pair.me
    if found.slot is not None:
        slots = grid(edition.meetings, edition.zone_info)
        if found.slot > len(slots):
            raise Refused(say("That time is no longer one of the event's. Propose another one."))
        theirs = busy(session, other(me.side), pair.other_id)
        insist_free(Wish(slot=found.slot), slots, busy(session, me.side, me.id), theirs, now())
    found.state, found.settled_at, found.by_both = "agreed", now(), by_both
    if found.asked_by == me.side:
        found.asker_must = found.asker_must or must
    else:
        found.other_must = found.other_must or must
    session.add(found)
    session.flush()
    forget(session, edition.id, me.side, me.id, pair.other_id)
    pair.tell(session, "agreed")


def propose(session: Session, edition: Edition, me: Party, request: MeetingRequest, wish: Wish) -> None:
    """Answer with another time; then it is the other side's turn."""
    phases.insist(session, edition, "requests")
    if not wish:
        raise Refused(say("Choose a time to propose."))
    pair, found = to_answer(session, edition, me, request)
    if found.proposals >= MOST_PROPOSALS:
        raise Refused(say("Enough times have been proposed. Accept one, or write to each other."))
    slots = grid(edition.meetings, edition.zone_info)
    theirs = busy(session, other(me.side), pair.other_id)
    insist_free(wish, slots, busy(session, me.side, me.id), theirs, now())
    found.half, found.slot = wish.half, wish.slot
    if found.asked_by == me.side:
        found.asked_half, found.asked_slot = wish.half, wish.slot
    found.turn, found.proposals, found.warned_at = other(me.side), found.proposals + 1, None
    found.expires_at = now() + timedelta(hours=settings_of(session, edition).lapse_hours)
    session.add(found)
    with in_words(session):
        session.flush()
    forget(session, edition.id, me.side, me.id, pair.other_id)
    pair.tell(session, "proposed")


def withdraw(session: Session, edition: Edition, me: Party, request: MeetingRequest) -> None:
    """Take back what this side asked, proposed or agreed to. Possible in every phase.

    The other side sees the same as after a no: a request that is gone, or a meeting that cannot take place.
    """
    pair = locked(session, edition, me, across(me, request))
    found = alive(session, pair)
    if found is None or found.id != request.id:
        raise Refused(say("This request is no longer open."))
    if found.state == "agreed":
        session.execute(
            PART_WAYS,
            {
                "edition": edition.id,
                "buyer": pair.buyer_id,
                "exhibitor": pair.exhibitor_id,
                "told": other(me.side),
            },
        )
    elif found.asked_by == me.side:
        found.state, found.settled_at = "withdrawn", now()
    elif found.turn == me.side:
        raise Refused(say("You have proposed nothing that could be taken back."))
    else:
        found.turn, found.half, found.slot = me.side, found.asked_half, found.asked_slot
    session.add(found)
    session.flush()
    session.refresh(found)
    forget(session, edition.id, other(me.side), pair.other_id, me.id)
