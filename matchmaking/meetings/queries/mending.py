"""Planned meetings that can no longer take place as they are, and why."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.words import Sentence, say
from matchmaking.requests.grid import grid

# The first reason that holds is told. While the event goes on, a meeting that is over needs no mending.
UNFIT = """
SELECT meeting.id, meeting.starts_at, meeting.table_number, meeting.locked, meeting.buyer_id,
       meeting.exhibitor_id,
       CASE WHEN exhibitor.state <> 'accepted' THEN 'withdrawn'
            WHEN desk.id IS NULL THEN 'gone'
            WHEN desk.closed @> to_jsonb(meeting.slot) THEN 'closed'
            WHEN meeting.seat > desk.seats THEN 'seats'
            WHEN desk.exclusive AND desk.exhibitor_id IS DISTINCT FROM meeting.exhibitor_id
                 AND desk.buyer_id IS DISTINCT FROM meeting.buyer_id THEN 'kept'
            WHEN buyer.unavailable @> to_jsonb(meeting.slot) THEN 'buyer_away'
            WHEN profile.unavailable @> to_jsonb(meeting.slot) THEN 'exhibitor_away'
            WHEN buys.unavailable @> to_jsonb(meeting.slot)
                 OR sells.unavailable @> to_jsonb(meeting.slot) THEN 'person_away' END AS why
  FROM meeting
  JOIN buyer ON buyer.id = meeting.buyer_id
  JOIN exhibitor ON exhibitor.id = meeting.exhibitor_id
  LEFT JOIN exhibitor_profile AS profile ON profile.exhibitor_id = exhibitor.id
  LEFT JOIN meeting_table AS desk
         ON desk.edition_id = meeting.edition_id AND desk.number = meeting.table_number
  LEFT JOIN delegate AS buys ON buys.id = meeting.buyer_delegate_id
  LEFT JOIN delegate AS sells ON sells.id = meeting.exhibitor_delegate_id
 WHERE meeting.edition_id = :edition AND meeting.state = 'planned' AND meeting.ends_at > :since
"""
COUNT = text(f"SELECT count(*) FROM ({UNFIT}) AS found WHERE why IS NOT NULL")  # noqa: S608
ROWS = text(
    f"SELECT * FROM ({UNFIT}) AS found WHERE why IS NOT NULL"  # noqa: S608
    " ORDER BY starts_at, table_number, id LIMIT :limit OFFSET :offset"
)
WHY: dict[str, Sentence] = {
    "withdrawn": say("The exhibitor no longer takes part."),
    "gone": say("The table is gone."),
    "closed": say("The table is closed at that time."),
    "seats": say("The table has fewer seats now."),
    "kept": say("The table is kept for somebody else."),
    "buyer_away": say("The buyer cannot come at that time."),
    "exhibitor_away": say("The exhibitor cannot come at that time."),
    "person_away": say("The person who would sit there cannot come at that time."),
}
"""Why → the sentence that says so."""


class Unfit(NamedTuple):
    """A planned meeting that cannot take place as it is; `why` is one of WHY."""

    number: int
    starts_at: datetime
    table: int
    locked: bool
    buyer_id: int
    exhibitor_id: int
    why: str


def unfit_count(session: Session, edition: Edition) -> int:
    """How many planned meetings cannot take place as they are; a repair finds them other places."""
    return session.execute(COUNT, {"edition": edition.id, "since": _since(edition)}).scalar_one()


def unfit(session: Session, edition: Edition, limit: int, offset: int) -> list[Unfit]:
    """One page of them, by time and table."""
    values = {"edition": edition.id, "since": _since(edition), "limit": limit, "offset": offset}
    return [Unfit(*row) for row in session.execute(ROWS, values)]


def _since(edition: Edition) -> datetime:
    """Now; the beginning of time for an event that is over, whose papers may still be put in order."""
    slots, moment = grid(edition.meetings, edition.zone_info), now()
    return moment if slots and slots[-1].ends_at > moment else datetime.min.replace(tzinfo=UTC)
