"""What happens by itself: offers that ran out, places offered to the next in line, codes that expired."""

from collections.abc import Callable

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition
from expo.jobs.handlers import periodic
from expo.registration.prints import letters
from expo.registration.services import inviting, waiting

ROUNDS = 50
TO_DO = text(
    """SELECT edition_id FROM person WHERE state = 'waiting'
       UNION SELECT edition_id FROM invitation WHERE reserves AND closed_at IS NULL AND expires_at <= now()
       ORDER BY edition_id"""
)


@periodic("registration.sweep")
def sweep(open_session: Callable[[], Session]) -> None:
    """Take back what ran out and offer what is free, each edition in a transaction of its own."""
    with open_session() as session:
        editions = session.execute(TO_DO).scalars().all()
        session.rollback()
        for number in editions:
            session.info.update(actor="registration", edition_id=number)
            for _round in range(ROUNDS):
                if not sweep_edition(session, number):
                    break


def sweep_edition(session: Session, edition_id: int) -> int:
    """One round of an edition, committed with its letters; how many people were written to."""
    edition = session.get_one(Edition, edition_id)
    inviting.close_expired(session, edition)
    gone = waiting.lapse(session, edition)
    for person in gone:
        letters.write(session, edition, person, "lapsed")
    offered = waiting.offer_places(session, edition)
    for person in offered:
        letters.tell(session, edition, person)
    if gone or offered:
        letters.send(session, edition)
    session.commit()
    return len(gone) + len(offered)
