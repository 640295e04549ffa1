"""A start for editions without any sort of registration, also those made before there were sorts."""

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Ticket
from expo.registration.services.places import take_queue
from expo.registration.services.sorts import save_ticket
from expo.registration.starting import START, USUAL
from expo.words import say

# Of several with one address the first: a sort that takes an address only once has no room for the others.
JOIN = text(
    """
    UPDATE person SET ticket_id = :ticket
     WHERE edition_id = :edition AND kind = :kind AND ticket_id IS NULL
       AND (email = '' OR id IN (SELECT DISTINCT ON (lower(email)) id FROM person
                                  WHERE edition_id = :edition AND kind = :kind AND ticket_id IS NULL
                                  ORDER BY lower(email), id))
    """
)


def start_set(session: Session, edition: Edition) -> tuple[int, int]:
    """Make the usual sorts, and count the people who are there with the sort of their kind.

    How many sorts were made and how many people joined them. Refused where there is a sort already: two who
    press at once make one set. The registration is opened by nobody but the organiser, afterwards.
    """
    take_queue(session, edition)
    if session.exec(select(Ticket.id).where(Ticket.edition_id == edition.id).limit(1)).first():
        raise Refused(say("There are sorts of registration already; change those, or make another one."))
    joined = 0
    for one in START:
        ticket = save_ticket(session, edition, None, USUAL | one)
        values = {"ticket": ticket.id, "edition": edition.id, "kind": ticket.kind}
        joined += session.execute(JOIN, values).rowcount
    session.expire_all()
    return len(START), joined
