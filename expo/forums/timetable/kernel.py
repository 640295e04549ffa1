"""Compiled simulated annealing: what a place costs, moving talks about, keeping the best.

One file, long as it is: compiled code is cached per file, and a change in another would go unnoticed.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from expo.forums.timetable.board import Board

_outer = njit(cache=True, nogil=True, error_model="numpy", _nrt=False)
"""Nothing in here allocates, so counting references (most of the time otherwise) is switched off."""
_inner = njit(cache=True, nogil=True, error_model="numpy", _nrt=False, forceinline=True)

MOVES, SWAPS, KINDS = 4, 9, 12
"""Of so many rounds, moves of one talk; those and exchanges of two; those and exchanges of windows."""
MANY = 8
"""Talks that move at a time, at most."""
LONGEST = 180
"""Minutes beyond which a broken order counts no worse."""


class State(NamedTuple):
    """The changing side of a search."""

    room: np.ndarray
    start: np.ndarray
    """(n) where each talk is; start -1 means nowhere"""
    pull: np.ndarray
    """(n, T) clash rate talk i would meet at a tick"""
    taken: np.ndarray
    """(R, T) talks that occupy a room at a tick, setting up included"""
    laid: np.ndarray
    """(2, layouts + 1, R, T) of those that need a layout, with the change after them or not; last all"""
    running: np.ndarray
    """(T) talks running at a tick"""
    lonely: np.ndarray
    """(T) of those, the ones that bear nothing beside them"""
    uses: np.ndarray
    """(forums, R) talks of a forum in a room"""
    span: np.ndarray
    """(3, days) scratch: first start, last end and talk minutes of a person"""
    holder: np.ndarray
    """(R, T) a talk that runs in a room at a tick, -1 for none; not sure where several do"""
    trial_room: np.ndarray
    trial_start: np.ndarray
    """(n) where talks would be, those of the group at their new places"""
    group: np.ndarray
    """the talks that would move together"""
    waiting: np.ndarray
    """(persons) programme minutes each waits"""
    seen: np.ndarray
    """(persons + 1) the number of the trial a person was last counted in; that number at the end"""
    best_room: np.ndarray
    best_start: np.ndarray
    score: np.ndarray
    """hard and soft now, hard and soft of the best"""
    dice: np.ndarray
    """state of the random numbers"""


def fresh_state(board: Board, seed: int) -> State:
    """A state with every talk nowhere."""
    n, rooms = board.over.shape
    ticks = len(board.minute) - 1
    layouts = int(board.layout.max(initial=-1)) + 1 if board.change.any() else 0
    room, start = np.zeros(n, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    dice = np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % (1 << 64) or 1], dtype=np.uint64)
    return State(
        room,
        start,
        np.zeros((n, ticks), dtype=np.int32),
        np.zeros((rooms, ticks), dtype=np.int32),
        np.zeros((2, layouts + 1, rooms, ticks) if layouts else (2, 1, rooms, 1), dtype=np.int32),
        np.zeros(ticks, dtype=np.int64),
        np.zeros(ticks, dtype=np.int64),
        np.zeros((int(board.forum.max(initial=-1)) + 2, rooms), dtype=np.int64),
        np.zeros((3, int(board.day[-1]) + 1), dtype=np.int64),
        np.full((rooms, ticks), -1, dtype=np.int64),
        room.copy(),
        start.copy(),
        np.zeros(MANY, dtype=np.int64),
        np.zeros(len(board.agenda_at), dtype=np.int64),
        np.zeros(len(board.agenda_at) + 1, dtype=np.int64),
        room.copy(),
        start.copy(),
        np.array([0.0, 0.0, np.inf, np.inf]),
        dice,
    )


@_inner
def _roll(dice):
    x = dice[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    dice[0] = x
    return (x * np.uint64(2685821657736338717)) >> np.uint64(11)


@_inner
def _below(dice, limit):
    return np.int64(_roll(dice) % np.uint64(limit))


@_inner
def _overlap(a, a_long, b, b_long):
    return max(0, min(a + a_long, b + b_long) - max(a, b))


@_inner
def _short(board, i, r, s, j, q, t):
    """Minutes missing for somebody to get from one of two talks to the other."""
    from_i = board.minute[t] - board.minute[s] - board.length[i] * board.tick - board.travel[r, q]
    from_j = board.minute[s] - board.minute[t] - board.length[j] * board.tick - board.travel[q, r]
    return max(0, -max(from_i, from_j))


@_inner
def _late(board, first, s, then, t):
    """Minutes by which `first` ends after `then` starts."""
    return min(LONGEST, max(0, board.minute[s] + board.length[first] * board.tick - board.minute[t]))


@_inner
def _pair(board, i, r, s, j, q, t):
    """Hard minutes between two talks at two places."""
    beside = _overlap(s, board.length[i], t, board.length[j])
    hard = beside * board.tick * (board.alone[i] + board.alone[j])
    if r == q:
        more = board.setup
        if board.layout[i] >= 0 and board.layout[j] >= 0 and board.layout[i] != board.layout[j]:
            more += board.change[r]
        a, b = s - board.ahead[i], t - board.ahead[j]
        a_long, b_long = board.ahead[i] + board.length[i] + more, board.ahead[j] + board.length[j] + more
        hard += board.tick * _overlap(a, a_long, b, b_long)
    for k in range(board.mates_at[i], board.mates_at[i + 1]):
        if board.mates[k] == j:
            hard += _short(board, i, r, s, j, q, t)
    for k in range(board.firsts_at[i], board.firsts_at[i + 1]):
        if board.firsts[k] == j:
            hard += _late(board, j, t, i, s)
    for k in range(board.nexts_at[i], board.nexts_at[i + 1]):
        if board.nexts[k] == j:
            hard += _late(board, i, s, j, t)
    return hard


@_inner
def _in_room(board, state, i, r, s):
    """Ticks talk i would share a room with others, setting up and refurnishing included."""
    begin, end = s - board.ahead[i], s + board.length[i] + board.setup
    hard = np.int64(0)
    for t in range(begin, end):
        hard += state.taken[r, t]
    if state.start[i] >= 0 and state.room[i] == r:
        hard -= _overlap(begin, end - begin, state.start[i] - board.ahead[i], end - begin)
    one, more = board.layout[i], board.change[r]
    if one >= 0 and more > 0:
        every = state.laid.shape[1] - 1
        for t in range(begin, end):
            hard -= state.laid[0, every, r, t] - state.laid[0, one, r, t]
        for t in range(begin, end + more):
            hard += state.laid[1, every, r, t] - state.laid[1, one, r, t]
    return hard


@_inner
def _hard(board, state, i, r, s):
    """Hard minutes of talk i at a place beside all others where they are now."""
    length, now = board.length[i], state.start[i]
    hard = _in_room(board, state, i, r, s)
    for t in range(s, s + length):
        hard += state.lonely[t]
    if board.alone[i]:
        for t in range(s, s + length):
            hard += state.running[t]
        if now >= 0:
            hard -= 2 * _overlap(s, length, now, length)
    hard *= board.tick
    for k in range(board.mates_at[i], board.mates_at[i + 1]):
        j = board.mates[k]
        if state.start[j] >= 0:
            hard += _short(board, i, r, s, j, state.room[j], state.start[j])
    for k in range(board.firsts_at[i], board.firsts_at[i + 1]):
        j = board.firsts[k]
        if state.start[j] >= 0:
            hard += _late(board, j, state.start[j], i, s)
    for k in range(board.nexts_at[i], board.nexts_at[i + 1]):
        j = board.nexts[k]
        if state.start[j] >= 0:
            hard += _late(board, i, s, j, state.start[j])
    return hard


@_inner
def _soft(board, state, i, r, s):
    """Clashes, missing seats and the change of talk i at a place, the others being where they are now.

    Waiting and main rooms are not in it: they hang on more than two talks at a time.
    """
    clash = np.int64(0)
    for t in range(s, s + board.length[i]):
        clash += state.pull[i, t]
    soft = clash * board.unit + board.over[i, r]
    if board.home_start[i] >= 0 and (board.home_start[i] != s or board.home_room[i] != r):
        soft += board.price
    return soft


@_inner
def _waits(board, state, p, starts):
    """Programme minutes person p waits, were every talk to start as `starts` has it."""
    span = state.span
    days = span.shape[1]
    for d in range(days):
        span[0, d] = -1
    for k in range(board.agenda_at[p], board.agenda_at[p + 1]):
        talk = board.agenda[k]
        begin = starts[talk]
        if begin < 0:
            continue
        d = board.day[begin]
        a, b = board.worked[begin], board.worked[begin + board.length[talk]]
        if span[0, d] < 0:
            span[0, d], span[1, d], span[2, d] = a, b, 0
        span[0, d] = min(span[0, d], a)
        span[1, d] = max(span[1, d], b)
        span[2, d] += b - a
    total = 0
    for d in range(days):
        if span[0, d] >= 0:
            total += max(0, span[1, d] - span[0, d] - span[2, d])
    return total


@_inner
def _idle_change(board, state, many):
    """By how much waiting grows when the first `many` talks of the group go where they are tried."""
    if board.idle == 0.0:
        return 0.0
    last = state.seen.shape[0] - 1
    state.seen[last] += 1
    change = 0
    for a in range(many):
        i = state.group[a]
        if state.trial_start[i] == state.start[i]:
            continue
        for k in range(board.busy_at[i], board.busy_at[i + 1]):
            p = board.busy[k]
            if state.seen[p] != state.seen[last]:
                state.seen[p] = state.seen[last]
                change += _waits(board, state, p, state.trial_start) - state.waiting[p]
    return change * board.idle


@_inner
def _most(row):
    most = 0
    for r in range(row.shape[0]):
        most = max(most, row[r])
    return most


@_inner
def _stray_change(board, state, f, out, into):
    """By how much a forum's strays grow when one of its talks goes from room `out` (or -1) to `into`."""
    if f < 0 or out == into:
        return 0.0
    row = state.uses[f]
    before = _most(row)
    if out >= 0:
        row[out] -= 1
    row[into] += 1
    after = _most(row)
    row[into] -= 1
    if out >= 0:
        row[out] += 1
    grown = 0 if out >= 0 else 1
    return (before - after + grown) * board.track


