"""Who interprets where: as many meetings as possible, then the dearest, then as it was, then evenly."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple


class Task(NamedTuple):
    """A meeting whose sides share no language; `score` is of 100, `now` is who sits there."""

    meeting: int
    slot: int
    score: float
    left: frozenset[str]
    right: frozenset[str]
    now: int | None = None


class Helper(NamedTuple):
    """An interpreter between any two of their languages, there in all slots but `unavailable`."""

    id: int
    languages: frozenset[str]
    unavailable: frozenset[int]


COVERED, WORTH, KEPT = 1e12, 1e7, 1e4
"""Weights that never trade places: one more meeting, its score (to 100), staying where one was, evenness."""


def needs_interpreter(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether two sides that both said what they speak share nothing of it."""
    one, two = set(left), set(right)
    return bool(one and two and not one & two)


def can(helper: Helper, task: Task) -> bool:
    """Whether an interpreter is there and speaks with both sides."""
    spoken = helper.languages
    return task.slot not in helper.unavailable and bool(spoken & task.left) and bool(spoken & task.right)


def assign(tasks: Sequence[Task], helpers: Sequence[Helper]) -> dict[int, int]:
    """Meeting → interpreter. In every slot no other choice covers more meetings, or dearer ones as many.

    Slots are independent of each other, so that each is a matching of its own, solved exactly; among equals
    whoever has less to do is preferred.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    load: Counter[int] = Counter()
    found: dict[int, int] = {}
    for _slot, several in groupby(sorted(tasks, key=lambda t: (t.slot, t.meeting)), key=lambda t: t.slot):
        here = list(several)
        gain = np.zeros((len(here), len(helpers)))
        for row, task in enumerate(here):
            for column, helper in enumerate(helpers):
                if can(helper, task):
                    gain[row, column] = (
                        COVERED
                        + WORTH * task.score
                        + (KEPT if task.now == helper.id else 0)
                        - min(load[helper.id], 40)
                    )
        if not helpers:
            continue
        for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
            if gain[row, column] > 0:
                found[here[row].meeting] = helpers[column].id
                load[helpers[column].id] += 1
    return found


def shortage(tasks: Sequence[Task], given: Mapping[int, int]) -> list[tuple[str, str, int]]:
    """(language, language, meetings) that nobody interprets, the most frequent first."""
    missing = Counter((min(task.left), min(task.right)) for task in tasks if task.meeting not in given)
    return [(one, two, count) for (one, two), count in sorted(missing.items(), key=lambda e: (-e[1], e[0]))]
