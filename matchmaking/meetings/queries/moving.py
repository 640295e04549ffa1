"""Where a meeting could go: times at which both sides are free, and meetings it could trade places with."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition
from matchmaking.meetings.models import Meeting
from matchmaking.requests.grid import SlotTime

MOST = 40
NEAR = 8
"""Others than those of the two parties are offered from so many slots before and after."""


class Choice(NamedTuple):
    """A time; whether the buyer and the exhibitor have a meeting then, and how many tables have a seat."""

    slot: SlotTime
    buyer_busy: bool
    exhibitor_busy: bool
    tables: int

    @property
    def is_free(self) -> bool:
        """Whether both could come and sit somewhere."""
        return not self.buyer_busy and not self.exhibitor_busy and self.tables > 0


# A party is busy where all its people are, or where it is when it names nobody; seats are counted over
# tables that are open to everybody or belong to one of the two.
BUSY = text(
    """SELECT meeting.slot,
              count(*) FILTER (WHERE meeting.buyer_id = :buyer) AS buyers,
              count(*) FILTER (WHERE meeting.exhibitor_id = :exhibitor) AS exhibitors
         FROM meeting
        WHERE meeting.edition_id = :edition AND meeting.state IN ('planned', 'held')
          AND (meeting.buyer_id = :buyer OR meeting.exhibitor_id = :exhibitor)
          AND meeting.id IS DISTINCT FROM :but
        GROUP BY meeting.slot"""
)
PEOPLE = text(
    """SELECT greatest(1, count(*) FILTER (WHERE buyer_id = :buyer)),
              greatest(1, count(*) FILTER (WHERE exhibitor_id = :exhibitor))
         FROM delegate WHERE edition_id = :edition AND (buyer_id = :buyer OR exhibitor_id = :exhibitor)"""
)
SEATS = text(
    """WITH open AS (
           SELECT number, seats, closed FROM meeting_table
            WHERE edition_id = :edition
              AND (buyer_id IS NULL OR buyer_id = :buyer OR NOT exclusive)
              AND (exhibitor_id IS NULL OR exhibitor_id = :exhibitor OR NOT exclusive)
       ), taken AS (
           SELECT slot, table_number, count(*) AS number FROM meeting
            WHERE edition_id = :edition AND state IN ('planned', 'held') AND id IS DISTINCT FROM :but
            GROUP BY slot, table_number
       )
       SELECT slot.n, count(*) FILTER (WHERE NOT open.closed @> to_jsonb(slot.n)
                                         AND open.seats > coalesce(taken.number, 0))
         FROM unnest(CAST(:slots AS integer[])) AS slot(n) CROSS JOIN open
         LEFT JOIN taken ON taken.slot = slot.n AND taken.table_number = open.number
        GROUP BY slot.n"""
)


def choices(
    session: Session,
    edition: Edition,
    times: tuple[SlotTime, ...],
    pair: tuple[int, int],
    but: int | None = None,
) -> list[Choice]:
    """Every time of the edition for a buyer and an exhibitor, the meeting `but` left out of account."""
    values = {"edition": edition.id, "buyer": pair[0], "exhibitor": pair[1]}
    numbers = [slot.number for slot in times]
    busy = {row.slot: row for row in session.execute(BUSY, values | {"but": but})}
    buyers, exhibitors = session.execute(PEOPLE, values).one()
    seats = dict(session.execute(SEATS, values | {"but": but, "slots": numbers}).all())
    return [
        Choice(
            slot,
            slot.number in busy and busy[slot.number].buyers >= buyers,
            slot.number in busy and busy[slot.number].exhibitors >= exhibitors,
            seats.get(slot.number, 0),
        )
        for slot in times
    ]


class Other(NamedTuple):
    """A meeting that another could trade places with."""

    number: int
    starts_at: datetime
    table: int
    buyer: str
    buyer_name: dict[str, str]
    exhibitor: str
    exhibitor_name: dict[str, str]


# Nobody of the one may be in a third meeting at the time of the other, and the other way round.
TRADES = text(
    """SELECT other.id, other.starts_at, other.table_number, buyer.code, purchaser.name,
              exhibitor.code, seller.name
         FROM meeting AS other
         JOIN buyer ON buyer.id = other.buyer_id
         JOIN organisation AS purchaser ON purchaser.id = buyer.organisation_id
         JOIN exhibitor ON exhibitor.id = other.exhibitor_id
         JOIN organisation AS seller ON seller.id = exhibitor.organisation_id
        WHERE other.edition_id = :edition AND other.state = 'planned' AND NOT other.locked
          AND other.slot <> :slot AND other.starts_at > now()
          AND (other.buyer_id = :buyer OR other.exhibitor_id = :exhibitor
               OR other.slot BETWEEN :slot - :near AND :slot + :near)
          AND NOT EXISTS (
              SELECT 1 FROM meeting_hold AS mine JOIN meeting_hold AS third
                  ON third.edition_id = mine.edition_id AND third.resource = mine.resource
                 AND third.slot = other.slot
               WHERE mine.meeting_id = :meeting AND mine.resource NOT LIKE 'table %'
                 AND third.meeting_id <> other.id)
          AND NOT EXISTS (
              SELECT 1 FROM meeting_hold AS theirs JOIN meeting_hold AS third
                  ON third.edition_id = theirs.edition_id AND third.resource = theirs.resource
                 AND third.slot = :slot
               WHERE theirs.meeting_id = other.id AND theirs.resource NOT LIKE 'table %'
                 AND third.meeting_id <> :meeting)
        ORDER BY (other.buyer_id = :buyer OR other.exhibitor_id = :exhibitor) DESC,
                 abs(other.slot - :slot), other.slot, other.table_number
        LIMIT :most"""
)


def trades(session: Session, meeting: Meeting) -> list[Other]:
    """Meetings to trade time and table with: those of the two parties first, then near ones."""
    values = {
        "edition": meeting.edition_id, "meeting": meeting.id, "slot": meeting.slot, "near": NEAR,
        "buyer": meeting.buyer_id, "exhibitor": meeting.exhibitor_id, "most": MOST,
    }  # fmt: skip
    return [Other(*row) for row in session.execute(TRADES, values)]
