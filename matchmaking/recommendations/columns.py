"""Needs and offers as arrays, and the fits of `fit` for whole blocks of them at once."""

from collections.abc import Sequence

import numpy as np

from matchmaking.recommendations.fit import (
    FULL,
    HALF,
    HS_FIT,
    PRICE_SLACK_PCT,
    WEIGHTS,
    Need,
    Offer,
)
from matchmaking.recommendations.trade import (
    AGAINST,
    BOTH_STRONG,
    BOTH_WEAK,
    COMPLETES,
    STRONG,
    UNKNOWN,
    Trade,
)


class Columns:
    """Needs or offers in columns that speak one numbering of units, terms, certificates and countries."""

    def __init__(self, needs: Sequence[Need], offers: Sequence[Offer], trade: Trade, *, asking: bool):
        side: Sequence = needs if asking else offers
        both = [*needs, *offers]
        self.chapter = np.array([int(x.hs[:2]) for x in side], np.int64)
        self.heading = np.array([int(x.hs[:4]) if len(x.hs) >= 4 else -1 for x in side], np.int64)
        self.subheading = np.array([int(x.hs) if len(x.hs) == 6 else -1 for x in side], np.int64)
        self.quantity = np.array([x.quantity for x in side], float)
        self.unit = _numbers([x.unit for x in side], [x.unit for x in both])
        self.price_key = _numbers([x.price_key for x in side], [x.price_key for x in both])
        self.low = np.array([x.min_price if asking else x.price for x in side], float)
        self.high = np.array([x.max_price if asking else x.price for x in side], float)
        self.incoterm = _numbers([x.incoterm for x in side], ["", *(x.incoterm for x in both)])
        self.certificates = _flags([x.certificates for x in side], [x.certificates for x in both])
        self.languages = _flags([x.languages for x in side], [x.languages for x in both])
        self.forums = _flags([x.forums or frozenset() for x in side], [x.forums or frozenset() for x in both])
        self.tells = np.array([x.forums is not None for x in side], bool)
        homes = [n.country for n in needs], [o.origin for o in offers]
        wishes = [n.countries for n in needs], [o.markets for o in offers]
        mine = 0 if asking else 1
        single = {country: frozenset({country} - {""}) for country in {*homes[0], *homes[1]}}
        every = [*wishes[0], *wishes[1], *single.values()]
        self.wanted = _flags(wishes[mine], every)
        self.home = _flags([single[country] for country in homes[mine]], every)
        self.country = _numbers(homes[mine], [*homes[0], *homes[1]])
        self.strength = _strengths(sorted({*homes[0], *homes[1]}), trade)


def _numbers(words: Sequence[str], every: Sequence[str]) -> np.ndarray:
    known = {word: i for i, word in enumerate(sorted(set(every)))}
    return np.array([known[w] for w in words], np.int64)


def _flags(sets: Sequence[frozenset[str]], every: Sequence[frozenset[str]]) -> np.ndarray:
    """A row of noughts and ones a set; few sets differ, so each is written down but once."""
    known = {word: i for i, word in enumerate(sorted(frozenset().union(*set(every))))}
    kinds: dict[frozenset[str], int] = {}
    places = [kinds.setdefault(words, len(kinds)) for words in sets]
    flags = np.zeros((len(kinds), len(known)), np.float32)
    for words, i in kinds.items():
        for word in words:
            flags[i, known[word]] = 1
    return flags[np.array(places, np.int64)]


def _strengths(countries: Sequence[str], trade: Trade) -> np.ndarray:
    """Country × chapter: 1 where it is strong, 0 where not, −1 where nothing is known of it."""
    found = np.full((len(countries), 100), -1, np.int64)
    for i, country in enumerate(countries):
        if country in trade.index:
            found[i] = 0
            for chapter, index in trade.index[country].items():
                found[i, int(chapter)] = index >= STRONG
    return found