@_inner
def _stamp(board, state, i, sign):
    """Write talk i at its place into the tables, or wipe it out of them."""
    r, s, length = state.room[i], state.start[i], board.length[i]
    for t in range(s, s + length):
        state.running[t] += sign
        state.lonely[t] += sign * board.alone[i]
    for j in range(board.rate.shape[0]):
        grown = np.int32(sign) * board.rate[i, j]
        if grown != 0:
            for t in range(s, s + length):
                state.pull[j, t] += grown
    begin, end = s - board.ahead[i], s + length + board.setup
    for t in range(begin, end):
        state.taken[r, t] += sign
    for t in range(s, s + length):
        state.holder[r, t] = i if sign > 0 else -1
    if board.layout[i] >= 0 and board.change[r] > 0:
        every = state.laid.shape[1] - 1
        for wide in range(2):
            for t in range(begin, end + wide * board.change[r]):
                state.laid[wide, board.layout[i], r, t] += sign
                state.laid[wide, every, r, t] += sign
    if board.forum[i] >= 0:
        state.uses[board.forum[i], r] += sign


@_inner
def _count_waiting(board, state, i):
    for k in range(board.busy_at[i], board.busy_at[i + 1]):
        state.waiting[board.busy[k]] = _waits(board, state, board.busy[k], state.start)


