"""A problem laid out as arrays of ticks, the form the search works on."""

from typing import NamedTuple

import numpy as np

from expo.forums.timetable.problem import Problem, Talk
from expo.forums.timetable.spans import stretches
from expo.forums.timetable.ticks import covered, run_lengths, tick_of, ticks, timeline, worked

FEW = 1 << 30
"""Clash rates are whole numbers so that sums stay exact; none may pass this."""


class Board(NamedTuple):
    """The unchanging side of a search: n talks, R rooms, T ticks (the days one after another, padded)."""

    length: np.ndarray
    """(n) ticks a talk lasts"""
    setup: int
    """ticks between two talks in a room"""
    ahead: np.ndarray
    """(n) more ticks nothing else may be in the room before a talk"""
    layout: np.ndarray
    """(n) index of the layout a talk needs, -1 for any"""
    change: np.ndarray
    """(R) more ticks between two talks of different layouts"""
    tick: int
    """minutes in a tick"""
    minute: np.ndarray
    """(T + 1) the minute a tick begins"""
    day: np.ndarray
    """(T + 1) which day a tick belongs to"""
    worked: np.ndarray
    """(T + 1) programme minutes, breaks left out, before a tick"""
    rate: np.ndarray
    """(n, n) clash cost of one tick side by side, in `unit`s"""
    unit: float
    over: np.ndarray
    """(n, R) cost of the listeners without a seat"""
    may_start: np.ndarray
    """(n, T) 1 where the day and everybody needed allow the talk to start"""
    may_use: np.ndarray
    """(n, R) 1 where the room is allowed and equipped"""
    open_for: np.ndarray
    """(R, T) ticks the room stays available from here on"""
    starts: np.ndarray
    starts_at: np.ndarray
    """starts[starts_at[i]:starts_at[i + 1]] are the ticks talk i may start at"""
    rooms: np.ndarray
    rooms_at: np.ndarray
    """likewise the rooms it may use"""
    mates: np.ndarray
    mates_at: np.ndarray
    """likewise the talks it shares a person with, once per person shared"""
    firsts: np.ndarray
    firsts_at: np.ndarray
    """likewise the talks that must have ended before it"""
    nexts: np.ndarray
    nexts_at: np.ndarray
    """likewise the talks that must wait for it"""
    busy: np.ndarray
    busy_at: np.ndarray
    """likewise those of its people who have other talks too"""
    agenda: np.ndarray
    agenda_at: np.ndarray
    """agenda[agenda_at[p]:agenda_at[p + 1]] are the talks of person p"""
    travel: np.ndarray
    """(R, R) minutes from room to room"""
    alone: np.ndarray
    forum: np.ndarray
    """(n) index of the forum, -1 for none"""
    home_room: np.ndarray
    home_start: np.ndarray
    """(n) the place in the previous timetable, -1 where there is none that is still on the board"""
    price: float
    track: float
    idle: float
    movable: np.ndarray
    """talks with more than one place to be"""


