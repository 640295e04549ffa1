"""Recommendations put aside and brought back, by one side and for itself only."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.phases.services import waits
from matchmaking.recommendations.models import Dismissal, Recommendation


def dismiss(session: Session, side: str, buyer_id: int, exhibitor_id: int) -> None:
    """Put a recommendation of one's list aside. Refused for a pair that stands on no list, and before there
    are lists to look through."""
    value = Recommendation.buyer_value if side == "buyer" else Recommendation.exhibitor_value
    there = select(Recommendation.score).where(
        Recommendation.buyer_id == buyer_id, Recommendation.exhibitor_id == exhibitor_id, value.is_not(None)
    )
    if session.exec(there).first() is None:
        raise Refused(say("This is not on your list any more."))
    _insist_begun(session, buyer_id)
    row = {"by": side, "buyer_id": buyer_id, "exhibitor_id": exhibitor_id}
    session.execute(insert(Dismissal).values(row).on_conflict_do_nothing())


def _insist_begun(session: Session, buyer_id: int) -> None:
    edition = session.get_one(Edition, session.get_one(Buyer, buyer_id).edition_id)
    if too_early := waits(session, edition, "recommendations"):
        raise Refused(too_early)


def bring_back(session: Session, side: str, buyer_id: int, exhibitor_id: int) -> None:
    """Put it back on the list."""
    session.execute(
        delete(Dismissal).where(
            Dismissal.by == side, Dismissal.buyer_id == buyer_id, Dismissal.exhibitor_id == exhibitor_id
        )
    )
