"""No thanks: private and final for the other side; only who said it may take it back."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.recommendations.models import Dismissal
from matchmaking.requests.models import MeetingRefusal
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.services.answering import withdraw
from matchmaking.requests.services.pairs import Pair, alive, locked
from matchmaking.requests.services.ruling import in_words
from matchmaking.requests.services.telling import forget
from matchmaking.requests.sides import BUYER, other


def refuse(session: Session, edition: Edition, me: Party, other_id: int) -> None:
    """Say no to a party: it is never told, and sees what silence looks like. Saying it twice is once.

    What this side asked or proposed is taken back; what was agreed or planned is cancelled in neutral words.
    Possible in every phase.
    """
    pair = locked(session, edition, me, other_id)
    if pair.is_mine_refused:
        return
    there = alive(session, pair)
    if there is not None and there.state == "open" and there.turn != me.side:
        withdraw(session, edition, me, there)  # leaves the very trail that taking it back leaves
    with in_words(session):
        session.add(
            MeetingRefusal(
                edition_id=edition.id, buyer_id=pair.buyer_id, exhibitor_id=pair.exhibitor_id, side=me.side
            )
        )
    session.expire_all()  # the database itself took back what followed from it
    session.execute(insert(Dismissal).values(_aside(pair) | {"at": now()}).on_conflict_do_nothing())
    forget(session, edition.id, me.side, me.id, other_id)
    forget(session, edition.id, other(me.side), other_id, me.id)


def _aside(pair: Pair) -> dict[str, Any]:
    """How one's own list of recommendations, and no other, leaves somebody out."""
    by = "buyer" if pair.me.side == BUYER else "exhibitor"
    return {"by": by, "buyer_id": pair.buyer_id, "exhibitor_id": pair.exhibitor_id}


def lift(session: Session, edition: Edition, me: Party, other_id: int) -> None:
    """Take one's own no back. A request that the other side has open is there again to be answered."""
    pair = locked(session, edition, me, other_id)
    found = session.exec(
        select(MeetingRefusal)
        .where(
            MeetingRefusal.buyer_id == pair.buyer_id,
            MeetingRefusal.exhibitor_id == pair.exhibitor_id,
            MeetingRefusal.side == me.side,
            MeetingRefusal.lifted_at.is_(None),
        )
        .with_for_update()
    ).first()
    if found is None:
        raise Refused(say("You have not said no to them."))
    found.lifted_at = now()
    session.add(found)
    session.execute(delete(Dismissal).filter_by(**_aside(pair)))
    session.flush()
