"""What the reasons of a pair name: codes and words as they were given, so that any language can say them."""

from collections.abc import Sequence
from typing import Any

from matchmaking.recommendations.fit import FULL, Fit, Need, Offer
from matchmaking.recommendations.measures import certificate

Reason = list[Any]
"""[code, how well it fits, of how much, figures]: what a meeting keeps of a criterion."""


def reasons(found: Sequence[Fit], need: Need, offer: Offer, asked: Sequence[str]) -> list[Reason]:
    """A pair's fits with their figures. `asked` are the certificates asked for as the buyer wrote them."""
    names = list(dict.fromkeys(asked))
    figures: dict[str, dict[str, Any]] = {
        "hs": {"wanted": need.hs, "offered": offer.hs},
        "certificates": {
            "have": [name for name in names if certificate(name) in offer.certificates],
            "missing": [name for name in names if certificate(name) not in offer.certificates],
        },
        "languages": {"languages": sorted(need.languages & offer.languages)},
        "incoterm": {"wanted": need.incoterm, "offered": offer.incoterm},
        "origin": {"country": offer.origin},
        "market": {"country": need.country},
        "forum": {"forums": sorted((need.forums or frozenset()) & (offer.forums or frozenset()))},
    }
    return [[one.code, one.permille, FULL, figures.get(one.criterion, {})] for one in found]
