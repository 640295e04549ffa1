"""When rooms and people can be had, kept and read."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Availability, Room, Speaker, between
from expo.forums.presence import Row, rows, stretches
from expo.words import say

MOST_ROWS = 200


def presence_of(session: Session, edition: Edition, whose: Room | Speaker) -> list[Row]:
    """Day by day when a room or a person can be had; no rows: always."""
    found = session.exec(select(Availability.during).where(_of(whose))).all()
    spans = [(during.lower, during.upper) for during in found]
    return rows(spans, edition.zone_info, edition.starts_on, edition.ends_on)


def keep_presence(session: Session, edition: Edition, whose: Room | Speaker, given: Iterable[Row]) -> bool:
    """Take over when a room or a person can be had; whether that changed anything.

    Refused for a row without any time in it, or for more rows than anybody types.
    """
    given = list(given)
    if len(given) > MOST_ROWS:
        raise Refused(say("No more than %(count)s rows of availability are kept.", count=MOST_ROWS))
    try:
        wanted = stretches(given, edition.zone_info)
    except (ValueError, OverflowError):
        raise Refused(say("A row of availability ends before it begins.")) from None
    if sorted(given) == presence_of(session, edition, whose):
        return False
    session.execute(delete(Availability).where(_of(whose)))
    owner = {"room_id": whose.id} if isinstance(whose, Room) else {"speaker_id": whose.id}
    for start, end in wanted:
        session.add(Availability(edition_id=edition.id, during=between(start, end), **owner))
    session.flush()
    return True


def _of(whose: Room | Speaker):
    column = Availability.room_id if isinstance(whose, Room) else Availability.speaker_id
    return column == whose.id
