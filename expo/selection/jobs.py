"""Telling everybody their turn, and the sweep: holds, offers and swaps that ran out, and the next in line."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.jobs.handlers import handler, periodic
from expo.jobs.models import Job
from expo.languages import pick
from expo.selection import letters, prints
from expo.selection.models import Round, Turn
from expo.selection.services import freeing, offering, swapping

AT_A_TIME = 50
MOST_OFFERS = 500
TO_DO = text(
    """SELECT edition_id FROM stand_hold WHERE expires_at <= now()
       UNION SELECT edition_id FROM stand_offer WHERE state = 'open' AND expires_at <= now()
       UNION SELECT edition_id FROM stand_swap WHERE state IN ('asked', 'agreed') AND expires_at <= now()
       UNION SELECT edition_id FROM waiting_wish WHERE state = 'waiting'
       ORDER BY edition_id"""
)


def init(_app: Flask) -> None:
    """Importing this module registers the work."""


@periodic("selection.sweep")
def sweep(open_session: Callable[[], Session]) -> None:
    """Clear what ran out and offer what fell free, step by step, each step committed by itself."""
    with open_session() as session:
        editions = session.execute(TO_DO).scalars().all()
        session.rollback()
        for number in editions:
            session.info.update(actor="selection", edition_id=number)
            sweep_edition(session, number)


def sweep_edition(session: Session, edition_id: int) -> int:
    """The sweep of one edition; how many offers were made."""
    edition = session.get_one(Edition, edition_id)
    freeing.clear_expired(session, edition_id)
    session.commit()
    told = offering.expire_offers(session, edition_id)
    for offer in told:
        prints.write_offer(session, edition, offer)
    over = swapping.expire_swaps(session, edition_id)
    for swap in over:
        prints.write_swap(session, edition, swap)
    session.commit()
    offers, passed = 0, set()
    while offers < MOST_OFFERS and (offer := offering.offer_next(session, edition, passed)):
        prints.write_offer(session, edition, offer)
        session.commit()
        offers += 1
    session.rollback()
    if offers or told or over:
        prints.send(session, edition)
        session.commit()
    return offers


@handler("selection.tell")
def tell(session: Session, job: Job, report) -> dict:
    """Write everybody who was not told yet their own time, a few at a time, nobody twice."""
    round_ = session.get_one(Round, job.arguments["round_id"])
    edition = session.get_one(Edition, round_.edition_id)
    of = session.execute(
        select(func.count()).select_from(Turn).where(Turn.round_id == round_.id)
    ).scalar_one()
    told = 0
    while True:
        turns = session.exec(
            select(Turn)
            .where(Turn.round_id == round_.id, Turn.told_at.is_(None))
            .order_by(Turn.position)
            .limit(AT_A_TIME)
            .with_for_update(skip_locked=True)
        ).all()
        for turn in turns:
            _tell(session, edition, round_, turn, of)
            turn.told_at = session.execute(select(func.now())).scalar_one()
            session.add(turn)
        told += len(turns)
        session.commit()
        report.progress(told, of)
        if not turns or report.cancelled():
            break
    prints.send(session, edition)
    return {"told": told}


def _tell(session: Session, edition: Edition, round_: Round, turn: Turn, of: int) -> None:
    def letter(spoken: str) -> letters.Letter:
        name = pick(edition.name, spoken)
        return letters.turn(name, round_.name, turn.opens_at, turn.closes_at, turn.position, of)

    prints.write(session, edition, session.get_one(Exhibitor, turn.exhibitor_id), "selection", letter)
