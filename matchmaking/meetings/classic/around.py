"""Which meetings to set free around somebody who has a break, while all others keep their slots."""

from __future__ import annotations

import random

from .checker import breaks_by_participant
from .problem import Problem

PEOPLE, DAY = 0.5, 0.8
"""Shares of the choices: people who know each other, up to the first; a part of the day, up to the second."""
AT_ONCE = 3
"""So many partners of each participant are taken along: all of them would soon be everybody."""


class Around:
    """Choices of meetings to free together. The same seed and questions give the same choices."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._random = random.Random(seed)
        self._partners: dict[int, list[int]] = {}
        for meeting in problem.meetings:
            self._partners.setdefault(meeting.a, []).append(meeting.b)
            self._partners.setdefault(meeting.b, []).append(meeting.a)

    def free(self, slots: list[int], size: int) -> set[int]:
        """About `size` meetings (from 1), all of somebody with a break among them; every one if so many."""
        meetings = range(1, len(slots) + 1)
        if size >= len(slots):
            return set(meetings)
        breaks = breaks_by_participant(self._problem, slots)
        who = self._random.choice([who for who, n in enumerate(breaks, 1) if n])
        draw = self._random.random()
        if draw < PEOPLE:
            return self._acquainted(who, size)
        own = set(self._problem.meetings_of[who])
        if draw < DAY:
            return own | self._part_of_day(slots, slots[self._random.choice(sorted(own)) - 1], size)
        return own | set(self._random.sample(meetings, size))

    def _acquainted(self, who: int, size: int) -> set[int]:
        """The meetings of somebody, of some whom they meet, of some whom those meet, and so on."""
        seen, front, found = {who}, [who], set[int]()
        while front and len(found) < size:
            one = front.pop(self._random.randrange(len(front)))
            found.update(self._problem.meetings_of[one])
            others = sorted({other for other in self._partners[one] if other not in seen})
            chosen = self._random.sample(others, min(AT_ONCE, len(others)))
            seen.update(chosen)
            front += chosen
        return found

    def _part_of_day(self, slots: list[int], slot: int, size: int) -> set[int]:
        """The meetings of neighbouring slots, from one slot outwards."""
        first = last = slot
        while True:
            found = {number for number, at in enumerate(slots, 1) if first <= at <= last}
            if len(found) >= size:
                return found
            if last == self._problem.slots or (first > 1 and self._random.random() < 0.5):
                first -= 1
            else:
                last += 1
