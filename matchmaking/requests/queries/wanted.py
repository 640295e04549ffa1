"""What the agenda is made from: whom people agreed to meet, asked for, and were recommended; who said no."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.recommendations.queries import scores_of
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from matchmaking.requests.queries.parties import taking_part
from matchmaking.requests.sides import BUYER, SUPPLIER

UNSCORED = 1
"""What a pair is worth that somebody asked for and no list names, of 100."""


@dataclass(frozen=True)
class Wanted:
    """A pair that may meet. `score` is of 100; `slot` is agreed by both; `half` is 'am', 'pm' or None.

    `standing`: 'agreed', 'asked' (by one side, unanswered) or 'recommended'. `must`: a side that asked or
    agreed calls it a must.
    """

    buyer_id: int
    exhibitor_id: int
    score: int
    must: bool
    half: str | None
    slot: int | None
    standing: str
    asked_by: str | None


def wanted(session: Session, edition: Edition) -> list[Wanted]:
    """Every pair that may meet, once, by buyer and exhibitor; nobody who is not open to meetings, no pair of
    which either side said no. What nobody answered in time still counts as asked."""
    scores = {(one.buyer_id, one.exhibitor_id): one.score for one in scores_of(session, edition)}
    refused = refused_pairs(session, edition)
    found = {pair: _recommended(pair, score) for pair, score in scores.items()}
    found |= {(one.buyer_id, one.exhibitor_id): one for one in _asked(session, edition, scores)}
    return [one for pair, one in sorted(found.items()) if pair not in refused]


def _recommended(pair: tuple[int, int], score: int) -> Wanted:
    return Wanted(*pair, score, False, None, None, "recommended", None)


def _asked(session: Session, edition: Edition, scores: dict[tuple[int, int], int]) -> Iterator[Wanted]:
    rows = session.exec(
        select(MeetingRequest)
        .where(
            MeetingRequest.edition_id == edition.id,
            MeetingRequest.state.in_(("open", "agreed", "lapsed")),
            MeetingRequest.buyer_id.in_(taking_part(edition, BUYER)),
            MeetingRequest.exhibitor_id.in_(taking_part(edition, SUPPLIER)),
        )
        # Of several about a pair the last one stands; an agreed one above all.
        .order_by((MeetingRequest.state == "agreed"), MeetingRequest.id)
    )
    for row in rows:
        score = scores.get((row.buyer_id, row.exhibitor_id), UNSCORED)
        if row.state == "agreed":
            asker = "both" if row.by_both else row.asked_by
            yield Wanted(
                row.buyer_id, row.exhibitor_id, score, row.asker_must or row.other_must, row.half, row.slot,
                "agreed", asker,
            )  # fmt: skip
        else:
            yield Wanted(
                row.buyer_id, row.exhibitor_id, score, row.asker_must, row.asked_half, None, "asked",
                row.asked_by,
            )  # fmt: skip


def refused_pairs(session: Session, edition: Edition) -> frozenset[tuple[int, int]]:
    """(buyer, exhibitor) of which either side said no. Never shown: only who refused may see it."""
    rows = session.execute(
        select(MeetingRefusal.buyer_id, MeetingRefusal.exhibitor_id).where(
            MeetingRefusal.edition_id == edition.id, MeetingRefusal.lifted_at.is_(None)
        )
    )
    return frozenset((row[0], row[1]) for row in rows)
