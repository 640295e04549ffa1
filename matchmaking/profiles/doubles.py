"""Kinds of products that may be one: same subheading and origin, names that nearly agree."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from expo.languages import LanguageMap
from matchmaking.catalogue.hs import normal_name

LONG = 4
"""Letters from which on a word may hold a slip of the pen; two from 9 on, three from 14 on."""
MOST_COMPARED = 400
"""Kinds of one subheading and origin that are compared at most, the first ones."""
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


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
    groups: dict[tuple[str, str], list[tuple[dict[str, str], Kind]]] = defaultdict(list)
    for kind in kinds:
        names = {language: normal_name(text) for language, text in kind.name.items()}
        groups[kind.hs, kind.origin].append((names, kind))
    found = []
    for members in groups.values():
        for (mine, one), (theirs, other) in combinations(members[:MOST_COMPARED], 2):
            percent = max((likeness(mine[by], theirs[by]) for by in mine.keys() & theirs.keys()), default=0)
            if percent:
                found.append(Double(one, other, percent))
    return sorted(found, key=lambda pair: (-pair.percent, pair.one.hs, pair.one.key, pair.other.key))


def likeness(one: str, other: str) -> int:
    """How alike two normal names are, in hundredths, whatever the order of their words; 0 if not near.

    Near are names of the same words but for slips of the pen in long ones. Numbers and short words tell
    products apart (250 g and 500 g, series A and series B), and so does every sign of a Chinese name.
    """
    mine, theirs = Counter(_words(one)), Counter(_words(other))
    left, right = sorted((mine - theirs).elements()), sorted((theirs - mine).elements())
    if len(left) != len(right) or not all(map(_slip, left, right)):
        return 0
    return round(fuzz.token_sort_ratio(" ".join(_words(one)), " ".join(_words(other))))


def _words(name: str) -> list[str]:
    return _PARTS.findall(name)


def _slip(one: str, other: str) -> bool:
    """Whether one long word is another one, mistyped."""
    shorter = min(len(one), len(other))
    if shorter < LONG or not (one + other).isalpha() or _HAN.search(one + other):
        return False
    return DamerauLevenshtein.distance(one, other) <= (shorter + 1) // (LONG + 1)
