"""Pinning talks where they are, so that neither solver nor hand moves them."""

from collections.abc import Sequence

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room, Slot, Talk, TimetableAct
from expo.forums.services import Move, Spot, place
from expo.words import say


def pin(
    session: Session, edition: Edition, talks: Sequence[str], locked: bool, *, seen: int
) -> TimetableAct | None:
    """Pin or unpin talks; None where they are so already. Refused for one without a place."""
    rows = session.exec(
        select(Talk.code, Room.code, Slot.during)
        .join(Slot, Slot.talk_id == Talk.id)
        .join(Room, Room.id == Slot.room_id)
        .where(Slot.edition_id == edition.id, Talk.code.in_(talks))
    ).all()
    if missing := sorted(set(talks) - {row[0] for row in rows}):
        raise Refused(say("Talk %(talks)s has no place to be pinned to.", talks=missing[:5]))
    moves = [Move(talk, Spot(room, during.lower, locked)) for talk, room, during in rows]
    return place(session, edition, moves, kind="pin", seen=seen)
