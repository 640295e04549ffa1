"""Where the public knew a talk to be in former versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Release, ReleasedProgramme, ReleasedSlot, Room


@dataclass(frozen=True)
class Moved:
    """The last time that a version put a talk elsewhere: which one, and where it had been until then.

    `room` is {} where that room is gone, or where the talk stayed in its room.
    """

    version: str
    at: datetime
    start: datetime
    end: datetime
    room: dict[str, str]


def last_move(session: Session, edition: Edition, talk_id: int) -> Moved | None:
    """The last change of place or length; None for a talk that is where it was first. One query."""
    rows = session.exec(
        select(
            Release.version,
            Release.released_at,
            ReleasedSlot.room_id,
            func.lower(ReleasedSlot.during),
            func.upper(ReleasedSlot.during),
            Room.name,
        )
        .join(ReleasedSlot, ReleasedSlot.release_id == Release.id)
        .outerjoin(Room, Room.id == ReleasedSlot.room_id)
        .where(Release.edition_id == edition.id, ReleasedSlot.talk_id == talk_id)
        .order_by(Release.number.desc())
    ).all()
    for after, before in zip(rows, rows[1:], strict=False):
        if _place(after) != _place(before):
            version, released_at, room, *_ = after
            left = {} if before[2] == room else before[5] or {}
            return Moved(version, released_at, before[3], before[4], left)
    return None


def _place(row: Any) -> tuple:
    return tuple(row[2:5])


def version_with(session: Session, edition: Edition, code: str) -> str | None:
    """The newest version that tells of a talk of that code."""
    return session.exec(
        select(Release.version)
        .join(ReleasedProgramme, ReleasedProgramme.release_id == Release.id)
        .where(
            Release.edition_id == edition.id, ReleasedProgramme.content["talks"].contains([{"code": code}])
        )
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
