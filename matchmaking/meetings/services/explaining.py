"""What speaks for a meeting: the need and the product that fit best, the score and the reasons."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need, Product
from matchmaking.recommendations import services as recommendations
from matchmaking.recommendations.facts import reasons
from matchmaking.recommendations.models import Recommendation
from matchmaking.recommendations.queries import open_buyers, open_exhibitors

Pair = tuple[int, int]


class Found(NamedTuple):
    """A recommendation with the rows that it is founded on."""

    found: Recommendation
    need: Need
    product: Product
    buyer: Buyer
    profile: ExhibitorProfile
    buyer_firm: Organisation


def details_of(session: Session, edition: Edition, pairs: Collection[Pair]) -> dict[Pair, dict[str, Any]]:
    """Columns of meetings by pair: score, need_position, product_code, reasons; without pairs on no list."""
    recommendations.bring_up_to_date(session, edition)
    items = _items(session, edition, set(pairs))
    accounts = recommendations.account_of(session, edition, items, recommendations.trade_of(session, edition))
    return {
        (item.found.buyer_id, item.found.exhibitor_id): {
            "score": float(item.found.score),
            "need_position": item.need.position,
            "product_code": item.product.code,
            "reasons": reasons(fits, need, offer, [*item.need.certificates, *item.buyer.certificates]),
        }
        for item, (fits, need, offer) in zip(items, accounts, strict=True)
    }


def _items(session: Session, edition: Edition, wanted: set[Pair]) -> list[Found]:
    rows = session.execute(
        select(Recommendation, Need, Product, Buyer, ExhibitorProfile, Organisation)
        .join(Need, Need.id == Recommendation.need_id)
        .join(Product, Product.id == Recommendation.product_id)
        .join(Buyer, Buyer.id == Recommendation.buyer_id)
        .join(Exhibitor, Exhibitor.id == Recommendation.exhibitor_id)
        .join(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .where(
            Recommendation.edition_id == edition.id,
            Recommendation.buyer_id.in_({buyer for buyer, _exhibitor in wanted}),
            Recommendation.exhibitor_id.in_({exhibitor for _buyer, exhibitor in wanted}),
            Recommendation.buyer_id.in_(open_buyers(edition)),
            Recommendation.exhibitor_id.in_(open_exhibitors(edition)),
        )
    )
    found = (Found(*row) for row in rows)
    return [one for one in found if (one.found.buyer_id, one.found.exhibitor_id) in wanted]
