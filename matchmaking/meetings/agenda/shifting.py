"""Meetings shifted from seat to seat so that people change tables seldom, compiled to machine code."""

import numpy as np
from numba import njit

MOVE, KEEP = 1 << 20, 3 << 19
"""What it weighs that a person changes table, and that a meeting leaves the table it was told.

A supplier, who has papers and samples, weighs one more: of two ways with as many moves the buyer goes.
"""


@njit(cache=True, nogil=True)
def draw(state, n):
    """A whole number below n (xorshift; n is far below 2^32, so the remainder is as good as even)."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@njit(cache=True, nogil=True)
def price(seat, table_of, near, told, m):
    """What a meeting's table costs: its people's ways to and from it, and leaving the one it was told.

    `near` are the meetings before of the right (the supplier) and of the left, then those after of the two.
    """
    table = table_of[seat[m]]
    cost = KEEP if told[m] >= 0 and told[m] != table else 0
    for k in range(near.shape[1]):
        n = near[m, k]
        if n >= 0 and table_of[seat[n]] != table:
            cost += MOVE + 1 - k % 2
    return cost


@njit(cache=True, nogil=True)
def sit_down(order, slot, pinned, told, near, seats_from, table_of, common, closed, seat, at):
    """A first seat for every meeting, slot by slot in this order: where it was told, or its people sat last.

    Pinned meetings come before all others of their slot, at the table that `pinned` names. Returns whether
    there was room for all.
    """
    start = 0
    while start < len(order):
        t = slot[order[start]]
        end = start
        while end < len(order) and slot[order[end]] == t:
            end += 1
        for wish in range(4):
            for i in range(start, end):
                m = order[i]
                if seat[m] >= 0:
                    continue
                table = pinned[m] if wish == 0 else told[m]
                if wish > 1:
                    n = near[m, wish - 2]
                    table = table_of[seat[n]] if n >= 0 else -1
                if table < 0 or closed[table, t]:
                    continue
                for q in range(seats_from[table], seats_from[table + 1]):
                    if at[q, t] < 0 and (wish == 0 or common[q]):
                        seat[m], at[q, t] = q, m
                        break
        q = 0
        for i in range(start, end):
            m = order[i]
            if seat[m] >= 0:
                continue
            while q < len(common) and (at[q, t] >= 0 or not common[q] or closed[table_of[q], t]):
                q += 1
            if q == len(common):
                return False
            seat[m], at[q, t] = q, m
        start = end
    return True


@njit(cache=True, nogil=True)
def exchange(seat, at, p, q, first, last):
    """Everybody on seats p and q changes places in the slots first … last."""
    for t in range(first, last + 1):
        m, n = at[p, t], at[q, t]
        at[p, t], at[q, t] = n, m
        if m >= 0:
            seat[m] = q
        if n >= 0:
            seat[n] = p


@njit(cache=True, nogil=True)
def prices(seat, at, table_of, near, told, p, q, first, last):
    cost = 0
    for t in range(first, last + 1):
        for m in (at[p, t], at[q, t]):
            if m >= 0:
                cost += price(seat, table_of, near, told, m)
    return cost


@njit(cache=True, nogil=True)
def may_exchange(at, table_of, pinned, common, closed, p, q, first, last):
    if p == q or not common[p] or not common[q]:
        return False
    for t in range(first, last + 1):
        for here, there in ((p, q), (q, p)):
            m = at[here, t]
            if m >= 0 and (pinned[m] >= 0 or closed[table_of[there], t]):
                return False
    return True


@njit(cache=True, nogil=True)
def shift(slot, pinned, told, near, seats_from, table_of, common, closed, seat, at, rounds, hot, cold, state):
    """Anneal by exchanging two seats for one slot, or for a stretch of slots that ends with one."""
    cooling, slots, meetings = np.log(cold / hot), at.shape[1], len(seat)
    for r in range(rounds):
        m = draw(state, meetings)
        if pinned[m] >= 0:
            continue
        t, p, n = slot[m], seat[m], near[m, draw(state, near.shape[1])]
        first, last = t, t
        if n >= 0 and draw(state, 8) != 0:
            table = table_of[seat[n]]
            q = seats_from[table] + draw(state, seats_from[table + 1] - seats_from[table])
            if draw(state, 2) == 0:
                if slot[n] < t:
                    last = t + draw(state, slots - t)
                else:
                    first = draw(state, t + 1)
        else:
            q = draw(state, len(common))
        if table_of[p] == table_of[q]:
            continue
        if not may_exchange(at, table_of, pinned, common, closed, p, q, first, last):
            continue
        before = prices(seat, at, table_of, near, told, p, q, first, last)
        exchange(seat, at, p, q, first, last)
        more = prices(seat, at, table_of, near, told, p, q, first, last) - before
        heat = hot * np.exp(cooling * r / rounds)
        if more > 0 and draw(state, 1 << 30) > np.exp(-more / (heat * MOVE)) * (1 << 30):
            exchange(seat, at, p, q, first, last)
