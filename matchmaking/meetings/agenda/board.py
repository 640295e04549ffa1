"""The board of slots: who meets whom when, kept free of clashes move by move, compiled to machine code.

Edge-colouring of a bipartite graph: a slot is a colour, and a Kempe chain is the alternating path of
meetings of two slots, which can trade those slots without anybody meeting twice at once. All compiled
functions stand in this one file because numba's cache does not notice a change in another one.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

CHAIN = np.int64(4096)
"""Longest chain worth turning; longer ones are passed over."""

NOWHERE = np.int64(-1)

COUNTERS, COUNTER_ROUNDS = np.int64(4), np.int64(4)
"""So many chains are looked at for one that gives a seat back, and the best is turned: as much work as this
many other rounds."""

RELIEF = np.int64(30)
"""A chain may bring this much too much unrest: the one that gives a seat back may make up for it."""

JOURNAL = 1 << 16
"""Changes that one attempt can take back; an attempt that would need more is given up."""


class Board(NamedTuple):
    """State and rules as arrays: see `encoding.Encoded` for the rules, parties, people, edges and groups.

    `slot` is each edge's slot or -1, `left` and `right` who of its two parties sits there (people), `at`
    people × slots the edge held there or -1, `busy` the meetings of each of them, `load` groups × slots the
    seats used, `degree` the meetings of each party. `total[0]` is the value of everything held, `prices`
    what a change and a missing meeting cost, `weights` what an idle group and an idle slot do, `heed` how
    much each person's count. `folk` lists each party's people from `folk_from` (somebody may serve two
    parties), `present` says who is there when, `sits` who of either party must sit in an edge (-1: anybody).
    A group that is part of another one's seats names it in `part_of`. `near` lists each party's edges,
    dearest first, from `near_from`; `before` are precedences (other edge, 1 if the other one comes first)
    from `before_from`. `journal` holds (edge, slot it had, people it had), `cursor` its length and the far
    end of the last chain walked. `random` is the state of the generator.
    """

    left: np.ndarray
    right: np.ndarray
    of_left: np.ndarray
    of_right: np.ndarray
    folk_from: np.ndarray
    folk: np.ndarray
    present: np.ndarray
    sits: np.ndarray
    busy: np.ndarray
    group: np.ndarray
    part_of: np.ndarray
    seats: np.ndarray
    allowed: np.ndarray
    locked: np.ndarray
    home: np.ndarray
    most: np.ndarray
    least: np.ndarray
    worth: np.ndarray
    prices: np.ndarray
    weights: np.ndarray
    heed: np.ndarray
    day_length: np.ndarray
    near_from: np.ndarray
    near: np.ndarray
    before_from: np.ndarray
    before: np.ndarray
    slot: np.ndarray
    at: np.ndarray
    load: np.ndarray
    degree: np.ndarray
    total: np.ndarray
    journal: np.ndarray
    cursor: np.ndarray
    chain: np.ndarray
    random: np.ndarray


@njit(cache=True, nogil=True)
def draw(b, n):
    """A whole number below n (xorshift; n is far below 2^32, so the remainder is as good as even)."""
    x = b.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    b.random[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@njit(cache=True, nogil=True)
def chance(b):
    """A number in (0, 1]."""
    return (draw(b, 1 << 30) + 1) / (1 << 30)


@njit(cache=True, nogil=True)
def note(b, e, t):
    """Remember how an edge stood before it changes."""
    i = b.cursor[0]
    b.journal[i, 0], b.journal[i, 1], b.journal[i, 2], b.journal[i, 3] = e, t, b.left[e], b.right[e]
    b.cursor[0] += 1


@njit(cache=True, nogil=True)
def unseat(b, e):
    t, u, v = np.int64(b.slot[e]), np.int64(b.left[e]), np.int64(b.right[e])
    note(b, e, t)
    b.slot[e] = -1
    b.at[u, t] = -1
    b.at[v, t] = -1
    b.busy[u] -= 1
    b.busy[v] -= 1
    g = np.int64(b.group[e])
    b.load[g, t] -= 1
    if b.part_of[g] >= 0:
        b.load[b.part_of[g], t] -= 1
    for x in (b.of_left[e], b.of_right[e]):
        b.degree[x] -= 1
        if b.degree[x] < b.least[x]:
            b.total[0] -= b.prices[1]
    b.total[0] -= b.worth[e]
    if b.home[e] == t:
        b.total[0] -= b.prices[0]


@njit(cache=True, nogil=True)
def seat(b, e, t, u, v):
    note(b, e, NOWHERE)
    b.slot[e] = t
    b.left[e] = u
    b.right[e] = v
    b.at[u, t] = e
    b.at[v, t] = e
    b.busy[u] += 1
    b.busy[v] += 1
    g = np.int64(b.group[e])
    b.load[g, t] += 1
    if b.part_of[g] >= 0:
        b.load[b.part_of[g], t] += 1
    for x in (b.of_left[e], b.of_right[e]):
        if b.degree[x] < b.least[x]:
            b.total[0] += b.prices[1]
        b.degree[x] += 1
    b.total[0] += b.worth[e]
    if b.home[e] == t:
        b.total[0] += b.prices[0]


@njit(cache=True, nogil=True)
def undo(b, mark):
    """Take back every change since the journal was `mark` long."""
    end = b.cursor[0]
    for i in range(end - 1, mark - 1, -1):
        e, old = np.int64(b.journal[i, 0]), np.int64(b.journal[i, 1])
        u, v = np.int64(b.journal[i, 2]), np.int64(b.journal[i, 3])
        if old < 0:
            unseat(b, e)
        else:
            seat(b, e, old, u, v)
        b.cursor[0] = end
    b.cursor[0] = mark


@njit(cache=True, nogil=True)
def crowded(b, g, t):
    """Whether more meetings of a group, or of the one it is part of, are held than there are seats."""
    p = b.part_of[g]
    return b.load[g, t] > b.seats[g, t] or (p >= 0 and b.load[p, t] > b.seats[p, t])


@njit(cache=True, nogil=True)
def has_seat(b, g, t):
    p = b.part_of[g]
    return b.load[g, t] < b.seats[g, t] and (p < 0 or b.load[p, t] < b.seats[p, t])


@njit(cache=True, nogil=True)
def somebody(b, e, side, t):
    """Who of an edge's party on a side (0 left, 1 right) has time at a slot, or -1.

    Of several the one with a meeting just before or after, so that fewer people wait.
    """
    party = np.int64(b.of_left[e]) if side == 0 else np.int64(b.of_right[e])
    must, best, likes = b.sits[e, side], NOWHERE, -1
    day = b.day_length[0]
    for i in range(b.folk_from[party], b.folk_from[party + 1]):
        x = np.int64(b.folk[i])
        if b.at[x, t] >= 0 or not b.present[x, t] or (must >= 0 and must != x):
            continue
        like = 0
        if t % day > 0 and b.at[x, t - 1] >= 0:
            like += 1
        if t + 1 < b.at.shape[1] and (t + 1) % day > 0 and b.at[x, t + 1] >= 0:
            like += 1
        if like > likes:
            best, likes = x, like
    return best


@njit(cache=True, nogil=True)
def both_have_time(b, e, t):
    return b.allowed[e, t] and somebody(b, e, 0, t) >= 0 and somebody(b, e, 1, t) >= 0


@njit(cache=True, nogil=True)
def in_order(b, e):
    """Whether the precedences of an edge hold among the meetings held."""
    for i in range(b.before_from[e], b.before_from[e + 1]):
        other = b.slot[b.before[i, 0]]
        if other < 0:
            continue
        if b.before[i, 1] == 1:
            if other >= b.slot[e]:
                return False
        elif other <= b.slot[e]:
            return False
    return True


@njit(cache=True, nogil=True)
def walk(b, x, a, c, limit):
    """The chain from x, which has a meeting at a and none at c; its length, 0 if longer or not turnable.

    The node at the far end is left in cursor[2].
    """
    n = 0
    t, other = a, c
    while True:
        e = np.int64(b.at[x, t])
        if e < 0:
            break
        if (
            n == limit
            or not b.allowed[e, other]
            or not b.present[b.left[e], other]
            or not b.present[b.right[e], other]
        ):
            return 0
        b.chain[n] = e
        n += 1
        x = np.int64(b.left[e]) + np.int64(b.right[e]) - x
        t, other = other, t
    b.cursor[2] = x
    return n


@njit(cache=True, nogil=True)
def trade(b, n, a, c):
    """Trade slots along the chain, whatever the seats; False (nothing changed) if precedences forbid it."""
    mark = b.cursor[0]
    if mark + 4 * n + 8 > JOURNAL:
        return False
    for i in range(n):
        e = np.int64(b.chain[i])
        unseat(b, e)
    for i in range(n):
        e = np.int64(b.chain[i])
        seat(b, e, a + c - np.int64(b.journal[mark + i, 1]), np.int64(b.left[e]), np.int64(b.right[e]))
    for i in range(n):
        if not in_order(b, np.int64(b.chain[i])):
            undo(b, mark)
            return False
    return True


@njit(cache=True, nogil=True)
def seats_suffice(b, mark, a, c):
    """Whether every meeting changed since the journal was `mark` long has its seat at either slot."""
    for i in range(mark, b.cursor[0]):
        g = b.group[b.journal[i, 0]]
        if crowded(b, g, a) or crowded(b, g, c):
            return False
    return True


@njit(cache=True, nogil=True)
def turn(b, n, a, c):
    """Trade slots along the chain; False (and nothing changed) if seats or precedences forbid it."""
    mark = b.cursor[0]
    if not trade(b, n, a, c):
        return False
    if seats_suffice(b, mark, a, c):
        return True
    undo(b, mark)
    return False


@njit(cache=True, nogil=True)
def try_seat(b, e, t):
    """Hold an edge at a slot if nothing at all stands against it."""
    if not b.allowed[e, t] or not has_seat(b, b.group[e], t):
        return False
    u, v = somebody(b, e, 0, t), somebody(b, e, 1, t)
    mark = b.cursor[0]
    if u < 0 or v < 0 or u == v or mark + 8 > JOURNAL:
        return False
    seat(b, e, t, u, v)
    if in_order(b, e):
        return True
    undo(b, mark)
    return False


@njit(cache=True, nogil=True)
def insert_freely(b, e):
    """Hold an edge where both are free: where it was before, else where most seats are left."""
    slots = b.at.shape[1]
    if b.home[e] >= 0 and try_seat(b, e, np.int64(b.home[e])):
        return True
    tried = np.zeros(slots, np.bool_)
    while True:
        best, least = NOWHERE, 1 << 30
        start = draw(b, slots)
        for k in range(slots):
            t = (start + k) % slots
            if tried[t] or not both_have_time(b, e, t):
                continue
            if b.load[b.group[e], t] < least:
                best, least = t, b.load[b.group[e], t]
        if best < 0:
            return False
        if try_seat(b, e, best):
            return True
        tried[best] = True


@njit(cache=True, nogil=True)
def insert_by_chain(b, e, limit):
    """Free a slot for an edge at one end by turning a chain of at most `limit` there, then hold it."""
    slots = b.at.shape[1]
    shift = draw(b, slots)
    for side in range(2):
        party = b.of_right[e] if side == 0 else b.of_left[e]
        must = b.sits[e, 1 - side]
        for i in range(slots):
            a = (i + shift) % slots
            if not b.allowed[e, a] or somebody(b, e, side, a) < 0:
                continue
            for j in range(b.folk_from[party], b.folk_from[party + 1]):
                v = np.int64(b.folk[j])
                if b.at[v, a] < 0 or not b.present[v, a] or (must >= 0 and must != v):
                    continue
                for k in range(slots):
                    c = (k + shift) % slots
                    if b.at[v, c] >= 0:
                        continue
                    n = walk(b, v, a, c, limit)
                    mark = b.cursor[0]
                    if n > 0 and turn(b, n, a, c):
                        if try_seat(b, e, a):
                            return True
                        undo(b, mark)
    return False


@njit(cache=True, nogil=True)
def insert_by_seats(b, e):
    """Where both are free but every seat is taken, turn some chain that gives a seat back, then hold it."""
    slots, nodes = b.at.shape[1], b.at.shape[0]
    g = b.group[e]
    for t in range(slots):
        if not both_have_time(b, e, t):
            continue
        for c in range(slots):
            if not has_seat(b, g, c):
                continue
            start = draw(b, nodes)
            for k in range(min(nodes, 40)):
                x = (start + k) % nodes
                if b.at[x, t] < 0 or b.at[x, c] >= 0:
                    continue
                n = walk(b, x, t, c, CHAIN)
                mark = b.cursor[0]
                if n > 0 and turn(b, n, t, c):
                    if try_seat(b, e, t):
                        return True
                    undo(b, mark)
    return False


@njit(cache=True, nogil=True)
def insert(b, e, reach):
    """Hold an edge, turning chains of at most `reach` if need be; short ones first, they disturb fewest."""
    x, y = b.of_left[e], b.of_right[e]
    if b.degree[x] >= b.most[x] or b.degree[y] >= b.most[y]:
        return False
    if insert_freely(b, e):
        return True
    for limit in (np.int64(2), np.int64(12), CHAIN):
        if limit <= reach and insert_by_chain(b, e, limit):
            return True
    return reach == CHAIN and insert_by_seats(b, e)


@njit(cache=True, nogil=True)
def insert_all(b, edges):
    """Hold as many of these edges as fit, in this order; how many did."""
    held = 0
    for e in edges:
        b.cursor[0] = 0
        if b.slot[e] < 0 and insert(b, e, CHAIN):
            held += 1
    b.cursor[0] = 0
    return held


@njit(cache=True, nogil=True)
def cheapest(b, x, spare):
    """The least worthy meeting of a party that may be given up, or -1."""
    for i in range(b.near_from[x + 1] - 1, b.near_from[x] - 1, -1):
        e = np.int64(b.near[i])
        if b.slot[e] >= 0 and e != spare and not b.locked[e]:
            return e
    return -1


@njit(cache=True, nogil=True)
def seat_holder(b, g, t):
    """Some meeting that takes a seat of a group at a slot and may be given up, or -1."""
    nodes = b.at.shape[0]
    wide = b.load[g, t] < b.seats[g, t] and b.part_of[g] >= 0
    pool = b.part_of[g] if wide else g
    start = draw(b, nodes)
    for k in range(nodes):
        e = np.int64(b.at[(start + k) % nodes, t])
        if e >= 0 and not b.locked[e] and (b.group[e] == pool or b.part_of[b.group[e]] == pool):
            return e
    return -1


@njit(cache=True, nogil=True)
def in_the_way(b, e, side, t):
    """The least worthy meeting that keeps everybody of a side busy at a slot; -1: nobody is there, -2: none.

    Locked ones stay.
    """
    if somebody(b, e, side, t) >= 0:
        return np.int64(-2)
    party = b.of_left[e] if side == 0 else b.of_right[e]
    must, found = b.sits[e, side], NOWHERE
    for i in range(b.folk_from[party], b.folk_from[party + 1]):
        x = np.int64(b.folk[i])
        f = np.int64(b.at[x, t])
        if f < 0 or not b.present[x, t] or b.locked[f] or (must >= 0 and must != x):
            continue
        if found < 0 or b.worth[f] < b.worth[found]:
            found = f
    return found


@njit(cache=True, nogil=True)
def make_way(b, e, t):
    """Give up whatever stands against holding an edge at a slot; False if a lock does."""
    for side in range(2):
        f = in_the_way(b, e, side, t)
        if f == -1:
            return False
        if f >= 0:
            unseat(b, f)
        x = b.of_left[e] if side == 0 else b.of_right[e]
        if b.degree[x] >= b.most[x]:
            f = cheapest(b, x, e)
            if f < 0:
                return False
            unseat(b, f)
    g = b.group[e]
    if not has_seat(b, g, t):
        f = seat_holder(b, g, t)
        if f < 0:
            return False
        unseat(b, f)
    for i in range(b.before_from[e], b.before_from[e + 1]):
        f = np.int64(b.before[i, 0])
        s = b.slot[f]
        if s >= 0 and ((b.before[i, 1] == 1 and s >= t) or (b.before[i, 1] == 0 and s <= t)):
            if b.locked[f]:
                return False
            unseat(b, f)
    return True


@njit(cache=True, nogil=True)
def refill(b, x, tries):
    """Give a party that has room again its dearest meetings that fit."""
    for i in range(b.near_from[x], b.near_from[x + 1]):
        if b.degree[x] >= b.most[x] or tries == 0:
            return
        e = np.int64(b.near[i])
        y = b.of_left[e] + b.of_right[e] - x
        if b.slot[e] < 0 and b.degree[y] < b.most[y]:
            tries -= 1
            insert(b, e, np.int64(2))


@njit(cache=True, nogil=True)
def force(b, e, t):
    """Hold an edge at a slot, find new places for what had to go, and refill who lost somebody."""
    if b.slot[e] >= 0:
        unseat(b, e)
    if not make_way(b, e, t) or not try_seat(b, e, t):
        return False
    gone = b.cursor[0]
    for i in range(gone):
        f = np.int64(b.journal[i, 0])
        if b.slot[f] < 0:
            insert(b, f, np.int64(12))
    for i in range(gone):
        f = np.int64(b.journal[i, 0])
        if b.slot[f] < 0:
            refill(b, np.int64(b.of_left[f]), 6)
            refill(b, np.int64(b.of_right[f]), 6)
    return True


@njit(cache=True, nogil=True)
def repair(b, edges, wanted, rounds, heat, best_slot, best_left, best_right, best_total):
    """Anneal by forcing random edges in, every other time one of the `wanted`, where they are missing.

    Worse agendas are kept with probability exp(-loss / heat).

    The best agenda seen is left in `best_slot`, `best_left` and `best_right`, its value in `best_total[0]`.
    """
    slots = b.at.shape[1]
    for r in range(rounds):
        e = edges[draw(b, len(edges))]
        if r % 2 == 0 and len(wanted):
            e = wanted[draw(b, len(wanted))]
        b.cursor[0] = 0
        if b.slot[e] >= 0 and (b.locked[e] or b.home[e] < 0 or b.home[e] == b.slot[e]):
            continue
        start = draw(b, slots)
        t = -1
        for k in range(slots):
            if b.allowed[e, (start + k) % slots]:
                t = (start + k) % slots
                break
        if b.slot[e] >= 0:
            t = np.int64(b.home[e])
        if t < 0 or not b.allowed[e, t]:
            continue
        before = b.total[0]
        warmth = heat * (1.0 - r / rounds)
        done = force(b, e, t)
        loss = before - b.total[0]
        if not done or (loss > 0 and (warmth <= 0 or chance(b) > np.exp(-loss / warmth))):
            undo(b, 0)
        elif b.total[0] > best_total[0]:
            best_total[0] = b.total[0]
            best_slot[:] = b.slot
            best_left[:] = b.left
            best_right[:] = b.right
    b.cursor[0] = 0


@njit(cache=True, nogil=True)
def day_of(b, x, gone, come):
    """Idle groups and their slots between somebody's meetings of a day, with `gone` free and `come` taken."""
    slots, day = b.at.shape[1], b.day_length[0]
    groups, idle = 0, 0
    last = -1
    left = day
    for t in range(slots):
        if left == 0:
            last, left = -1, day
        left -= 1
        if (b.at[x, t] >= 0 and t != gone) or t == come:
            if last >= 0 and t - last > 1:
                groups += 1
                idle += t - last - 1
            last = t
    return groups, idle


