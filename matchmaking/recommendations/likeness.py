"""How near the words of needs are to offers, also across languages: words lead to HS codes, codes to offers.

Within a chapter every product name is a text that says which words go with which six digits. A need's word
that is rare there counts more (inverse document frequency). Two ways lead from a need to an offer: the words
they share, and the share of the need's words that lead to the offer's code, whatever language wrote them.
The better way in the language that fits best counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from matchmaking.recommendations.fit import FULL, Need, Offer

if TYPE_CHECKING:
    from scipy import sparse

HEADING_SHARE = 0.3
"""Of the way by the code: so much for leading to the heading, the rest for the six digits."""


def likeness_of(corpus: Sequence[Offer]) -> Likeness:
    """The words of one chapter's offers, counted once for as long as they stay as they are."""
    return _counted(tuple((offer.hs, offer.stems) for offer in corpus))


@lru_cache(maxsize=24)
def _counted(corpus: tuple[tuple[str, frozenset[str]], ...]) -> Likeness:
    return Likeness(corpus)


class Likeness:
    """The words that go with the codes of one chapter; `corpus` holds (HS code, stems) of every name."""

    def __init__(self, corpus: Sequence[tuple[str, frozenset[str]]]):
        every = frozenset().union(*(stems for _code, stems in corpus))
        self.known = {stem: i for i, stem in enumerate(sorted(every))}
        self.codes = {code: i for i, code in enumerate(sorted({code for code, _stems in corpus}))}
        headings = {heading: i for i, heading in enumerate(sorted({code[:4] for code in self.codes}))}
        words = self._matrix([stems for _code, stems in corpus])
        place = np.array([self.codes[code] for code, _stems in corpus], np.int64)
        by_code = self._led(words, place, len(self.codes))
        heading = np.array([headings[code[:4]] for code in self.codes], np.int64)
        to_heading = self._led(words, heading[place], len(headings))
        counts = np.asarray(words.sum(axis=0)).ravel()
        self.weight = np.log1p(len(corpus) / np.maximum(counts, 1)) if len(counts) else counts
        self.leads = (1 - HEADING_SHARE) * by_code + HEADING_SHARE * to_heading[:, heading]

    def _matrix(self, several: Sequence[frozenset[str]]) -> sparse.csr_matrix:
        from scipy import sparse

        known = self.known
        columns = [sorted([known[stem] for stem in stems if stem in known]) for stems in several]
        ends = np.concatenate([[0], np.cumsum([len(one) for one in columns], dtype=np.int64)])
        places = np.fromiter(chain.from_iterable(columns), np.int64, int(ends[-1]))
        shape = (len(several), len(known))
        return sparse.csr_matrix((np.ones(len(places)), places, ends), shape=shape)

    def _led(self, words: sparse.csr_matrix, place: np.ndarray, count: int) -> np.ndarray:
        """Word → the share of the names with it that have each code."""
        from scipy import sparse

        codes = sparse.csr_matrix((np.ones(len(place)), (np.arange(len(place)), place)), (len(place), count))
        together = (words.T @ codes).toarray()
        return together / np.maximum(together.sum(axis=1, keepdims=True), 1)

    def permille(self, needs: Sequence[Need], offers: Sequence[Offer]) -> np.ndarray:
        """Needs × offers, of 1,000; the offers must be of the corpus."""
        found = np.zeros((len(needs), len(offers)), np.int64)
        told = [(i, stems) for i, need in enumerate(needs) for stems in need.texts if stems]
        if not told or not len(offers):
            return found
        rows = self._matrix([stems for _need, stems in told])
        rows = rows.multiply(self.weight).tocsr()
        total = np.asarray(rows.sum(axis=1)).ravel()
        shared = (rows @ self._matrix([offer.stems for offer in offers]).T).toarray()
        led = (rows @ self.leads)[:, [self.codes[offer.hs] for offer in offers]]
        best = np.maximum(shared, led) / np.where(total == 0, 1, total)[:, None]
        whole = np.minimum(FULL, np.floor(FULL * best + 1e-6)).astype(np.int64)
        starts = [k for k, (i, _stems) in enumerate(told) if k == 0 or told[k - 1][0] != i]
        found[[told[k][0] for k in starts]] = np.maximum.reduceat(whole, starts, axis=0)
        return found
