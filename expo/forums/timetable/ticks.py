"""Programme time cut into ticks."""

from math import gcd

import numpy as np

from expo.forums.timetable.problem import Day, Place, Problem
from expo.forums.timetable.spans import merged, stretches


def tick_of(problem: Problem) -> int:
    """The longest step on which every length and every start that may occur lies."""
    sizes = [max(1, problem.step_min), *(talk.minutes for talk in problem.talks if talk.minutes > 0)]
    starts: list[int] = [talk.fixed_start for talk in problem.talks if talk.fixed_start is not None]
    pinned: list[Place] = [*problem.locks.values(), *(problem.previous or {}).values()]
    if starts or pinned:  # what is settled may be as close as it may be, to the minute
        sizes += [max(0, problem.setup_min), *(max(0, talk.setup_min) for talk in problem.talks)]
        sizes += [max(0, room.change_min) for room in problem.rooms]
    for start in starts + [place[1] for place in pinned]:
        sizes += [start - day.start for day in problem.days if day.start <= start < day.end]
    return gcd(*sizes)


def ticks(minutes: int, tick: int) -> int:
    """Minutes in ticks, rounded up."""
    return -(-max(0, minutes) // tick)


def timeline(days: list[Day], tick: int, lead: int, padding: int) -> tuple[list[int], list[int]]:
    """The minute and the day of every tick: real time, but no more than `padding` of what lies between."""
    minute = [days[0].start - k * tick for k in range(lead, 0, -1)]
    day_of = [0] * lead
    for number, day in enumerate(days):
        count = (day.end - day.start) // tick
        after = days[number + 1].start - day.start if number + 1 < len(days) else None
        more = padding if after is None else min(padding, after // tick - count)
        minute += [day.start + k * tick for k in range(count + more)]
        day_of += [number] * (count + more)
    return minute, day_of


def covered(spans, begins: np.ndarray, tick: int) -> np.ndarray:
    """Which ticks lie wholly inside one of the spans."""
    out = np.zeros(len(begins), dtype=bool)
    for start, end in merged(spans):
        out |= (begins >= start) & (begins + tick <= end)
    return out


def run_lengths(free: np.ndarray, day: np.ndarray) -> np.ndarray:
    """For every tick, how many free ticks of its day follow without a gap, itself included."""
    ends = np.where(free, len(free), np.arange(len(free)))
    ends = np.minimum.accumulate(ends[::-1])[::-1]
    return np.minimum(ends, np.searchsorted(day, day, side="right")) - np.arange(len(free))


def worked(problem: Problem, begins: np.ndarray, tick: int) -> np.ndarray:
    """Programme minutes, breaks left out, before every tick."""
    inside = np.zeros(len(begins), dtype=np.int64)
    for start, end in stretches(problem):
        inside += np.clip(np.minimum(begins + tick, end) - np.maximum(begins, start), 0, None)
    return np.concatenate([[0], np.cumsum(inside)]).astype(np.int64)