@_outer
def put(board, state, i, r, s):
    """Bring talk i to a place, from wherever it is."""
    if state.start[i] >= 0:
        _stamp(board, state, i, -1)
    state.room[i] = state.trial_room[i] = r
    state.start[i] = state.trial_start[i] = s
    _stamp(board, state, i, 1)
    _count_waiting(board, state, i)


@_outer
def lift(board, state, i):
    """Take talk i off the timetable."""
    if state.start[i] >= 0:
        _stamp(board, state, i, -1)
        state.start[i] = state.trial_start[i] = -1
        _count_waiting(board, state, i)


@_inner
def _allowed(board, i, r, s):
    return (
        s >= 0
        and s < board.may_start.shape[1]
        and board.may_use[i, r] == 1
        and board.may_start[i, s] == 1
        and board.open_for[r, s] >= board.length[i]
    )


@_outer
def best_place(board, state, i, strain):
    """The cheapest place for talk i beside the others: room, start (-1 for none), hard minutes there.

    One hard minute costs `strain`; of equals the earliest in the smallest room index wins.
    """
    room, start, hard_there, least = np.int64(0), np.int64(-1), np.int64(0), np.inf
    for a in range(board.starts_at[i], board.starts_at[i + 1]):
        s = board.starts[a]
        state.group[0], state.trial_start[i] = i, s
        waits = _idle_change(board, state, 1)
        state.trial_start[i] = state.start[i]
        for b in range(board.rooms_at[i], board.rooms_at[i + 1]):
            r = board.rooms[b]
            if board.open_for[r, s] < board.length[i]:
                continue
            hard, soft = _hard(board, state, i, r, s), _soft(board, state, i, r, s)
            out = state.room[i] if state.start[i] >= 0 else -1
            whole = soft + waits + _stray_change(board, state, board.forum[i], out, r) + strain * hard
            if whole < least:
                room, start, hard_there, least = r, s, hard, whole
    return room, start, hard_there


