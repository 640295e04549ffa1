"""Every pair of buyer and exhibitor that shares an HS chapter, by its best need and offer."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from matchmaking.recommendations.columns import Columns, points
from matchmaking.recommendations.fit import FULL, Need, Offer
from matchmaking.recommendations.likeness import likeness_of
from matchmaking.recommendations.trade import Trade

BLOCK = 400_000
"""Needs × offers scored at once; keeps the arrays within some tens of megabytes."""


@dataclass(frozen=True)
class Pairs:
    """Pairs in columns, by buyer and exhibitor: ids, scores, the best need and offer, how alike they are."""

    buyer: np.ndarray
    exhibitor: np.ndarray
    score: np.ndarray
    buyer_score: np.ndarray
    exhibitor_score: np.ndarray
    need: np.ndarray
    offer: np.ndarray
    text: np.ndarray

    def __len__(self) -> int:
        return len(self.buyer)

    def only(self, keep: np.ndarray) -> "Pairs":
        """Some of them: a mask or positions."""
        return Pairs(*(column[keep] for column in self.columns()))

    def columns(self) -> tuple[np.ndarray, ...]:
        """The columns in the order of the fields."""
        return (
            self.buyer, self.exhibitor, self.score, self.buyer_score, self.exhibitor_score, self.need,
            self.offer, self.text,
        )  # fmt: skip


NOTHING = Pairs(*(np.zeros(0, np.int64) for _ in range(8)))


def pairs_of(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    corpus: Sequence[Offer],
    trade: Trade,
    apart: AbstractSet[tuple[int, int]] = frozenset(),
) -> Pairs:
    """The pairs of some needs and offers. `corpus` holds everything that says what words mean: at least the
    offers. Ties go to what is listed first; pairs in `apart` (buyer, exhibitor) are left out."""
    if not needs or not offers:
        return NOTHING
    asked = Columns(needs, offers, trade, asking=True)
    offered = Columns(needs, offers, trade, asking=False)
    blocks = [
        _best(needs, offers, block, asked, offered)
        for block in _blocks(needs, offers, corpus, asked.chapter, offered.chapter)
    ]
    if not blocks:
        return NOTHING
    found = _one_each(Pairs(*np.concatenate([b.columns() for b in blocks], axis=1)))
    banned = np.array([b << 32 | e for b, e in apart], np.int64)
    return found.only(~np.isin(found.buyer << 32 | found.exhibitor, banned))


def _blocks(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    corpus: Sequence[Offer],
    asked: np.ndarray,
    offered: np.ndarray,
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """(needs, offers, their likeness) chapter by chapter, in pieces of at most BLOCK."""
    words: dict[int, list[Offer]] = {}
    for one in corpus:
        words.setdefault(int(one.hs[:2]), []).append(one)
    wordless = np.array([not any(need.texts) for need in needs], bool)
    for chapter in np.intersect1d(asked, offered):
        mine, theirs = np.flatnonzero(asked == chapter), np.flatnonzero(offered == chapter)
        likeness, there = likeness_of(words[int(chapter)]), [offers[i] for i in theirs]
        height = max(1, BLOCK // len(theirs))
        for start in range(0, len(mine), height):
            piece = mine[start : start + height]
            text = likeness.permille([needs[i] for i in piece], there)
            text[wordless[piece]] = FULL
            yield piece, theirs, text


def _best(needs, offers, block, asked: Columns, offered: Columns) -> Pairs:
    """For each pair of a block its best need and offer."""
    n, m, text = block
    buyer, exhibitor = np.array([needs[i].buyer for i in n]), np.array([offers[i].exhibitor for i in m])
    rows, columns = np.argsort(buyer, kind="stable"), np.argsort(exhibitor, kind="stable")
    n, m, text = n[rows], m[columns], text[np.ix_(rows, columns)]
    buyer, exhibitor = buyer[rows], exhibitor[columns]
    for_buyer, for_exhibitor = points(asked, offered, n, m, text)
    both = 2 * for_buyer * for_exhibitor // np.maximum(for_buyer + for_exhibitor, 1)
    buyers, first_row = np.unique(buyer, return_index=True)
    exhibitors, first_column = np.unique(exhibitor, return_index=True)
    # One number holds score, then the earlier need, then the earlier offer: one maximum finds all three.
    size = both.size
    place = np.arange(size, dtype=np.int64).reshape(both.shape)
    best = np.maximum.reduceat(both * np.int64(size) + (size - 1 - place), first_column, axis=1)
    best = np.maximum.reduceat(best, first_row, axis=0)
    score, back = np.divmod(best, size)
    row, column = np.divmod(size - 1 - back, len(m))
    need, offer = np.array([needs[i].id for i in n]), np.array([offers[i].id for i in m])
    found = (
        np.broadcast_to(buyers[:, None], score.shape), np.broadcast_to(exhibitors, score.shape), score,
        for_buyer[row, column], for_exhibitor[row, column], need[row], offer[column],
        text[row, column],
    )  # fmt: skip
    return Pairs(*(part.ravel().astype(np.int64) for part in found))


def _one_each(pairs: Pairs) -> Pairs:
    """Of several chapters' answers for one pair, the best; by buyer and exhibitor."""
    found = pairs.only(np.lexsort((pairs.offer, pairs.need, -pairs.score, pairs.exhibitor, pairs.buyer)))
    first = np.ones(len(found), bool)
    first[1:] = (found.buyer[1:] != found.buyer[:-1]) | (found.exhibitor[1:] != found.exhibitor[:-1])
    return found.only(first)
