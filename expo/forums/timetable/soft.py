"""The soft costs of finished places, in whole arrays: what the solver reports of its own answer."""

from collections.abc import Mapping

import numpy as np

from expo.forums.timetable.board import shared_fans
from expo.forums.timetable.problem import Place, Problem
from expo.forums.timetable.spans import common, stretches


def soft_costs(problem: Problem, places: Mapping[str, Place]) -> dict[str, float]:
    """Weighted costs by part: clash, overflow, track, idle, changes."""
    weights = problem.weights
    held = [i for i, talk in enumerate(problem.talks) if talk.code in places]
    talks = [problem.talks[i] for i in held]
    starts = np.array([places[talk.code][1] for talk in talks], dtype=np.int64)
    minutes = np.array([talk.minutes for talk in talks], dtype=np.int64)
    rooms = [places[talk.code][0] for talk in talks]
    by_code = {room.code: room for room in problem.rooms}
    spare = [t.demand - (by_code[room].seats(t.layout) or 0) for t, room in zip(talks, rooms, strict=True)]
    before = problem.previous or {}
    moved = [
        t.code
        for t in problem.talks
        if t.code in before and tuple(places.get(t.code, ())) != tuple(before[t.code])
    ]
    return {
        "clash": weights.clash * _clash(shared_fans(problem)[np.ix_(held, held)], starts, minutes),
        "overflow": weights.overflow * float(sum(short for short in spare if short > 0)),
        "track": weights.track * _strays([talk.forum for talk in talks], rooms),
        "idle": weights.idle * _idle(problem, places),
        "changes": problem.change_price * len(moved),
    }


def _clash(shared: np.ndarray, starts: np.ndarray, minutes: np.ndarray) -> float:
    ends = starts + minutes
    beside = np.minimum.outer(ends, ends) - np.maximum.outer(starts, starts)
    share = np.clip(beside, 0, None) / np.maximum(1, np.minimum.outer(minutes, minutes))
    return float((shared * share).sum() / 2.0)


def _strays(forums: list[str], rooms: list[str]) -> int:
    strays = 0
    for forum in set(forums) - {""}:
        used = [room for name, room in zip(forums, rooms, strict=True) if name == forum]
        strays += len(used) - max(used.count(room) for room in set(used))
    return strays


def _idle(problem: Problem, places: Mapping[str, Place]) -> int:
    open_time = stretches(problem)
    agendas: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for talk in problem.talks:
        if talk.code not in places:
            continue
        start = places[talk.code][1]
        day = next((day.index for day in problem.days if day.start <= start < day.end), -1)
        for person in set(talk.people):
            agendas.setdefault((person, day), []).append((start, start + talk.minutes))
    total = 0
    for (_, day), agenda in agendas.items():
        if len(agenda) < 2 or day < 0:
            continue
        present = (min(start for start, _ in agenda), max(end for _, end in agenda))
        worked = sum(end - start for start, end in common([present], open_time))
        total += max(0, worked - sum(end - start for start, end in agenda))
    return total