@_outer
def hard_of(board, state, i):
    """Hard minutes talk i is part of where it is now; 0 when it is nowhere."""
    if state.start[i] < 0:
        return np.int64(0)
    return _hard(board, state, i, state.room[i], state.start[i])


@_outer
def measure(board, state):
    """Write the hard minutes and the soft total of the present state into `score`, from scratch."""
    hard, soft = np.int64(0), 0.0
    for i in range(board.length.shape[0]):
        if state.start[i] < 0:
            continue
        here_hard = _hard(board, state, i, state.room[i], state.start[i])
        here_soft = _soft(board, state, i, state.room[i], state.start[i])
        clash = np.int64(0)
        for t in range(state.start[i], state.start[i] + board.length[i]):
            clash += state.pull[i, t]
        hard += here_hard
        soft += here_soft - 0.5 * clash * board.unit
    for f in range(state.uses.shape[0]):
        held = 0
        for r in range(state.uses.shape[1]):
            held += state.uses[f, r]
        soft += board.track * (held - _most(state.uses[f]))
    for p in range(board.agenda_at.shape[0] - 1):
        soft += board.idle * _waits(board, state, p, state.start)
    state.score[0] = hard // 2
    state.score[1] = soft


@_outer
def keep_best(state):
    """Remember the present state if it beats the best: fewer hard minutes, then a lower soft total."""
    hard, soft = state.score[0], state.score[1]
    if hard < state.score[2] or (hard == state.score[2] and soft < state.score[3] - 1e-9):
        state.score[2] = hard
        state.score[3] = soft
        for i in range(state.room.shape[0]):
            state.best_room[i] = state.room[i]
            state.best_start[i] = state.start[i]


