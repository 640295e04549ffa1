"""What countries are strong in: revealed comparative advantage, and whether two complete each other.

The index is Béla Balassa's (1965): a chapter's share in a country's exports over its share in everybody's.
From 1 on a country is strong in it. Shares need no common currency beyond that of the table itself.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

STRONG = 1.0
COMPLETES, BOTH_STRONG, BOTH_WEAK, AGAINST, UNKNOWN = 1000, 400, 500, 0, 500


@dataclass(frozen=True)
class Trade:
    """Country → HS chapter → index, and where the table comes from ("" where it is the edition's offers)."""

    index: dict[str, dict[str, float]] = field(default_factory=dict)
    source: str = ""
    year: int | None = None

    def rca(self, country: str, chapter: str) -> float | None:
        """A country's index for a chapter; None where nothing is known of the country."""
        known = self.index.get(country)
        return None if known is None else known.get(chapter, 0.0)

    def fit(self, seller: str, buyer: str, chapter: str) -> int:
        """How well the buyer's country lacks what the seller's is strong in, of 1,000."""
        if seller == buyer:
            return UNKNOWN
        theirs, ours = self.rca(seller, chapter), self.rca(buyer, chapter)
        if theirs is None or ours is None:
            return UNKNOWN
        if theirs >= STRONG:
            return BOTH_STRONG if ours >= STRONG else COMPLETES
        return AGAINST if ours >= STRONG else BOTH_WEAK


def balassa(flows: Iterable[tuple[str, str, float]]) -> dict[str, dict[str, float]]:
    """(country, chapter, value) → country → chapter → index. Countries that export nothing are left out."""
    of_country: dict[str, float] = defaultdict(float)
    of_chapter: dict[str, float] = defaultdict(float)
    values: dict[tuple[str, str], float] = defaultdict(float)
    for country, chapter, value in flows:
        values[country, chapter] += value
        of_country[country] += value
        of_chapter[chapter] += value
    world = sum(of_country.values())
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (country, chapter), value in values.items():
        if value > 0:
            found[country][chapter] = (value / of_country[country]) / (of_chapter[chapter] / world)
    return dict(found)
