"""The account of pairs: every criterion as it stands now."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from matchmaking.recommendations.fit import Fit, Need, Offer, fits
from matchmaking.recommendations.services.following import forums_of_buyers, forums_of_exhibitors
from matchmaking.recommendations.services.reading import need_of, offer_of, rates_of
from matchmaking.recommendations.trade import Trade
from matchmaking.recommendations.words import stems_of


def account_of(
    session: Session, edition: Edition, items: Sequence[Any], trade: Trade
) -> list[tuple[tuple[Fit, ...], Need, Offer]]:
    """For each item its fits, and need and offer as they are compared; four queries, however many there are.

    An item has `found` (the recommendation), `need`, `product`, `buyer`, `profile`, `buyer_firm` (rows).
    """
    rates = rates_of(session, edition)
    told = {item.buyer.id for item in items if item.buyer.share_forums}
    followed = forums_of_buyers(session, edition, told)
    staff = forums_of_exhibitors(
        session, edition, {item.profile.exhibitor_id for item in items if item.profile.share_forums}
    )
    found = []
    for item in items:
        asking = SimpleNamespace(
            languages=item.buyer.languages,
            certificates=item.buyer.certificates,
            country=item.buyer_firm.country,
        )
        need = need_of(item.need, asking, followed.get(item.buyer.id), rates)
        called = stems_of(item.product.name)
        offer = offer_of(item.product, called, item.profile, staff.get(item.profile.exhibitor_id), rates)
        found.append((fits(need, offer, item.found.likeness, trade), need, offer))
    return found