@_inner
def _propose(board, state, i, dice):
    """A place for talk i, drawn at random: anywhere, another time or room, or snug beside another talk."""
    kind = _below(dice, 16)
    r, s = state.room[i], state.start[i]
    many_rooms = board.rooms_at[i + 1] - board.rooms_at[i]
    many_starts = board.starts_at[i + 1] - board.starts_at[i]
    if kind < 2:
        r = board.rooms[board.rooms_at[i] + _below(dice, many_rooms)]
    elif kind < 3:
        s = board.starts[board.starts_at[i] + _below(dice, many_starts)]
    elif kind < 4:
        r = board.rooms[board.rooms_at[i] + _below(dice, many_rooms)]
        s = board.starts[board.starts_at[i] + _below(dice, many_starts)]
    elif kind < 6:
        side = 1 - 2 * _below(dice, 2)
        s = s + side * (1 + _below(dice, 3))
    elif kind == 6 and board.home_start[i] >= 0:
        r, s = board.home_room[i], board.home_start[i]
    else:
        j = _below(dice, board.length.shape[0])
        if j == i or state.start[j] < 0:
            return r, np.int64(-1)
        more = board.setup
        if kind < 14 and board.layout[i] >= 0 and board.layout[j] >= 0 and board.layout[i] != board.layout[j]:
            more += board.change[state.room[j]]
        if kind < 11:
            r, s = state.room[j], state.start[j] + board.length[j] + more + board.ahead[i]
        elif kind < 14:
            r, s = state.room[j], state.start[j] - board.length[i] - more - board.ahead[j]
        else:
            r, s = board.rooms[board.rooms_at[i] + _below(dice, many_rooms)], state.start[j]
    return r, s


@_inner
def _limit(heat, dice):
    """By how much the cost may grow this time."""
    return -heat * np.log((np.float64(_roll(dice)) + 1.0) / 9007199254740993.0)


@_inner
def _propose_move(board, state, i):
    """Try another place for one talk; gives how many talks would move."""
    r, s = _propose(board, state, i, state.dice)
    if (r == state.room[i] and s == state.start[i]) or not _allowed(board, i, r, s):
        return 0
    state.group[0] = i
    state.trial_room[i], state.trial_start[i] = r, s
    return 1


@_inner
def _propose_swap(board, state, i, j):
    """Exchange two talks; of unequal length, each takes over the other's start or, as often, its end."""
    r, s, q, t = state.room[i], state.start[i], state.room[j], state.start[j]
    if s < 0 or t < 0 or i == j:
        return 0
    longer = board.length[i] - board.length[j]
    ways = _below(state.dice, 4) if longer != 0 else 0
    if r == q:
        ways = 1 if s < t else 2
    to_i = t - longer if ways & 1 else t
    to_j = s + longer if ways & 2 else s
    if not (_allowed(board, i, q, to_i) and _allowed(board, j, r, to_j)):
        return 0
    state.group[0], state.group[1] = i, j
    state.trial_room[i], state.trial_start[i] = q, to_i
    state.trial_room[j], state.trial_start[j] = r, to_j
    return 2


@_inner
def _clean_cut(board, state, r, s, wide):
    """How wide a window from s in room r must be, `wide` or more, to cut through no talk; -1 past the end."""
    while True:
        if s + wide >= state.holder.shape[1]:
            return np.int64(-1)
        i = state.holder[r, s + wide - 1]
        if i < 0 or state.room[i] != r or state.start[i] + board.length[i] <= s + wide:
            return wide
        wide = state.start[i] + board.length[i] - s


@_inner
def _carry(board, state, r, s, wide, q, t, many):
    """Add what runs in room r within a window to the group, at the same distance from t in room q."""
    at = s
    while at < s + wide:
        i = state.holder[r, at]
        if i < 0 or state.room[i] != r or state.start[i] < at:
            at += 1
            continue
        if many == state.group.shape[0] or not _allowed(board, i, q, t + at - s):
            return -1 - many
        state.group[many] = i
        state.trial_room[i], state.trial_start[i] = q, t + at - s
        many += 1
        at += max(1, board.length[i])
    return many


