"""What goes on around the places of the reference edition: a round to come, who waits, who would swap."""

from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Wish
from expo.selection.models import Round
from expo.selection.services import rounds, swapping, waiting
from expo.venue.models import Stand
from matchmaking.demo.services.trading import placed_of

PARTNERS, WAITING, SWAPS = 6, 4, 2
AHEAD = timedelta(days=7)


def plan_choosing(session: Session, edition: Edition) -> bool:
    """Plan a round of late places, let partners ask and some wait for others' stands; not a second time."""
    if session.exec(select(Round.id).where(Round.edition_id == edition.id)).first():
        return False
    _plan_round(session, edition)
    _partners(session, edition)
    _wait(session, edition)
    return True


def _plan_round(session: Session, edition: Edition) -> None:
    start = (now().astimezone(edition.zone_info) + AHEAD).replace(hour=10, minute=0, second=0, microsecond=0)
    given = {"name": "Late places", "zones": ["INT", "IND"], "starts_at": start, "per_window": 4}
    rounds.save(session, Round(edition_id=edition.id, name="", starts_at=start), given)


def _partners(session: Session, edition: Edition) -> None:
    """Who wishes to stand beside somebody asks; two thirds of those who are asked accept."""
    pairs = session.exec(
        select(Exhibitor, Wish.target)
        .join(Wish, Wish.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.edition_id == edition.id, Wish.kind == "beside")
        .order_by(Exhibitor.code)
        .limit(PARTNERS)
    ).all()
    for place, (asker, code) in enumerate(pairs):
        request = exhibitors.ask(session, asker, code, "We share an importer.")
        other = exhibitors.exhibitor_by_code(session, edition.id, code)
        if place % 3 < 2 and other:
            exhibitors.answer(session, other, request.id, accept=True)


def _wait(session: Session, edition: Edition) -> None:
    """Some wait for a stand that another one has; equals in a zone propose to change places."""
    alone = [
        one
        for one in reversed(placed_of(session, edition))
        if one.lead_id is None and one.shape in ("any", "row")
    ]
    for one, other in list(zip(alone, alone[1:], strict=False))[: 2 * WAITING : 2]:
        waiting.join(
            session, one, "stand", _stand_of(session, other), "", (one.area_m2, one.area_m2), replaces=True
        )
    proposed = 0
    for one, other in zip(alone, alone[1:], strict=False):
        if proposed == SWAPS:
            return
        if (one.area_m2, one.zones) == (other.area_m2, other.zones):
            with suppress(Refused):  # what each asked for may not fit the other's place
                swapping.propose(session, one, other, "Your place is nearer to our partners.")
                proposed += 1


def _stand_of(session: Session, exhibitor: Exhibitor) -> str:
    """The first stand that an exhibitor has."""
    taken = select(Stand.code).join(Allotment).where(Allotment.exhibitor_id == exhibitor.id)
    return session.exec(taken.order_by(Stand.code)).all()[0]
