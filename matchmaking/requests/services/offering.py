"""Somebody else to ask, in place of a request that nobody answered: the next best of one's own list."""

from sqlalchemy import exists
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.recommendations.models import Dismissal, Recommendation
from matchmaking.requests.models import MeetingRefusal, MeetingRequest, RequestOffer
from matchmaking.requests.queries.parties import taking_part
from matchmaking.requests.services.telling import notify
from matchmaking.requests.sides import BUYER, other


def offer_instead(session: Session, edition: Edition, request: MeetingRequest) -> RequestOffer | None:
    """Offer whoever waited in vain the next best on their list, once for each request; None: nobody is left.

    What others said of this party plays no part: a name left out would tell of a no.
    """
    side = other(request.turn)
    found = _next_best(session, edition, request, side)
    if found is None:
        return None
    offer = RequestOffer(
        edition_id=edition.id,
        request_id=request.id,
        side=side,
        buyer_id=found[0],
        exhibitor_id=found[1],
    )
    session.add(offer)
    session.flush()
    mine, theirs = found if side == BUYER else found[::-1]
    notify(session, edition.id, side, mine, "offered", theirs)
    return offer


def _next_best(
    session: Session, edition: Edition, request: MeetingRequest, side: str
) -> tuple[int, int] | None:
    """(buyer, exhibitor) of the best pair of a side's list that nothing is known of yet."""
    if side == BUYER:
        mine, value, party = Recommendation.buyer_id, Recommendation.buyer_value, request.buyer_id
        theirs = Recommendation.exhibitor_id
    else:
        mine, value, party = Recommendation.exhibitor_id, Recommendation.exhibitor_value, request.exhibitor_id
        theirs = Recommendation.buyer_id

    def known(model, *more):
        return exists().where(
            model.buyer_id == Recommendation.buyer_id,
            model.exhibitor_id == Recommendation.exhibitor_id,
            *more,
        )

    by = "buyer" if side == BUYER else "exhibitor"
    row = session.execute(
        select(Recommendation.buyer_id, Recommendation.exhibitor_id)
        .where(
            Recommendation.edition_id == edition.id,
            mine == party,
            value.is_not(None),
            theirs.in_(taking_part(edition, other(side))),
            ~known(MeetingRequest),
            ~known(RequestOffer, RequestOffer.side == side),
            ~known(MeetingRefusal, MeetingRefusal.side == side, MeetingRefusal.lifted_at.is_(None)),
            ~known(Dismissal, Dismissal.by == by),
        )
        .order_by(value.desc(), Recommendation.score.desc(), theirs)
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def pass_offer(session: Session, offer: RequestOffer) -> None:
    """Take an offer off the page; it is not made again."""
    offer.passed_at = offer.passed_at or now()
    session.add(offer)
    session.flush()
