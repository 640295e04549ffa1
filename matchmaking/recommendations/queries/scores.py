"""Pairs that stand on a list, with what they are worth."""

from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.recommendations.models import Recommendation, RecommendationRun
from matchmaking.recommendations.services import bring_up_to_date
from matchmaking.recommendations.services.taking_part import open_buyers, open_exhibitors


class Scored(NamedTuple):
    """A pair of a list: mutual score of 100, and the need and the product that fit best."""

    buyer_id: int
    exhibitor_id: int
    score: int
    need_id: int
    product_id: int


def scores_of(session: Session, edition: Edition) -> list[Scored]:
    """The pairs on anybody's list, by buyer and then best first; brought up to date before, uncommitted.

    Nobody is in it who is not open to meetings or (an exhibitor) not accepted, and nobody with themselves.
    """
    bring_up_to_date(session, edition)
    rows = session.execute(
        select(
            Recommendation.buyer_id, Recommendation.exhibitor_id, Recommendation.score,
            Recommendation.need_id, Recommendation.product_id,
        )
        .where(
            Recommendation.edition_id == edition.id,
            Recommendation.buyer_id.in_(open_buyers(edition)),
            Recommendation.exhibitor_id.in_(open_exhibitors(edition)),
        )
        .order_by(Recommendation.buyer_id, Recommendation.score.desc(), Recommendation.exhibitor_id)
    )  # fmt: skip
    return [Scored(*row) for row in rows]


def latest_run(session: Session, edition: Edition) -> RecommendationRun | None:
    """The last time that all lists were made."""
    return session.exec(
        select(RecommendationRun)
        .where(RecommendationRun.edition_id == edition.id)
        .order_by(RecommendationRun.id.desc())
    ).first()
