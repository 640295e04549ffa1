"""The order in which rows are locked, so that nobody deadlocks: edition, round, exhibitors, stands."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Round
from expo.selection.queries import floor
from expo.venue.models import Stand


def enter(session: Session, edition_id: int) -> None:
    """Step onto the floor together with everybody else; a publication waits, or is waited for."""
    session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update(read=True))


def keep_round(session: Session, round_: Round) -> None:
    """Read the round anew and keep it from being paused or closed meanwhile."""
    session.refresh(round_, with_for_update={"read": True})


def lock_exhibitors(session: Session, ids: Iterable[int]) -> None:
    """One after the other for these exhibitors and their rivals: neither picks beside the other unseen."""
    wanted = set(ids)
    for number in tuple(wanted):
        wanted |= set(floor.rival_ids(session, number))
    session.execute(
        select(Exhibitor.id)
        .where(Exhibitor.id.in_(wanted))
        .order_by(Exhibitor.id)
        .with_for_update(key_share=True)
    ).all()


def lock_stands(session: Session, ids: Collection[int]) -> None:
    """One after the other for these stands, by number."""
    if ids:
        session.execute(
            select(Stand.id).where(Stand.id.in_(ids)).order_by(Stand.id).with_for_update(key_share=True)
        ).all()