@njit(cache=True, nogil=True)
def breaks_of(b, x):
    return day_of(b, x, NOWHERE, NOWHERE)[0]


@njit(cache=True, nogil=True)
def unrest(b, x, gone, come):
    """What somebody's waiting weighs: k idle groups w k + k², so that equal sums are shared fairly.

    Their slots count besides, so that long ones shrink until they close.
    """
    groups, idle = day_of(b, x, gone, come)
    return (b.weights[0] * groups + groups * groups + b.weights[1] * idle) * b.heed[x]


@njit(cache=True, nogil=True)
def all_breaks(b):
    n = 0
    for x in range(b.at.shape[0]):
        n += breaks_of(b, x)
    return n


@njit(cache=True, nogil=True)
def beside_a_meeting(b, x, start):
    """The first idle slot of a node from `start` on with a meeting next to it that day, else `start`."""
    slots, day = b.at.shape[1], b.day_length[0]
    for k in range(slots):
        t = (start + k) % slots
        if b.at[x, t] < 0:
            if t % day > 0 and b.at[x, t - 1] >= 0:
                return t
            if (t + 1) % day > 0 and t + 1 < slots and b.at[x, t + 1] >= 0:
                return t
    return start


@njit(cache=True, nogil=True)
def hand_over(b, x, a, had, heat):
    """Half the time, where somebody has colleagues: give the meeting at a slot to one with time then."""
    e = np.int64(b.at[x, a])
    side = 0 if b.left[e] == x else 1
    party = np.int64(b.of_left[e]) if side == 0 else np.int64(b.of_right[e])
    start, end = b.folk_from[party], b.folk_from[party + 1]
    if end - start < 2 or b.sits[e, side] >= 0 or draw(b, 2) == 0:
        return False
    y = np.int64(b.folk[start + draw(b, end - start)])
    u, v = np.int64(b.left[e]), np.int64(b.right[e])
    if b.at[y, a] >= 0 or not b.present[y, a] or y in (u, v):
        return False
    cost = unrest(b, x, a, NOWHERE) + unrest(b, y, NOWHERE, a) - had - unrest(b, y, NOWHERE, NOWHERE)
    if cost > 0 and chance(b) > np.exp(-cost / heat):
        return False
    unseat(b, e)
    if side == 0:
        seat(b, e, a, y, v)
    else:
        seat(b, e, a, u, y)
    return True


