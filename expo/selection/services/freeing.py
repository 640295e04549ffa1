"""Holds that have run out, and what is written down about every step."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, update
from sqlmodel import Session, select

from expo.selection.models import Event, Hold, Offer
from expo.venue.models import Stand


def note(
    session: Session, kind: str, edition_id: int, exhibitor_id: int, stands: Sequence[str],
    round_id: int | None = None, worth_minor: int = 0,
) -> None:  # fmt: skip
    """Write down what happened, at the database's time."""
    session.add(
        Event(
            kind=kind,
            edition_id=edition_id,
            round_id=round_id,
            exhibitor_id=exhibitor_id,
            stands=sorted(stands),
            worth_minor=worth_minor,
            at=func.now(),
        )
    )
    session.flush()


def clear_expired(session: Session, edition_id: int, stand_ids: Collection[int] | None = None) -> int:
    """Remove holds that ran out (of these stands, or all of the edition); how many. Safe to repeat."""
    over = select(Hold.id).where(Hold.edition_id == edition_id, Hold.expires_at <= func.now())
    if stand_ids is None:  # nobody's turn depends on it, so nobody is waited for
        over = over.order_by(Hold.stand_id).with_for_update(skip_locked=True)
    else:
        over = over.where(Hold.stand_id.in_(stand_ids))
    numbers = session.execute(over).scalars().all()
    if not numbers:
        return 0
    gone = delete(Hold).where(Hold.id.in_(numbers)).execution_options(synchronize_session="fetch")
    rows = session.execute(gone.returning(Hold.stand_id, Hold.exhibitor_id, Hold.round_id)).all()
    codes = dict(
        session.execute(select(Stand.id, Stand.code).where(Stand.id.in_([row[0] for row in rows]))).all()
        if rows
        else ()
    )
    by_owner: dict[tuple[int, int | None], list[str]] = {}
    for stand_id, exhibitor_id, round_id in rows:
        by_owner.setdefault((exhibitor_id, round_id), []).append(codes[stand_id])
    for (exhibitor_id, round_id), stands in by_owner.items():
        note(session, "expired", edition_id, exhibitor_id, stands, round_id)
    return len(rows)


def let_go(session: Session, holds: Sequence[Hold]) -> None:
    """Remove these holds."""
    if holds:
        session.execute(delete(Hold).where(Hold.id.in_([hold.id for hold in holds])))


def end_offer(session: Session, offer: Offer, state: str) -> None:
    """Close an offer and free what it kept."""
    session.execute(delete(Hold).where(Hold.offer_id == offer.id))
    session.execute(update(Offer).where(Offer.id == offer.id).values(state=state, answered_at=func.now()))
    session.refresh(offer)
