"""Allotting stands that were held, and the sentence for who comes too late."""

from collections.abc import Collection, Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.selection.models import Hold
from expo.selection.queries import floor
from expo.selection.queries.floor import Spot
from expo.selection.services import freeing, turns
from expo.selection.services.locks import enter, lock_exhibitors, lock_stands
from expo.venue.models import Stand
from expo.words import Sentence, say


def give(session: Session, edition: Edition, exhibitor: Exhibitor, spots: Sequence[Spot]) -> list[Allotment]:
    """Allot stands that nobody else can have by now, locked so that later runs keep them."""
    given = [
        Allotment(edition_id=edition.id, stand_id=spot.id, exhibitor_id=exhibitor.id, locked=True)
        for spot in sorted(spots)
    ]
    try:
        with session.begin_nested():
            session.add_all(given)
    except IntegrityError:
        raise Refused(why_taken(session, [spot.id for spot in spots])) from None
    return given


def give_back(session: Session, exhibitor: Exhibitor) -> list[str]:
    """Give one's own place back while a round is open, so that one may choose anew; which stands that were.

    Refused when an order was made for it or when it belongs to a pavilion's block.
    """
    enter(session, exhibitor.edition_id)
    lock_exhibitors(session, [exhibitor.id])
    session.refresh(exhibitor)
    round_ = turns.live_round(session, exhibitor.edition_id)
    if round_ is None or round_.state != "open":
        raise Refused(say("Places can be given back while a selection is going on. Ask the organiser."))
    if len(floor.party_of(session, exhibitor)) > 1 or exhibitor.lead_id is not None:
        raise Refused(say("A pavilion's place is not given back here. Ask the organiser."))
    order = orders.live_order(session, exhibitor)
    if order is not None:
        raise Refused(
            say(
                "Order %(number)s was made for this place. Ask the organiser to cancel it.",
                number=order.number,
            )
        )
    spots = floor.place_spots(session, exhibitor.id, exhibitor.edition_id)
    if not spots:
        raise Refused(say("You have no place to give back."))
    lock_stands(session, [spot.id for spot in spots])
    for row in session.exec(select(Allotment).where(Allotment.exhibitor_id == exhibitor.id)).all():
        session.delete(row)
    session.flush()
    codes = [spot.place.code for spot in spots]
    freeing.note(session, "returned", exhibitor.edition_id, exhibitor.id, codes, round_.id)
    return codes


def why_taken(session: Session, stand_ids: Collection[int]) -> Sentence:
    """Which of these stands are gone, and whether for good or for the moment."""
    given = session.execute(
        select(Stand.code)
        .join(Allotment, Allotment.stand_id == Stand.id)
        .where(Stand.id.in_(stand_ids))
        .order_by(Stand.code)
    ).scalars()
    if taken := list(given):
        return say("%(stands)s was taken a moment ago. Choose another stand.", stands=taken)
    held = session.execute(
        select(Stand.code)
        .join(Hold, Hold.stand_id == Stand.id)
        .where(Stand.id.in_(stand_ids))
        .order_by(Stand.code)
    ).scalars()
    if kept := list(held):
        return say("%(stands)s is held by somebody else. Choose another stand.", stands=kept)
    return say("Somebody else was faster. Look at the plan and choose again.")