@njit(cache=True, nogil=True)
def both_ends(b, x, a, c, n):
    """What turning the chain just walked, of n meetings from x, adds to the unrest of its two ends."""
    y = b.cursor[2]
    gone, come = (a, c) if n % 2 == 1 else (c, a)
    had = unrest(b, x, NOWHERE, NOWHERE) + unrest(b, y, NOWHERE, NOWHERE)
    return unrest(b, x, a, c) + unrest(b, y, gone, come) - had


@njit(cache=True, nogil=True)
def counter_turn(b, a, c):
    """After a chain took a meeting from slot a to c, where no seat was left, turn another one from c to a.

    Returns what it adds to the unrest of its ends; 0 if there is none.
    """
    nodes = b.at.shape[0]
    best, best_cost = NOWHERE, np.int64(1 << 40)
    start = draw(b, nodes)
    seen = 0
    for k in range(min(nodes, 100)):
        x = (start + k) % nodes
        if b.at[x, c] < 0 or b.at[x, a] >= 0:
            continue
        n = walk(b, x, c, a, CHAIN)
        if n % 2 == 0:
            continue
        cost = both_ends(b, x, c, a, n)
        if cost < best_cost:
            best, best_cost = x, cost
        seen += 1
        if seen == COUNTERS:
            break
    if best < 0 or not trade(b, walk(b, best, c, a, CHAIN), c, a):
        return np.int64(0)
    return best_cost