def board_of(problem: Problem) -> Board:
    """Lay a problem out as arrays; needs at least one talk, one room and one stretch of programme time."""
    talks, rooms, n = problem.talks, problem.rooms, len(problem.talks)
    days = sorted((day for day in problem.days if day.end > day.start), key=lambda day: day.start)
    tick = tick_of(problem)
    setup = ticks(problem.setup_min, tick)
    ahead = np.array([ticks(talk.setup_min, tick) for talk in talks], dtype=np.int64)
    change = np.array([ticks(room.change_min, tick) for room in rooms], dtype=np.int64)
    padding = setup + int(ahead.max()) + int(change.max()) + 1
    minute, day_of = timeline(days, tick, int(ahead.max()), padding)
    minutes = np.array([*minute, days[-1].end], dtype=np.int64)
    begins, number_at = minutes[:-1], np.array(day_of)
    ends = np.array([day.end for day in days])[number_at]
    begun = np.array([day.start for day in days])[number_at]
    inside = (begins >= begun) & (begins + tick <= ends)
    programme = covered(stretches(problem), begins, tick) & inside
    length = np.array([max(0, talk.minutes) // tick for talk in talks], dtype=np.int64)
    open_for = np.array(
        [
            run_lengths(
                covered(room.available, begins, tick) & programme if room.available else programme, number_at
            )
            for room in rooms
        ]
    )
    on_grid = (begins - begun) % max(1, problem.step_min) == 0
    free = {who.code: covered(who.available, begins, tick) for who in problem.speakers if who.available}
    at_minute = {int(m): t for t, m in reversed(list(enumerate(begins))) if programme[t]}
    day_index = np.array([days[number].index for number in day_of])
    may_start = np.zeros((n, len(begins)), dtype=np.uint8)
    may_use = np.zeros((n, len(rooms)), dtype=np.uint8)
    before = problem.previous or {}
    for i, talk in enumerate(talks):
        start, room = wish_of(problem, talk)
        clear = programme.copy()
        for person in talk.people:
            clear &= free.get(person, True)
        if talk.code in talk.after:
            clear[:] = False
        if talk.days:
            clear &= np.isin(day_index, talk.days)
        good = (run_lengths(clear, number_at) >= length[i]) & (length[i] > 0)
        if start is None:
            extra = at_minute.get(before[talk.code][1]) if talk.code in before else None
            offered = on_grid.copy()
            if extra is not None:
                offered[extra] = True
            good &= offered
        else:
            good &= begins == start
        usable = np.array([fits(talk, one) and room in (None, one.code) for one in rooms], dtype=bool)
        reach = (open_for >= length[i]) & good[None, :] & usable[:, None]
        may_use[i] = reach.any(axis=1)
        may_start[i] = reach.any(axis=0)
    rate, unit = _rates(problem, length)
    over = np.array(
        [[max(0, talk.demand - (room.seats(talk.layout) or 0)) for room in rooms] for talk in talks],
        dtype=np.float64,
    )
    layouts = sorted({talk.layout for talk in talks} - {""})
    index = {talk.code: i for i, talk in enumerate(talks)}
    people = _people(talks)
    busy_people = [who for who, theirs in people.items() if len(theirs) > 1]
    number_of = {who: number for number, who in enumerate(busy_people)}
    forums = {name: number for number, name in enumerate(sorted({talk.forum for talk in talks} - {""}))}
    firsts = [[index[code] for code in dict.fromkeys(talk.after) if code in index] for talk in talks]
    home = [_home(problem, talk, at_minute) for talk in talks]
    places = [int((open_for[may_use[i] > 0][:, may_start[i] > 0] >= length[i]).sum()) for i in range(n)]
    return Board(
        length,
        setup,
        ahead,
        np.array([layouts.index(t.layout) if t.layout else -1 for t in talks], dtype=np.int64),
        change,
        tick,
        minutes,
        np.array([*day_of, len(days)], dtype=np.int64),
        worked(problem, begins, tick),
        rate,
        unit,
        over * problem.weights.overflow,
        may_start,
        may_use,
        open_for.astype(np.int64),
        *_rows([np.flatnonzero(row) for row in may_start]),
        *_rows([np.flatnonzero(row) for row in may_use]),
        *_rows(
            [
                [j for who in dict.fromkeys(t.people) for j in people[who] if j != i]
                for i, t in enumerate(talks)
            ]
        ),
        *_rows(firsts),
        *_rows([[j for j in range(n) if i in firsts[j]] for i in range(n)] if any(firsts) else [[]] * n),
        *_rows([[number_of[who] for who in dict.fromkeys(t.people) if who in number_of] for t in talks]),
        *_rows([people[who] for who in busy_people]),
        np.array([[problem.travel(a.building, b.building) for b in rooms] for a in rooms], dtype=np.int64),
        np.array([talk.alone for talk in talks], dtype=np.uint8),
        np.array([forums.get(talk.forum, -1) for talk in talks], dtype=np.int64),
        np.array([room for room, _ in home], dtype=np.int64),
        np.array([start for _, start in home], dtype=np.int64),
        float(problem.change_price),
        float(problem.weights.track),
        float(problem.weights.idle),
        np.array([i for i in range(n) if places[i] > 1], dtype=np.int64),
    )


def wish_of(problem: Problem, talk: Talk) -> tuple[int | None, str | None]:
    """The start and room a talk is pinned to, None where it is free; a lock stands above what is fixed."""
    lock = problem.locks.get(talk.code)
    return (lock[1], lock[0]) if lock is not None else (talk.fixed_start, talk.fixed_room)


def fits(talk: Talk, room) -> bool:
    """Whether a room is one of those allowed and has the equipment, booths, layout and seats it must have."""
    allowed = not talk.rooms or room.code in talk.rooms
    seats = room.seats(talk.layout)
    furnished = seats is not None and seats >= talk.seats
    return allowed and furnished and talk.equipment <= room.equipment and talk.booths <= room.booths


def _rates(problem: Problem, length: np.ndarray) -> tuple[np.ndarray, float]:
    """Clash cost of each pair per tick as whole numbers, and what one of them is worth."""
    shared = shared_fans(problem) * problem.weights.clash
    rate = shared / np.maximum(1, np.minimum(length[:, None], length[None, :]))
    largest = max(1e-9, float(np.abs(rate).sum(axis=1).max(initial=0.0)))
    scale = min(4096.0, FEW / largest)
    return np.rint(rate * scale).astype(np.int32), 1.0 / scale


def shared_fans(problem: Problem) -> np.ndarray:
    """(n, n) how many people starred both talks; stars for talks that do not exist are passed over."""
    from scipy.sparse import csr_matrix

    fans, n = problem.stars(), len(problem.talks)
    people = np.repeat(np.arange(len(fans)), np.diff(fans.offsets))
    known = (fans.talks >= 0) & (fans.talks < n)
    cells = (people[known], fans.talks[known])
    stars = csr_matrix((np.ones(known.sum()), cells), shape=(len(fans), n))
    stars.data[:] = 1.0
    both = (stars.T @ stars).toarray() if len(fans) else np.zeros((n, n))
    np.fill_diagonal(both, 0.0)
    return both


def _people(talks: tuple[Talk, ...]) -> dict[str, list[int]]:
    people: dict[str, list[int]] = {}
    for i, talk in enumerate(talks):
        for who in dict.fromkeys(talk.people):
            people.setdefault(who, []).append(i)
    return people


def _home(problem: Problem, talk: Talk, at_minute: dict[int, int]) -> tuple[int, int]:
    """Where the previous timetable had a talk; a room or start that is gone counts as nowhere."""
    place = (problem.previous or {}).get(talk.code)
    rooms = [room.code for room in problem.rooms]
    if place is None or place[0] not in rooms or place[1] not in at_minute:
        return -1, -1
    return rooms.index(place[0]), at_minute[place[1]]


def _rows(rows) -> tuple[np.ndarray, np.ndarray]:
    """Lists of different lengths as one array and where each begins."""
    sizes = np.array([0, *(len(row) for row in rows)])
    flat = [int(value) for row in rows for value in row]
    return np.array(flat, dtype=np.int64), np.cumsum(sizes).astype(np.int64)
