"""What speaks for a meeting: the need and the product that fit best, the score and the reasons."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Organisation
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.recommendations import score as scoring
from matchmaking.recommendations.queries import scores_of

Pair = tuple[int, int]


def details_of(session: Session, edition: Edition, pairs: Collection[Pair]) -> dict[Pair, dict[str, Any]]:
    """Columns of meetings by pair: score, need_position, product_code, reasons; without pairs on no list."""
    wanted = set(pairs)
    scored = {
        (one.buyer_id, one.exhibitor_id): one
        for one in scores_of(session, edition)
        if (one.buyer_id, one.exhibitor_id) in wanted
    }
    needs = _needs(session, {one.need_id for one in scored.values()})
    products = _products(session, {one.product_id for one in scored.values()})
    found = {}
    for pair, one in scored.items():
        need, product = needs[one.need_id], products[one.product_id]
        reasons = scoring.mutual_score(need[1], product[1]).reasons
        found[pair] = {
            "score": float(one.score),
            "need_position": need[0],
            "product_code": product[0],
            "reasons": [[r.code, r.points, r.most, dict(r.figures)] for r in reasons],
        }
    return found


def _needs(session: Session, ids: set[int]) -> dict[int, tuple[int, scoring.Need]]:
    rows = session.execute(
        select(Need, Buyer.languages, Organisation.country)
        .join(Buyer, Buyer.id == Need.buyer_id)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(Need.id.in_(ids))
    )
    return {
        row.id: (
            row.position,
            scoring.Need(
                code=str(row.id), buyer=str(row.buyer_id), hs=row.hs, quantity=float(row.quantity),
                unit=row.unit, max_price_minor=row.max_price_minor, currency=row.currency,
                incoterm=row.incoterm, certificates=frozenset(row.certificates),
                countries=frozenset(row.countries), languages=frozenset(languages), country=country,
            ),
        )
        for row, languages, country in rows
    }  # fmt: skip


def _products(session: Session, ids: set[int]) -> dict[int, tuple[str, scoring.Offer]]:
    return {
        row.id or 0: (
            row.code,
            scoring.Offer(
                code=row.code, supplier=str(row.exhibitor_id), hs=row.hs, origin=row.origin,
                quantity=float(row.quantity), unit=row.unit, price_minor=row.price_minor,
                currency=row.currency, incoterm=row.incoterm, certificates=frozenset(row.certificates),
            ),
        )
        for row in session.exec(select(Product).where(Product.id.in_(ids)))
    }  # fmt: skip
