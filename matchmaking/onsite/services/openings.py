"""Seats that came free: whoever is wanted and free is asked, and the first one gets it."""

from contextlib import suppress

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.freedom import free, free_seats
from matchmaking.onsite.models import MeetingOpening
from matchmaking.onsite.queries import freedom
from matchmaking.onsite.services.placing import NO_TABLE, Place, place, slot_time
from matchmaking.onsite.services.ruling import in_words
from matchmaking.requests.queries.parties import MODELS
from matchmaking.requests.sides import BUYER, other

MOST_ASKED = 40
GONE = say("Somebody was quicker. Look for another one.")


def open_seat(
    session: Session, edition: Edition, slot: int, side: str, party_id: int, seat: tuple[int, int]
) -> MeetingOpening:
    """Ask everybody who is free, wanted and refused by neither to come to a seat where a party waits."""
    asked = _free_and_wanted(session, edition, slot, side, party_id)
    row = MeetingOpening(
        edition_id=edition.id,
        slot=slot,
        table_number=seat[0],
        seat=seat[1],
        buyer_id=party_id if side == BUYER else None,
        exhibitor_id=None if side == BUYER else party_id,
        asked=asked,
    )
    with in_words(session):
        session.add(row)
    return row


def _free_and_wanted(session: Session, edition: Edition, slot: int, side: str, party_id: int) -> list[int]:
    wanted = freedom.suitable(session, edition, side, party_id, slot)
    taken = freedom.taken(session, edition, slot)
    there = freedom.sides(session, edition, other(side), wanted, open_only=True)
    found = [one for one in wanted if one in there and free(there[one], slot, taken)]
    return found[:MOST_ASKED]


def wait_here(session: Session, edition: Edition, side: str, party_id: int, slot: int) -> MeetingOpening:
    """A party that has nothing to do in a slot lets the others know, at a free table.

    Refused: the slot is over, the party is busy or waits already, no table is free.
    """
    if slot_time(edition, slot).ends_at <= now():
        raise Refused(say("This time is over. Choose a later one."))
    model = MODELS[side]  # its people wait one after the other
    session.execute(select(model.id).where(model.id == party_id).with_for_update(key_share=True))
    me = freedom.sides(session, edition, side, {party_id}, open_only=True).get(party_id)
    taken = freedom.taken(session, edition, slot)
    if me is None:
        raise Refused(say("Say in your profile first that you are open to meetings."))
    if free(me, slot, taken) is None:
        raise Refused(say("You have a meeting at that time, or said that you are not there."))
    mine = MeetingOpening.buyer_id if side == BUYER else MeetingOpening.exhibitor_id
    here = select(MeetingOpening).where(
        mine == party_id, MeetingOpening.slot == slot, MeetingOpening.closed_at.is_(None)
    )
    if session.exec(here).first():
        raise Refused(say("You wait at a table already at that time."))
    kept = freedom.waited_at(session, edition, slot)
    buyer, exhibitor = (party_id, 0) if side == BUYER else (0, party_id)
    tables = freedom.tables(session, edition)
    for seat in free_seats(tables, slot, taken | kept, buyer, exhibitor):
        with suppress(Refused):  # somebody sat down there in this very moment: the next one
            return open_seat(session, edition, slot, side, party_id, seat)
    raise Refused(NO_TABLE)


def take(session: Session, edition: Edition, number: int, side: str, party_id: int) -> Meeting:
    """Come to a seat where somebody waits: the first one who says so has the meeting.

    Refused: somebody was quicker, the time is over, whoever taps is busy. A seat that one is not asked to is
    as good as taken.
    """
    opening = session.exec(
        select(MeetingOpening)
        .where(MeetingOpening.id == number, MeetingOpening.edition_id == edition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if opening is None or opening.closed_at is not None or party_id not in opening.asked:
        raise Refused(GONE)
    waiting_side = BUYER if opening.buyer_id is not None else other(BUYER)
    if waiting_side == side:
        raise Refused(GONE)
    if slot_time(edition, opening.slot).ends_at <= now():
        raise Refused(say("The time of this meeting is over."))
    waiting = opening.buyer_id or opening.exhibitor_id or 0
    pair = (waiting, party_id) if waiting_side == BUYER else (party_id, waiting)
    spot = Place(opening.slot, (opening.table_number, opening.seat))
    with session.begin_nested():
        opening.closed_at = now()
        session.add(opening)
        session.flush()
        meeting = place(session, edition, *pair, spot, actor=side)
        opening.taken_id = meeting.id
        session.add(opening)
        session.flush()
    return meeting


def stop_waiting(session: Session, edition: Edition, number: int, party: tuple[str, int] | None) -> None:
    """Wait no longer; of one's own seats only, the host (None) of any."""
    row = session.exec(
        select(MeetingOpening)
        .where(MeetingOpening.id == number, MeetingOpening.edition_id == edition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None or party not in (None, ("buyer", row.buyer_id), ("supplier", row.exhibitor_id)):
        raise Refused(say("You wait at no such table."))
    if row.closed_at is None:
        row.closed_at = now()
        session.add(row)
        session.flush()