@_inner
def _propose_windows(board, state, i, j):
    """Exchange all that runs in two rooms from the start of one talk each, for as long as it takes."""
    r, s, q, t = state.room[i], state.start[i], state.room[j], state.start[j]
    if s < 0 or t < 0 or i == j:
        return 0
    if _below(state.dice, 4) == 0:
        t = s
    if r == q and s == t:
        return 0
    wide = max(board.length[i], board.length[j]) if t == state.start[j] else board.length[i]
    if _below(state.dice, 4) == 0:
        wide = max(wide, min(board.open_for[r, s], board.open_for[q, t]))
    for _ in range(3):
        wide = _clean_cut(board, state, r, s, wide)
        if wide > 0:
            wide = _clean_cut(board, state, q, t, wide)
        if wide < 0:
            return 0
    if max(s, t) + wide >= state.holder.shape[1]:  # the last cut in one room may leave the other's day
        return 0
    if r == q and _overlap(s, wide, t, wide) > 0:
        return 0
    many = _carry(board, state, r, s, wide, q, t, 0)
    if many > 0:
        many = _carry(board, state, q, t, wide, r, s, many)
    if many < 0:
        _forget(state, -1 - many)
        return 0
    return many


@_inner
def _forget(state, many):
    """Try the first `many` talks of the group no longer."""
    for a in range(many):
        i = state.group[a]
        state.trial_room[i], state.trial_start[i] = state.room[i], state.start[i]


@_inner
def _collides(board, state, many):
    """Whether a group would break a hard rule beside a timetable that breaks none."""
    for a in range(many):
        i = state.group[a]
        r, s = state.trial_room[i], state.trial_start[i]
        hard = _in_room(board, state, i, r, s)
        begin, wide = s - board.ahead[i], board.ahead[i] + board.length[i] + board.setup
        for b in range(many):
            j = state.group[b]
            more = board.ahead[j] + board.length[j] + board.setup
            if b != a and state.room[j] == r:
                hard -= _overlap(begin, wide, state.start[j] - board.ahead[j], more)
            if b > a and state.trial_room[j] == r:
                hard += _overlap(begin, wide, state.trial_start[j] - board.ahead[j], more)
        if hard > 0:
            return True
    for a in range(many):
        i = state.group[a]
        r, s = state.trial_room[i], state.trial_start[i]
        for t in range(s, s + board.length[i]):
            if state.lonely[t] > 0:
                return True
        for k in range(board.mates_at[i], board.mates_at[i + 1]):
            j = board.mates[k]
            q, t = state.trial_room[j], state.trial_start[j]
            if t >= 0 and _short(board, i, r, s, j, q, t) > 0:
                return True
        for k in range(board.firsts_at[i], board.firsts_at[i + 1]):
            j = board.firsts[k]
            if state.trial_start[j] >= 0 and _late(board, j, state.trial_start[j], i, s) > 0:
                return True
        for k in range(board.nexts_at[i], board.nexts_at[i + 1]):
            j = board.nexts[k]
            if state.trial_start[j] >= 0 and _late(board, i, s, j, state.trial_start[j]) > 0:
                return True
    return False


@_inner
def _plain(board, state, many):
    """Whether what a group breaks can be told by `_collides`: no refurnishing, nothing that stands alone."""
    for a in range(many):
        i = state.group[a]
        if board.alone[i] or (board.layout[i] >= 0 and board.change[state.trial_room[i]] > 0):
            return False
    return True


@_inner
def _hard_change(board, state, many):
    """By how many minutes hard conflicts grow when the group goes where it is tried."""
    hard = np.int64(0)
    for a in range(many):
        i = state.group[a]
        r, s, to_r, to_s = state.room[i], state.start[i], state.trial_room[i], state.trial_start[i]
        hard += _hard(board, state, i, to_r, to_s)
        if state.score[0] > 0:
            hard -= _hard(board, state, i, r, s)
        for b in range(a):
            j = state.group[b]
            q, t, to_q, to_t = state.room[j], state.start[j], state.trial_room[j], state.trial_start[j]
            hard += _pair(board, i, r, s, j, q, t) + _pair(board, i, to_r, to_s, j, to_q, to_t)
            hard -= _pair(board, i, to_r, to_s, j, q, t) + _pair(board, i, r, s, j, to_q, to_t)
    return hard


