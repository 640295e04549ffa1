"""What parties are still to be told: noted now, written in one letter later."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from expo.clock import now
from matchmaking.requests.models import RequestNotice

TAKEN_BACK = ("asked", "proposed", "expiring")
"""What is no longer true once it was answered or taken back; what was told stays told."""


def notify(session: Session, edition_id: int, side: str, party_id: int, kind: str, other_id: int = 0) -> None:
    """Note something a party is to be told; what is noted already is told once."""
    values = {
        "edition_id": edition_id,
        "side": side,
        "party_id": party_id,
        "kind": kind,
        "other_id": other_id,
        "due_at": now(),
    }
    session.execute(insert(RequestNotice).values(**values).on_conflict_do_nothing())


def forget(session: Session, edition_id: int, side: str, party_id: int, other_id: int) -> None:
    """Tell a party no longer that the other asked, proposed or waits."""
    session.execute(
        delete(RequestNotice).where(
            RequestNotice.edition_id == edition_id,
            RequestNotice.side == side,
            RequestNotice.party_id == party_id,
            RequestNotice.other_id == other_id,
            RequestNotice.kind.in_(TAKEN_BACK),
            RequestNotice.told_at.is_(None),
        )
    )
