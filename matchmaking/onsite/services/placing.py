"""Putting two parties at a table on the day, so that nobody learns who said no to whom."""

from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.models import Need, Product
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.refusals import RULES, TAKEN
from matchmaking.meetings.services.publishing import next_version
from matchmaking.onsite.freedom import Free, free, free_seats
from matchmaking.onsite.models import MeetingOpening
from matchmaking.onsite.queries import freedom
from matchmaking.onsite.services.ruling import NOT_NOW, in_words
from matchmaking.recommendations.models import Recommendation
from matchmaking.requests.grid import SlotTime, grid
from matchmaking.requests.models import MeetingRefusal
from matchmaking.requests.sides import BUYER, SUPPLIER

BUSY = say("You have a meeting at that time, or said that you are not there.")
NO_TABLE = say("No table is free at that time.")
ABOUT_TABLES = frozenset({TAKEN["table"].message, RULES["meeting_table_is_open"].message})
BOTH = say("These two cannot meet at that time. Choose another time, or somebody else.")


class Place(NamedTuple):
    """A slot (from 1) and, where it is settled already, a (table, seat) in it."""

    slot: int
    seat: tuple[int, int] | None = None


def slot_time(edition: Edition, slot: int) -> SlotTime:
    """The slot of that number. Refused where there is none."""
    found = grid(edition.meetings, edition.zone_info)
    if not 1 <= slot <= len(found):
        raise Refused(say("There is no such meeting time."))
    return found[slot - 1]


def place(
    session: Session,
    edition: Edition,
    buyer_id: int,
    exhibitor_id: int,
    spot: Place,
    *,
    actor: str | None = None,
    note: str = "",
) -> Meeting:
    """A new meeting of the two in a slot, at a seat that is free.

    `actor` is the side that acts: it is told of its own obstacles and those of tables, of the other side only
    that it cannot be met (None: the host, who is told the same of both). Whoever said no is not told apart.
    """
    time = slot_time(edition, spot.slot)
    if time.ends_at <= now():
        raise Refused(say("This time is over. Choose a later one."))
    taken = freedom.taken(session, edition, spot.slot)
    found = {
        BUYER: freedom.sides(session, edition, BUYER, {buyer_id}).get(buyer_id),
        SUPPLIER: freedom.sides(session, edition, SUPPLIER, {exhibitor_id}).get(exhibitor_id),
    }
    people: dict[str, Free | None] = {
        side: free(one, spot.slot, taken) if one else None for side, one in found.items()
    }
    if actor is not None and people[actor] is None:
        raise Refused(BUSY)
    seats = [spot.seat] if spot.seat else _seats(session, edition, spot.slot, taken, buyer_id, exhibitor_id)
    if not seats:
        raise Refused(NO_TABLE)
    refusal = NOT_NOW if actor else BOTH
    buyer, exhibitor = people[BUYER], people[SUPPLIER]
    if buyer is None or exhibitor is None or not _may_meet(session, found, buyer_id, exhibitor_id):
        raise Refused(refusal)
    values = _about(session, buyer_id, exhibitor_id) | {
        "edition_id": edition.id,
        "buyer_id": buyer_id,
        "exhibitor_id": exhibitor_id,
        "buyer_delegate_id": buyer.person,
        "exhibitor_delegate_id": exhibitor.person,
        "slot": spot.slot,
        "starts_at": time.starts_at,
        "ends_at": time.ends_at,
        "origin": "site",
        "note": note,
    }
    meeting = _seated(session, values, seats, refusal)
    _waits_no_longer(session, edition, spot.slot, buyer_id, exhibitor_id)
    next_version(session, edition, "site", {"added": 1}, None)
    return meeting


def _seats(
    session: Session, edition: Edition, slot: int, taken: frozenset[str], buyer_id: int, exhibitor_id: int
) -> list[tuple[int, int]]:
    taken = taken | freedom.waited_at(session, edition, slot)
    return list(free_seats(freedom.tables(session, edition), slot, taken, buyer_id, exhibitor_id))


def _may_meet(session: Session, found: dict, buyer_id: int, exhibitor_id: int) -> bool:
    if found[BUYER].organisation_id == found[SUPPLIER].organisation_id:
        return False
    no = select(MeetingRefusal.id).where(
        MeetingRefusal.buyer_id == buyer_id,
        MeetingRefusal.exhibitor_id == exhibitor_id,
        MeetingRefusal.lifted_at.is_(None),
    )
    planned = select(Meeting.id).where(
        Meeting.buyer_id == buyer_id, Meeting.exhibitor_id == exhibitor_id, Meeting.state == "planned"
    )
    return session.exec(no).first() is None and session.exec(planned).first() is None


def _seated(session: Session, values: dict, seats: list[tuple[int, int]], refusal) -> Meeting:
    """The meeting at the first seat that nobody takes in this very moment."""
    for table, seat in seats:
        meeting = Meeting(**values, table_number=table, seat=seat)
        try:
            with in_words(session):
                session.add(meeting)
        except Refused as refused:
            if not _is_about_tables(refused):
                raise Refused(refusal) from refused
            continue
        return meeting
    raise Refused(NO_TABLE)


def _is_about_tables(refused: Refused) -> bool:
    return getattr(refused.sentence, "message", "") in ABOUT_TABLES


def _about(session: Session, buyer_id: int, exhibitor_id: int) -> dict:
    """What the two have to talk about, as far as their lists know."""
    row = session.execute(
        select(Recommendation.score, Need.position, Product.code)
        .join(Need, Need.id == Recommendation.need_id)
        .join(Product, Product.id == Recommendation.product_id)
        .where(Recommendation.buyer_id == buyer_id, Recommendation.exhibitor_id == exhibitor_id)
    ).first()
    return {"score": float(row[0]), "need_position": row[1], "product_code": row[2]} if row else {}


def _waits_no_longer(session: Session, edition: Edition, slot: int, buyer_id: int, exhibitor_id: int) -> None:
    """Whoever has a meeting now waits for nobody else in that slot."""
    session.execute(
        update(MeetingOpening)
        .where(
            MeetingOpening.edition_id == edition.id,
            MeetingOpening.slot == slot,
            MeetingOpening.closed_at.is_(None),
            (MeetingOpening.buyer_id == buyer_id) | (MeetingOpening.exhibitor_id == exhibitor_id),
        )
        .values(closed_at=now())
    )