@_inner
def _soft_change(board, state, many):
    """By how much clashes, missing seats and changes grow when the group goes where it is tried."""
    soft = 0.0
    for a in range(many):
        i = state.group[a]
        soft -= _soft(board, state, i, state.room[i], state.start[i])
    for a in range(many):
        i = state.group[a]
        s, to_s, one = state.start[i], state.trial_start[i], board.length[i]
        soft += _soft(board, state, i, state.trial_room[i], to_s)
        for b in range(a):
            j = state.group[b]
            t, to_t, two = state.start[j], state.trial_start[j], board.length[j]
            beside = _overlap(s, one, t, two) + _overlap(to_s, one, to_t, two)
            beside -= _overlap(to_s, one, t, two) + _overlap(s, one, to_t, two)
            soft += beside * board.rate[i, j] * board.unit
    return soft


@_inner
def _strays_grow(board, state, many):
    """By how much the strays of all forums grow when the group goes where it is tried."""
    grown = 0.0
    for a in range(many):
        i = state.group[a]
        f, r, q = board.forum[i], state.room[i], state.trial_room[i]
        if f >= 0 and r != q:
            grown += _stray_change(board, state, f, r, q)
            state.uses[f, r] -= 1
            state.uses[f, q] += 1
    for a in range(many):
        i = state.group[a]
        if board.forum[i] >= 0:
            state.uses[board.forum[i], state.trial_room[i]] -= 1
            state.uses[board.forum[i], state.room[i]] += 1
    return grown


@_outer
def _try(board, state, many, heat, strain):
    """Let the group go where it is tried if chance and heat allow what that costs."""
    limit = _limit(heat, state.dice)
    hard = np.int64(0)
    if (
        state.score[0] == 0
        and strain * board.tick > limit + many * board.track
        and _plain(board, state, many)
    ):
        if _collides(board, state, many):
            return False
    else:
        hard = _hard_change(board, state, many)
    soft = _soft_change(board, state, many)
    if strain * hard + soft > limit + many * board.track:
        return False
    soft += _strays_grow(board, state, many)
    if strain * hard + soft > limit + many * board.track:
        return False
    soft += _idle_change(board, state, many)
    if strain * hard + soft > limit:
        return False
    for a in range(many):
        i = state.group[a]
        _stamp(board, state, i, -1)
    for a in range(many):
        i = state.group[a]
        state.room[i], state.start[i] = state.trial_room[i], state.trial_start[i]
        _stamp(board, state, i, 1)
    for a in range(many):
        _count_waiting(board, state, state.group[a])
    state.score[0] += hard
    state.score[1] += soft
    return True


@_inner
def _guilty(board, state):
    """A movable talk that is part of a hard conflict, the first from a random one on; that one if none is."""
    size = board.movable.shape[0]
    first = _below(state.dice, size)
    for k in range(size):
        i = board.movable[(first + k) % size]
        if state.start[i] >= 0 and _hard(board, state, i, state.room[i], state.start[i]) > 0:
            return i
    return board.movable[first]


@_outer
def anneal(board, state, begin, end, rounds, hot, cold, strain_hot, strain_cold):
    """Rounds `begin` to `end` of `rounds`: heat falls from `hot` to `cold`, a hard minute's cost likewise."""
    all_of_them = board.movable.shape[0]
    heat, strain = hot, strain_hot
    for step in range(begin, end):
        if step % 256 == 0 or step == begin:
            gone = (step - step % 256) / rounds
            heat = hot * (cold / hot) ** gone
            strain = strain_hot * (strain_cold / strain_hot) ** gone
        troubled = state.score[0] > 0 and step % 4 == 0
        i = _guilty(board, state) if troubled else board.movable[_below(state.dice, all_of_them)]
        kind = _below(state.dice, KINDS)
        if kind < MOVES:
            many = _propose_move(board, state, i)
        else:
            j = board.movable[_below(state.dice, all_of_them)]
            many = _propose_swap(board, state, i, j) if kind < SWAPS else _propose_windows(board, state, i, j)
        if many > 0:
            if _try(board, state, many, heat, strain):
                keep_best(state)
            else:
                _forget(state, many)