@njit(cache=True, nogil=True)
def close_gaps(b, rounds, hot, cold):
    """Anneal the idle groups away by turning chains: nobody's meetings change, only their slots.

    Where a party has several people, meetings also pass from one to another. A move that takes a meeting of
    the previous agenda from its slot is never made. Returns the moves kept.
    """
    nodes, slots = b.at.shape[0], b.at.shape[1]
    kept = 0
    cooling = np.log(cold / hot)
    r = 0
    while r < rounds:
        r += 1
        x = draw(b, nodes)
        b.cursor[0] = 0
        if b.busy[x] == 0:
            continue
        had = unrest(b, x, NOWHERE, NOWHERE)
        if had == 0 and draw(b, 4) != 0:
            continue
        a = draw(b, slots)
        while b.at[x, a] < 0:
            a = (a + 1) % slots
        heat = hot * np.exp(cooling * r / rounds)
        if hand_over(b, x, a, had, heat):
            kept += 1
            continue
        c = draw(b, slots)
        if draw(b, 4) != 0:
            c = beside_a_meeting(b, x, c)
        if b.at[x, c] >= 0:
            continue
        n = walk(b, x, a, c, CHAIN)
        if n == 0:
            continue
        cost = both_ends(b, x, a, c, n)
        patience = -np.log(chance(b)) * heat
        before = b.total[0]
        if n % 2 == 1 and not has_seat(b, b.group[b.at[x, a]], c):
            r += COUNTER_ROUNDS
            if cost > patience + RELIEF or not trade(b, n, a, c):
                continue
            relief = counter_turn(b, a, c)
            cost = cost + relief if seats_suffice(b, 0, a, c) else np.int64(1 << 40)
        elif cost > patience or not turn(b, n, a, c):
            continue
        if cost > patience or b.total[0] < before:
            undo(b, 0)
        else:
            kept += 1
    b.cursor[0] = 0
    return kept
