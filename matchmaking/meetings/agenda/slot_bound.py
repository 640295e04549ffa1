"""A tighter bound for scarce days: the linear relaxation that gives every request and slot a share."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from .encoding import Encoded
from .problem import POINT, points

LARGEST = 40_000
"""Request × slot variables worth the wait: about four seconds at most."""


def slot_bound(encoded: Encoded, musts: int) -> float | None:
    """An objective that no agenda holding at least `musts` must-meets exceeds; None where too large to tell.

    Whatever the linear solver's tolerances, the value is computed from its prices: for any prices >= 0 of the
    limits, sum(limit × price) + sum(max(0, worth - prices paid)) bounds every solution, whole or not.
    """
    edge, slot = np.nonzero(encoded.allowed)
    if not 0 < len(edge) <= LARGEST:
        return None
    needy = np.flatnonzero(encoded.least > 0)
    worth = _worth(encoded, edge, slot, needy)
    upper, limits = _limits(encoded, edge, slot, needy, musts)
    equal, ones = _locks(encoded, edge, len(worth))
    most = np.concatenate([np.ones(len(edge)), encoded.least[needy]])
    found = linprog(-worth, upper, limits, equal, ones, bounds=(0, None), method="highs")
    if found.status != 0:
        return None
    price = np.maximum(0, -found.ineqlin.marginals)
    paid, total = upper.T @ price, float(limits @ price)
    if equal is not None:
        paid = paid - equal.T @ found.eqlin.marginals
        total -= float(ones @ found.eqlin.marginals)
    total += float((np.maximum(0, worth - paid) * most).sum())
    problem = encoded.problem
    prices = points(problem.change_price) * len(problem.previous)
    prices += points(problem.shortfall_price) * int(encoded.least.sum())
    return (int(np.floor(total * POINT + 1e-3)) - prices) / POINT


def _worth(encoded: Encoded, edge: np.ndarray, slot: np.ndarray, needy: np.ndarray) -> np.ndarray:
    """Score of each request at each slot, the change price it saves there, and each minimum's price."""
    problem = encoded.problem
    at_home = encoded.home[edge] == slot
    held = encoded.worth[edge] + np.where(at_home, points(problem.change_price), 0)
    return np.concatenate([held, np.full(len(needy), points(problem.shortfall_price))]) / POINT


def _limits(encoded, edge, slot, needy, musts) -> tuple[csr_array, np.ndarray]:
    """Once per request, one at a time, maxima, seats, minima reached, and the must-meets to be held."""
    slots, columns = encoded.problem.slots, np.arange(len(edge))
    rows, cols, values, limits = [], [], [], []
    height = 0
    everybody, pool = np.ones(len(edge), bool), encoded.part_of[encoded.group[edge]] >= 0
    for which, key, limit in (
        (everybody, edge, np.ones(len(encoded.pairs))),
        (everybody, encoded.left[edge] * slots + slot, encoded.free.ravel()),
        (everybody, encoded.right[edge] * slots + slot, encoded.free.ravel()),
        (everybody, encoded.left[edge], encoded.most),
        (everybody, encoded.right[edge], encoded.most),
        (encoded.group[edge] > 0, encoded.group[edge] * slots + slot, encoded.seats.ravel()),
        (pool | (encoded.group[edge] == 0), slot, encoded.seats[0]),
    ):
        used, row = np.unique(key[which], return_inverse=True)
        rows.append(row + height)
        cols.append(columns[which])
        values.append(np.ones(which.sum()))
        limits.append(limit[used])
        height += len(used)
    place = np.full(len(encoded.codes), -1)
    place[needy] = np.arange(len(needy))
    for ends in (encoded.left[edge], encoded.right[edge]):
        counts = place[ends] >= 0
        rows.append(place[ends][counts] + height)
        cols.append(columns[counts])
        values.append(-np.ones(counts.sum()))
    rows.append(np.arange(len(needy)) + height)
    cols.append(np.arange(len(needy)) + len(edge))
    values.append(np.ones(len(needy)))
    limits.append(np.zeros(len(needy)))
    height += len(needy)
    must = np.flatnonzero(encoded.must[edge])
    rows.append(np.full(len(must), height))
    cols.append(must)
    values.append(-np.ones(len(must)))
    limits.append(np.array([-musts]))
    cells = (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols)))
    matrix = coo_array(cells, shape=(height + 1, len(edge) + len(needy))).tocsr()
    return matrix, np.concatenate(limits).astype(float)


def _locks(encoded: Encoded, edge: np.ndarray, width: int):
    locked = np.flatnonzero(encoded.locked)
    if not len(locked):
        return None, None
    mine = np.flatnonzero(encoded.locked[edge])
    cells = (np.ones(len(mine)), (np.searchsorted(locked, edge[mine]), mine))
    return coo_array(cells, shape=(len(locked), width)).tocsr(), np.ones(len(locked))
