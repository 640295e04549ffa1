"""Allotting stands that were held, and the sentence for who comes too late."""

from collections.abc import Collection, Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Hold
from expo.selection.queries.floor import Spot
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
