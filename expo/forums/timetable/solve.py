"""Builds a timetable: place the hardest talks first, anneal, then take off what still collides."""

from collections.abc import Callable

import numpy as np

from expo.forums.timetable.board import Board, board_of
from expo.forums.timetable.kernel import (
    State,
    anneal,
    best_place,
    fresh_state,
    hard_of,
    keep_best,
    lift,
    measure,
    put,
)
from expo.forums.timetable.problem import DEFAULT_ROUNDS, Day, Place, Problem, Room, Talk, Timetable
from expo.forums.timetable.soft import soft_costs
from expo.forums.timetable.spans import stretches

SOLVER_VERSION = "3"
"""Grows whenever the same problem, seed and rounds may give another answer."""
SLICE = 50_000
"""Rounds between two looks at the cancel button."""

HOT, HOT_AGAIN, COLD = 0.3, 0.1, 0.01
"""First heat, the same when a published timetable is replanned, and last heat, in costs of a usual talk."""
STRAIN_HOT, STRAIN_COLD = 0.5, 10.0
"""First and last cost of one minute of hard conflict, likewise."""

Progress = Callable[[int, int, float, int, str], None]


def build_timetable(
    problem: Problem,
    *,
    seed: int = 0,
    rounds: int = DEFAULT_ROUNDS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Timetable:
    """The best timetable found in `rounds` proposed moves; same problem, seed and rounds, same answer.

    `progress(done, total, objective, hard, message)` is told after every slice of rounds: the best soft
    total so far and how many minutes of hard conflict it still has. When `cancelled()` turns true the
    best so far is returned. Talks that can be nowhere without breaking a hard rule come back unplaced.
    """
    rounds = max(0, rounds)
    if not problem.talks or not problem.rooms or not stretches(problem):
        return _answer(problem, {}, (), seed, rounds)
    board = board_of(problem)
    state = fresh_state(board, seed)
    _first_places(problem, board, state)
    measure(board, state)
    keep_best(state)
    curve = [(0, float(state.score[3]))]
    hot, cold, strain_hot, strain_cold = _heats(problem, board, state)
    done = 0 if len(board.movable) else rounds
    if done:
        curve.append((done, float(state.score[3])))
    while done < rounds and not (cancelled and cancelled()):
        end = min(rounds, done + SLICE)
        anneal(board, state, done, end, rounds, hot, cold, strain_hot, strain_cold)
        done = end
        curve.append((done, float(state.score[3])))
        if progress:
            hard = int(state.score[2]) * board.tick
            progress(done, rounds, curve[-1][1], hard, "Moving and swapping talks")
    _back_to_best(board, state)
    _clear(problem, board, state)
    return _answer(problem, _places(problem, board, state), tuple(curve), seed, rounds)


def warm_up() -> None:
    """Compile the search, so that no user waits for it."""
    talks = (Talk("A", "f", 30, ("p",)), Talk("B", "f", 30, ("p",)))
    build_timetable(Problem((Day(0, 0, 120),), (Room("R", 10), Room("Q", 10)), (), talks), seed=1, rounds=100)


def _first_places(problem: Problem, board: Board, state: State) -> None:
    """Everybody to the previous place if there is one, the others where they hurt least, hardest first."""
    for i in np.flatnonzero(board.home_start >= 0):
        room, start = int(board.home_room[i]), int(board.home_start[i])
        allowed = board.may_use[i, room] and board.may_start[i, start]
        if allowed and board.open_for[room, start] >= board.length[i]:
            put(board, state, int(i), room, start)
    choices = np.diff(board.starts_at) * np.diff(board.rooms_at)
    strain = 10.0 * (1.0 + float(board.over.max(initial=0.0)))
    order = sorted(
        np.flatnonzero(state.start < 0),
        key=lambda i: (
            choices[i] > 1,
            not board.alone[i],
            -board.length[i],
            choices[i],
            -problem.talks[i].demand,
        ),
    )
    for i in order:
        room, start, _ = best_place(board, state, int(i), strain)
        if start >= 0:
            put(board, state, int(i), room, start)


def _heats(problem: Problem, board: Board, state: State) -> tuple[float, float, float, float]:
    """First and last heat, first and last cost of a hard minute, from the cost of an average talk."""
    usual = max(1.0, float(state.score[1])) / len(problem.talks)
    hot = usual * (HOT if problem.previous is None else HOT_AGAIN)
    return hot, usual * COLD, usual * STRAIN_HOT, usual * STRAIN_COLD


def _back_to_best(board: Board, state: State) -> None:
    for i in range(len(state.start)):
        if state.best_start[i] < 0:
            lift(board, state, i)
        elif (state.best_start[i], state.best_room[i]) != (state.start[i], state.room[i]):
            put(board, state, i, int(state.best_room[i]), int(state.best_start[i]))


def _clear(problem: Problem, board: Board, state: State) -> None:
    """Lift talks until nothing collides, pinned ones last, then put back those that still fit somewhere."""
    movable = set(board.movable.tolist())
    lifted: list[int] = []
    while True:
        hard = [int(hard_of(board, state, i)) for i in range(len(problem.talks))]
        guilty = [i for i, minutes in enumerate(hard) if minutes > 0]
        if not guilty:
            break
        worst = max(guilty, key=lambda i: (i in movable, hard[i], -problem.talks[i].demand, i))
        lift(board, state, worst)
        lifted.append(worst)
    for i in sorted(lifted, key=lambda i: (i in movable, -problem.talks[i].demand, i)):
        room, start, hard_there = best_place(board, state, i, 1e9)
        if start >= 0 and hard_there == 0:
            put(board, state, i, room, start)


def _places(problem: Problem, board: Board, state: State) -> dict[str, Place]:
    return {
        talk.code: (problem.rooms[state.room[i]].code, int(board.minute[state.start[i]]))
        for i, talk in enumerate(problem.talks)
        if state.start[i] >= 0
    }


def _answer(
    problem: Problem, places: dict[str, Place], curve: tuple[tuple[int, float], ...], seed: int, rounds: int
) -> Timetable:
    unplaced = tuple(talk.code for talk in problem.talks if talk.code not in places)
    parts = soft_costs(problem, places)
    return Timetable(places, unplaced, len(unplaced), sum(parts.values()), parts, curve, seed, rounds)
