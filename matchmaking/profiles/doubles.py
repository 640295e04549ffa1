"""Kinds of products that may be one: same subheading and origin, names that nearly agree."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from expo.languages import LanguageMap
from matchmaking.recommendations.words import stems

ALIKE = 0.8
"""The share of words (their stems) that two names have in common, of those that either has."""
MOST_COMPARED = 400
"""Kinds of one subheading and origin that are compared at most, the first ones."""


class Kind(NamedTuple):
    """A kind of product: its key, class, origin, name, and how many products are of it."""

    key: str
    hs: str
    origin: str
    name: LanguageMap
    products: int


class Double(NamedTuple):
    """Two kinds that may be one, and how alike their names are, in hundredths."""

    one: Kind
    other: Kind
    percent: int


def near_doubles(kinds: Sequence[Kind]) -> list[Double]:
    """Pairs of kinds that may be one, the most alike first."""
    groups: dict[tuple[str, str], list[tuple[frozenset[str], Kind]]] = defaultdict(list)
    for kind in kinds:
        text = kind.name.get("en") or next(iter(kind.name.values()), "")
        groups[kind.hs, kind.origin].append((stems(text), kind))
    found = []
    for members in groups.values():
        for (mine, one), (theirs, other) in combinations(members[:MOST_COMPARED], 2):
            either = len(mine | theirs)
            share = len(mine & theirs) / either if either else 0.0
            if share >= ALIKE:
                found.append(Double(one, other, int(100 * share)))
    return sorted(found, key=lambda pair: (-pair.percent, pair.one.hs, pair.one.key, pair.other.key))
