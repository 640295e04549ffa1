"""The best pairs of buyer and supplier out of all needs and offers, scored in blocks of arrays."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from .score import (
    CERTIFICATES,
    HS_POINTS,
    INCOTERM,
    LANGUAGES,
    MARKET,
    ORIGIN,
    PRICE,
    PRICE_SLACK_PCT,
    QUANTITY,
    Need,
    Offer,
)

BLOCK = 1_000_000
"""Needs × offers scored at once; keeps the arrays within some tens of megabytes."""


@dataclass(frozen=True)
class Candidate:
    """A pair worth recommending, by its best need and offer; `total` equals `mutual_score` of these."""

    buyer: str
    supplier: str
    need: str
    offer: str
    total: int


def candidates(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    per_buyer: int,
    per_supplier: int,
    apart: AbstractSet[tuple[str, str]] = frozenset(),
) -> list[Candidate]:
    """Every pair among its buyer's `per_buyer` best or its supplier's `per_supplier` best.

    Only needs and offers of one HS chapter meet, so the work is far below all × all. A pair stands for its
    best need and offer. Pairs in `apart` (buyer, supplier) are left out before anything is ranked. Ties go
    to what is listed first. The answer is ordered by buyer, then best first.
    """
    if not needs or not offers:
        return []
    buyers, buyer_of = _numbered([n.buyer for n in needs])
    suppliers, supplier_of = _numbered([o.supplier for o in offers])
    rows = [_best_pairs(n, o, t, buyer_of, supplier_of) for n, o, t in _blocks(needs, offers)]
    if not rows:
        return []
    buyer, supplier, total, need, offer = _unique(np.concatenate(rows, axis=1))
    keep = _not_apart(buyers, suppliers, buyer, supplier, apart)
    buyer, supplier, total, need, offer = (a[keep] for a in (buyer, supplier, total, need, offer))
    keep = (_rank(buyer, total) < per_buyer) | (_rank(supplier, total) < per_supplier)
    order = np.lexsort((supplier, -total, buyer))
    return [
        Candidate(
            buyers[buyer[i]],
            suppliers[supplier[i]],
            needs[need[i]].code,
            offers[offer[i]].code,
            int(total[i]),
        )
        for i in order[keep[order]]
    ]


def _numbered(codes: Sequence[str]) -> tuple[list[str], np.ndarray]:
    known = {code: i for i, code in enumerate(dict.fromkeys(codes))}
    return list(known), np.array([known[c] for c in codes], np.int64)


def _blocks(
    needs: Sequence[Need], offers: Sequence[Offer]
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """(need numbers, offer numbers, their points) chapter by chapter, in pieces of at most BLOCK."""
    asked, offered = _Columns(needs, offers, asking=True), _Columns(needs, offers, asking=False)
    for chapter in np.unique(asked.chapter):
        mine = np.flatnonzero(asked.chapter == chapter)
        theirs = np.flatnonzero(offered.chapter == chapter)
        if not len(theirs):
            continue
        height = max(1, BLOCK // len(theirs))
        for start in range(0, len(mine), height):
            piece = mine[start : start + height]
            yield piece, theirs, _points(asked, offered, piece, theirs)


class _Columns:
    """Needs or offers as arrays that speak one numbering of units, terms, certificates and countries."""

    def __init__(self, needs: Sequence[Need], offers: Sequence[Offer], *, asking: bool) -> None:
        side: Sequence = needs if asking else offers
        both = [*needs, *offers]
        self.chapter = np.array([x.hs[:2] for x in side])
        self.heading = np.array([int(x.hs[:4]) if len(x.hs) >= 4 else -1 for x in side])
        self.subheading = np.array([int(x.hs) if len(x.hs) == 6 else -1 for x in side])
        self.quantity = np.array([x.quantity for x in side], float)
        self.unit = _number_words([x.unit for x in side], [x.unit for x in both])
        self.price = np.array([x.max_price_minor if asking else x.price_minor for x in side], np.int64)
        self.currency = _number_words([x.currency for x in side], [x.currency for x in both])
        self.incoterm = _number_words([x.incoterm for x in side], ["", *[x.incoterm for x in both]])
        self.certificates = _flags([x.certificates for x in side], [x.certificates for x in both])
        self.languages = _flags([x.languages for x in side], [x.languages for x in both])
        wanted = [n.countries for n in needs] + [o.markets for o in offers]
        home = [frozenset({n.country} - {""}) for n in needs] + [frozenset({o.origin} - {""}) for o in offers]
        mine = slice(0, len(needs)) if asking else slice(len(needs), None)
        self.wanted, self.home = _flags(wanted[mine], wanted + home), _flags(home[mine], wanted + home)


def _number_words(words: list[str], every: list[str]) -> np.ndarray:
    known = {word: i for i, word in enumerate(sorted(set(every)))}
    return np.array([known[w] for w in words], np.int64)


def _flags(sets: list[frozenset[str]], every: list[frozenset[str]]) -> np.ndarray:
    known = {word: i for i, word in enumerate(sorted(frozenset().union(*every)))}
    flags = np.zeros((len(sets), len(known)), np.float32)
    for i, words in enumerate(sets):
        flags[i, [known[w] for w in words]] = 1
    return flags


def _points(a: _Columns, o: _Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    """`mutual_score` totals of needs n × offers m, which all share a chapter."""
    heading = (a.heading[n, None] == o.heading[m]) & (a.heading[n, None] >= 0)
    subheading = (a.subheading[n, None] == o.subheading[m]) & (a.subheading[n, None] >= 0)
    points = np.where(subheading, HS_POINTS[6], np.where(heading, HS_POINTS[4], HS_POINTS[2]))
    points += _price(a, o, n, m) + _quantity(a, o, n, m)
    asked = a.certificates[n].sum(1).astype(np.int64)[:, None]
    have = np.rint(a.certificates[n] @ o.certificates[m].T).astype(np.int64)
    points += np.where(asked == 0, CERTIFICATES, CERTIFICATES * have // np.maximum(asked, 1))
    said = (a.languages[n].sum(1)[:, None] > 0) & (o.languages[m].sum(1) > 0)
    shared = a.languages[n] @ o.languages[m].T > 0
    points += np.where(said, np.where(shared, LANGUAGES, 0), LANGUAGES // 2)
    same = np.where(a.incoterm[n, None] == o.incoterm[m], INCOTERM, 0)
    same = np.where(o.incoterm[m] == 0, INCOTERM // 2, same)
    points += np.where(a.incoterm[n, None] == 0, INCOTERM, same)
    points += _countries(a.wanted[n], o.home[m], ORIGIN)
    return points + _countries(o.wanted[m], a.home[n], MARKET).T


def _price(a: _Columns, o: _Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    limit, asked = a.price[n, None], o.price[m][None, :]
    slack = np.maximum(limit * PRICE_SLACK_PCT, 1)
    above = np.maximum(0, PRICE * (slack - 100 * (asked - limit)) // slack)
    unknown = (asked == 0) | (a.currency[n, None] != o.currency[m])
    return np.where(limit == 0, PRICE, np.where(unknown, PRICE // 2, np.where(asked <= limit, PRICE, above)))


def _quantity(a: _Columns, o: _Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    wanted, offered = a.quantity[n, None], o.quantity[m][None, :]
    part = (QUANTITY * offered / np.where(wanted == 0, 1, wanted)).clip(0, QUANTITY).astype(np.int64)
    unknown = (offered == 0) | (a.unit[n, None] != o.unit[m])
    return np.where(wanted == 0, QUANTITY, np.where(unknown, QUANTITY // 2, part))


def _countries(wanted: np.ndarray, home: np.ndarray, most: int) -> np.ndarray:
    met = np.where(wanted @ home.T > 0, most, 0)
    met = np.where(home.sum(1) == 0, most // 2, met)
    return np.where(wanted.sum(1)[:, None] == 0, most, met)


def _best_pairs(n, m, points, buyer_of, supplier_of) -> np.ndarray:
    """Rows buyer, supplier, total, need, offer: for each pair of the block its best need and offer."""
    by_supplier = np.argsort(supplier_of[m], kind="stable")
    by_buyer = np.argsort(buyer_of[n], kind="stable")
    n, m, points = n[by_buyer], m[by_supplier], points[np.ix_(by_buyer, by_supplier)]
    buyer, first_row = np.unique(buyer_of[n], return_index=True)
    supplier, first_column = np.unique(supplier_of[m], return_index=True)
    # One number holds points, then the earlier need, then the earlier offer, so that one maximum finds all.
    size = len(n) * len(m)
    place = np.arange(size).reshape(len(n), len(m))
    best = np.maximum.reduceat(points * size + (size - 1 - place), first_column, axis=1)
    best = np.maximum.reduceat(best, first_row, axis=0)
    total, back = np.divmod(best, size)
    row, column = np.divmod(size - 1 - back, len(m))
    pairs = np.broadcast_arrays(buyer[:, None], supplier[None, :], total, n[row], m[column])
    return np.stack([p.ravel() for p in pairs])


def _unique(rows: np.ndarray) -> np.ndarray:
    """Of several blocks' rows for one pair, the best."""
    buyer, supplier, total, need, offer = rows
    rows = rows[:, np.lexsort((offer, need, -total, supplier, buyer))]
    first = np.ones(rows.shape[1], bool)
    first[1:] = (rows[0, 1:] != rows[0, :-1]) | (rows[1, 1:] != rows[1, :-1])
    return rows[:, first]


def _not_apart(buyers, suppliers, buyer, supplier, apart) -> np.ndarray:
    left = {code: i for i, code in enumerate(buyers)}
    right = {code: i for i, code in enumerate(suppliers)}
    banned = [left[b] * len(suppliers) + right[s] for b, s in apart if b in left and s in right]
    return ~np.isin(buyer * len(suppliers) + supplier, np.array(banned, np.int64))


def _rank(group: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Each row's place (from 0) within its group, best total first, earlier rows first among equals."""
    order = np.lexsort((np.arange(len(group)), -total, group))
    starts = np.flatnonzero(np.concatenate([[True], np.diff(group[order]) != 0])) if len(order) else order
    lengths = np.diff(np.append(starts, len(order)))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(starts, lengths)
    return rank
