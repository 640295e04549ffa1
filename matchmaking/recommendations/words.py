"""The words of a text as they can be compared: folded, without endings, Chinese in pairs of characters."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
LONGEST_STEM = 5
"""Letters that a word is known by: "carpets" and "carpet", "медовый" and "мёд" differ in what follows."""
_EMPTY = frozenset(
    ("and", "the", "for", "with", "from", "wanted", "required", "need", "buy", "для", "или", "требуется")
    + ("требуются", "из", "от", "купим", "求购", "采购", "需要", "مطلوب", "اور", "کے", "کی", "کا", "درکار")
)
"""Words of every need, which say nothing of the goods."""


@lru_cache(maxsize=65_536)  # the same names come again and again, with every list that is made
def stems(text: str) -> frozenset[str]:
    """The stems of a text: "Raw honey, 求购蜂蜜" → {"raw", "honey", "蜂蜜"}; empty words are left out."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    found: set[str] = set()
    for word in _WORD.findall(folded):
        if _HAN.search(word):
            for run in _HAN.findall(word):
                found.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif len(word) > 1 and word not in _EMPTY:
            found.add(_stem(word))
    return frozenset(found - _EMPTY)


def stems_of(texts: Mapping[str, str]) -> frozenset[str]:
    """The stems of a text in all its languages together."""
    return frozenset().union(*map(stems, texts.values()))


def _stem(word: str) -> str:
    if len(word) > LONGEST_STEM:
        return word[:LONGEST_STEM]
    if len(word) == LONGEST_STEM - 1 or len(word) == LONGEST_STEM:
        return word.rstrip("sаяыиуюеой") or word
    return word
