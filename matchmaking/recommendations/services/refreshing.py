"""Lists made anew: all of an edition, or those of whoever changed something."""

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from expo.db import refresh_statistics
from expo.editions.models import Edition
from matchmaking.recommendations.candidates import candidates
from matchmaking.recommendations.models import Due, Recommendation, RecommendationRun
from matchmaking.recommendations.services.reading import read_market

LENGTH = 20
"""How many stand on a list, from either side."""


def bring_up_to_date(session: Session, edition: Edition) -> None:
    """Make the lists that something changed for. Nothing is committed."""
    if session.exec(select(Due.id).where(Due.edition_id == edition.id).limit(1)).first() is not None:
        refresh_all(session, edition)


def refresh_all(session: Session, edition: Edition) -> RecommendationRun:
    """Make all lists of an edition anew."""
    session.execute(delete(Due).where(Due.edition_id == edition.id))
    market = read_market(session, edition)
    found = candidates(market.needs, market.offers, LENGTH, LENGTH, market.kin)
    session.execute(delete(Recommendation).where(Recommendation.edition_id == edition.id))
    rows = [
        {
            "edition_id": edition.id,
            "buyer_id": int(one.buyer),
            "exhibitor_id": int(one.supplier),
            "score": one.total,
            "buyer_score": one.total,
            "exhibitor_score": one.total,
            "need_id": int(one.need),
            "product_id": int(one.offer),
            "buyer_value": one.total,
            "exhibitor_value": one.total,
        }
        for one in found
    ]
    if rows:
        session.execute(insert(Recommendation), rows)
        refresh_statistics(session, "recommendation")
    run = RecommendationRun(edition_id=edition.id, figures={"pairs": len(rows)})
    session.add(run)
    session.flush()
    return run