def points(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray, text: np.ndarray) -> tuple:
    """(buyers' points, exhibitors' points) of needs n × offers m of one chapter, as `fit.score` counts them.

    `text` holds their likeness, 1,000 for needs without words.
    """
    found = {
        "hs": _hs(a, o, n, m),
        "text": text,
        "price": _price(a, o, n, m),
        "certificates": _certificates(a, o, n, m),
        "quantity": _quantity(a, o, n, m),
        "volume": _volume(a, o, n, m),
        "languages": _languages(a, o, n, m),
        "incoterm": _incoterm(a, o, n, m),
        "origin": _countries(a.wanted[n], o.home[m]),
        "market": _countries(o.wanted[m], a.home[n]).T,
        "trade": _trade(a, o, n, m),
        "forum": _forum(a, o, n, m),
    }
    sides = []
    for side in (0, 1):
        total = np.zeros((len(n), len(m)), np.int32)
        for criterion, permille in found.items():
            if WEIGHTS[criterion][side]:
                total += WEIGHTS[criterion][side] * permille.astype(np.int32, copy=False)
        sides.append(total // FULL)
    return tuple(sides)


def _hs(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    heading = (a.heading[n, None] == o.heading[m]) & (a.heading[n, None] >= 0)
    subheading = (a.subheading[n, None] == o.subheading[m]) & (a.subheading[n, None] >= 0)
    return np.where(subheading, HS_FIT[6], np.where(heading, HS_FIT[4], HS_FIT[2]))


def _price(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    low, high, price = a.low[n, None], a.high[n, None], o.high[m][None, :]
    over = 100 * (price - high) / (np.where(high == 0, 1, high) * PRICE_SLACK_PCT)
    above = np.clip(FULL * (1 - over), 0, FULL).astype(np.int64)
    below = np.clip(FULL * (price / np.where(low == 0, 1, low)), 0, FULL).astype(np.int64)
    fit = np.where((high > 0) & (price > high), above, np.where(price < low, below, FULL))
    unknown = (price == 0) | (a.price_key[n, None] != o.price_key[m])
    return np.where((low == 0) & (high == 0), FULL, np.where(unknown, HALF, fit))


def _certificates(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    asked = a.certificates[n].sum(1).astype(np.int64)[:, None]
    have = np.rint(a.certificates[n] @ o.certificates[m].T).astype(np.int64)
    return np.where(asked == 0, FULL, FULL * have // np.maximum(asked, 1))


def _quantity(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    wanted, offered = a.quantity[n, None], o.quantity[m][None, :]
    part = (FULL * (offered / np.where(wanted == 0, 1, wanted))).clip(0, FULL).astype(np.int64)
    unknown = (offered == 0) | (a.unit[n, None] != o.unit[m])
    return np.where(wanted == 0, FULL, np.where(unknown, HALF, part))


def _volume(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    wanted, offered = a.quantity[n, None], o.quantity[m][None, :]
    part = (FULL * (wanted / np.where(offered == 0, 1, offered))).clip(0, FULL).astype(np.int64)
    unknown = (wanted == 0) | (offered == 0) | (a.unit[n, None] != o.unit[m])
    return np.where(unknown, HALF, part)


def _languages(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    said = (a.languages[n].sum(1)[:, None] > 0) & (o.languages[m].sum(1) > 0)
    return np.where(said, np.where(a.languages[n] @ o.languages[m].T > 0, FULL, 0), HALF)


def _incoterm(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    same = np.where(a.incoterm[n, None] == o.incoterm[m], FULL, 0)
    same = np.where(o.incoterm[m] == 0, HALF, same)
    return np.where(a.incoterm[n, None] == 0, FULL, same)


def _countries(wanted: np.ndarray, home: np.ndarray) -> np.ndarray:
    met = np.where(wanted @ home.T > 0, FULL, 0)
    met = np.where(home.sum(1) == 0, HALF, met)
    return np.where(wanted.sum(1)[:, None] == 0, FULL, met)


def _trade(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    chapter = o.chapter[m]
    theirs = o.strength[o.country[m], chapter][None, :]
    ours = a.strength[a.country[n]][:, chapter]
    fit = np.where(
        theirs == 1,
        np.where(ours == 1, BOTH_STRONG, COMPLETES),
        np.where(ours == 1, AGAINST, BOTH_WEAK),
    )
    unknown = (theirs < 0) | (ours < 0) | (a.country[n, None] == o.country[m])
    return np.where(unknown, UNKNOWN, fit)


def _forum(a: Columns, o: Columns, n: np.ndarray, m: np.ndarray) -> np.ndarray:
    told = a.tells[n, None] & o.tells[m]
    return np.where(told, np.where(a.forums[n] @ o.forums[m].T > 0, FULL, 0), HALF)
