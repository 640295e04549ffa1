"""Lists of the best for both sides, evened out so that small exhibitors are seen too, and how even they are.

Everybody is given points, up to MOST either way, that others' lists add to the score: whoever stands on many
more lists than the average loses some, whoever hardly stands on any gains some, until the lists settle or
ROUNDS are over. The points hold for all lists alike, so a list made later, alone, follows them as well.
"""

from dataclasses import dataclass

import numpy as np

from matchmaking.recommendations.pairing import Pairs

LENGTH = 20
"""How many stand on a list."""
MOST = 8
"""The points that anybody gains or loses at most."""
OFTEN, RARELY = 2.0, 0.5
"""Whoever stands on more than OFTEN times as many lists as the average loses points, below RARELY gains."""
ROUNDS = 12
_WIDEST = 1_000  # more than any value is away from nothing
_DRAWS = 1_024


@dataclass(frozen=True)
class Lists:
    """Which pairs (positions) stand on the lists of their owners, with the value that orders them, and the
    points of those listed (by their ids)."""

    pairs: np.ndarray
    values: np.ndarray
    points: dict[int, int]


def lists(pairs: Pairs, owner: np.ndarray, listed: np.ndarray, *, even: bool = True) -> Lists:
    """For each of `owner` the LENGTH best of `listed`; with `even`, after points were dealt out."""
    ids, place = np.unique(listed, return_inverse=True)
    given = np.zeros(len(ids), np.int64)
    could = np.bincount(place, minlength=len(ids))
    near = _within_reach(owner, pairs.score)
    owner, place, score = owner[near], place[near], pairs.score[near]
    draw = drawn(owner, listed[near])
    for step in (4, 4, 2, 2, *[1] * (ROUNDS - 4)) if even and len(ids) > 1 else ():
        change = _change(score, owner, place, given, could, draw, step)
        if not change.any():
            break
        given = np.clip(given + change, -MOST, MOST)
    values = score + given[place]
    chosen = np.flatnonzero(rank(owner, values, draw) < LENGTH)
    points = {int(i): int(p) for i, p in zip(ids, given, strict=True) if p}
    return Lists(near[chosen], values[chosen], points)


def _within_reach(owner: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Positions of the pairs that points could lift onto a list: no others need be looked at again."""
    if not len(owner):
        return np.zeros(0, np.int64)
    _ids, group = np.unique(owner, return_inverse=True)
    last = np.full(group.max() + 1, -1_000, np.int64)
    is_last = rank(owner, score) == LENGTH - 1
    last[group[is_last]] = score[is_last]
    return np.flatnonzero(score >= last[group] - 2 * MOST)


def _change(score, owner, place, given, could, draw, step: int) -> np.ndarray:
    """Points to give or take, seeing who stands on how many lists now."""
    shown = np.bincount(place[rank(owner, score + given[place], draw) < LENGTH], minlength=len(given))
    average = shown.sum() / len(given)
    often = shown > OFTEN * average
    rarely = shown < np.minimum(could, np.ceil(RARELY * average))
    return step * (rarely.astype(np.int64) - often.astype(np.int64))


def drawn(owner: np.ndarray, listed: np.ndarray) -> np.ndarray:
    """What decides among equals: as if drawn for each pair, but always the same. Were it the order of the
    rows, those registered first would be on everybody's list."""
    mixed = (owner.astype(np.uint64) << np.uint64(32)) + listed.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((mixed ^ (mixed >> np.uint64(32))) & np.uint64(_DRAWS - 1)).astype(np.int64)


def rank(group: np.ndarray, values: np.ndarray, draw: np.ndarray | int = 0) -> np.ndarray:
    """Each row's place (from 0) in its group, the best first; among equals by `draw`, then as they come."""
    order = np.argsort((group * (4 * _WIDEST) + (_WIDEST - values)) * _DRAWS + draw, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(group[order]) != 0])) if len(order) else order
    lengths = np.diff(np.append(starts, len(order)))
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order)) - np.repeat(starts, lengths)
    return found


def gini(counts: np.ndarray) -> float:
    """How unevenly something is shared out: 0 when all have as much, near 1 when one has everything."""
    ordered = np.sort(np.asarray(counts, float))
    if not len(ordered) or not ordered.sum():
        return 0.0
    places = np.arange(1, len(ordered) + 1)
    return float((2 * (places * ordered).sum() / ordered.sum() - len(ordered) - 1) / len(ordered))
