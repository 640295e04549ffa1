"""An empty board for an encoded problem."""

import numpy as np

from .board import CHAIN, JOURNAL, Board
from .encoding import Encoded
from .flow import Weights

BUYER_HEED, SUPPLIER_HEED = 3, 1
BREAK, IDLE = 4, 6
"""What an idle group weighs while gaps are closed, and each of its slots."""


def open_board(encoded: Encoded, weights: Weights, seed: int) -> Board:
    people, slots, edges = len(encoded.people), encoded.problem.slots, len(encoded.pairs)
    near_from, near = _near(encoded, weights)
    before_from, before = _before(encoded)
    return Board(
        left=encoded.folk[encoded.folk_from[encoded.left]],
        right=encoded.folk[encoded.folk_from[encoded.right]],
        of_left=encoded.left,
        of_right=encoded.right,
        folk_from=encoded.folk_from,
        folk=encoded.folk,
        present=encoded.present,
        sits=encoded.sits,
        busy=np.zeros(people, np.int32),
        group=encoded.group,
        part_of=encoded.part_of,
        seats=encoded.seats,
        allowed=np.ascontiguousarray(encoded.allowed),
        locked=encoded.locked,
        home=encoded.home,
        most=encoded.most,
        least=encoded.least,
        worth=weights.edge.astype(np.int64),
        prices=np.array([weights.stay, weights.minimum], np.int64),
        weights=np.array([BREAK, IDLE], np.int64),
        heed=_heed(encoded),
        day_length=np.array([encoded.problem.day_length], np.int64),
        near_from=near_from,
        near=near,
        before_from=before_from,
        before=before,
        slot=np.full(edges, -1, np.int32),
        at=np.full((people, slots), -1, np.int32),
        load=np.zeros(encoded.seats.shape, np.int32),
        degree=np.zeros(len(encoded.codes), np.int32),
        total=np.zeros(1, np.int64),
        journal=np.zeros((JOURNAL, 4), np.int32),
        cursor=np.zeros(3, np.int64),
        chain=np.zeros(CHAIN, np.int32),
        random=np.array([_state(seed)], np.uint64),
    )


def _heed(encoded: Encoded) -> np.ndarray:
    """Buyers were invited and walk about: their waiting counts more than that at a supplier's own table."""
    heed = np.full(len(encoded.people), SUPPLIER_HEED, np.int64)
    heed[encoded.folk[: encoded.folk_from[encoded.buyers]]] = BUYER_HEED
    return heed


def _state(seed: int) -> int:
    """A generator state that is never zero and differs widely between neighbouring seeds."""
    return int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0]) | 1


def _near(encoded: Encoded, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Each party's edges that can ever be held, dearest first."""
    edges = np.flatnonzero(encoded.allowed.any(1))
    node = np.concatenate([encoded.left[edges], encoded.right[edges]])
    edge = np.concatenate([edges, edges])
    order = np.lexsort((edge, -weights.edge[edge], node))
    counts = np.bincount(node, minlength=len(encoded.codes))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), edge[order].astype(np.int32)


def _before(encoded: Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Precedences seen from each edge: the other edge, and 1 if that one comes first."""
    edge_of = encoded.edge_of
    rows: list[tuple[int, int, int]] = []
    for first, second in encoded.problem.precedences:
        if first in edge_of and second in edge_of:
            rows.append((edge_of[second], edge_of[first], 1))
            rows.append((edge_of[first], edge_of[second], 0))
    table = np.array(sorted(rows), np.int32).reshape(-1, 3)
    counts = np.bincount(table[:, 0], minlength=len(encoded.pairs))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), np.ascontiguousarray(table[:, 1:])
