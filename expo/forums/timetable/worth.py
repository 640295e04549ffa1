"""What one talk adds to the soft total at any place, the others staying where they are."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from expo.forums.timetable.problem import Place, Problem, Talk
from expo.forums.timetable.spans import stretches


class Worth:
    """The price list of one talk; `others` are the places of all others, in rooms that exist."""

    def __init__(self, problem: Problem, others: Mapping[str, Place], talk: Talk) -> None:
        self.problem, self.talk = problem, talk
        self.rooms = {room.code: room for room in problem.rooms}
        held = [(i, one) for i, one in enumerate(problem.talks) if one.code in others]
        shared = _shared_with(problem, talk)[[i for i, _ in held]] if held else np.zeros(0)
        wanted = np.flatnonzero(shared)
        self.shared = shared[wanted]
        self.begins = np.array([others[held[k][1].code][1] for k in wanted], dtype=np.int64)
        self.minutes = np.array([held[k][1].minutes for k in wanted], dtype=np.int64)
        self.uses = Counter(others[one.code][0] for _, one in held if talk.forum and one.forum == talk.forum)
        people = set(talk.people)
        self.agendas = [
            [(others[one.code][1], others[one.code][1] + one.minutes) for _, one in held if who in one.people]
            for who in people
        ]
        self.open_time = np.array(stretches(problem), dtype=np.int64).reshape(-1, 2)

    def at(self, place: Place) -> float:
        """What the talk costs at one place."""
        return self.priced([place])[0][1]

    def priced(self, places: Sequence[Place]) -> list[tuple[Place, float]]:
        """Each place with what the talk costs there: clashes, seats, its forum's room, waiting, changes."""
        weights = self.problem.weights
        starts = sorted({start for _, start in places})
        at_time = dict(zip(starts, self._at(np.array(starts, dtype=np.int64)), strict=True))
        in_room = {
            code: weights.overflow
            * max(0, self.talk.demand - (self.rooms[code].seats(self.talk.layout) or 0))
            + weights.track * self._strays(code)
            for code in {code for code, _ in places}
        }
        home = (self.problem.previous or {}).get(self.talk.code)
        return [
            (
                (code, start),
                in_room[code]
                + float(at_time[start])
                + (self.problem.change_price if home is not None and tuple(home) != (code, start) else 0.0),
            )
            for code, start in places
        ]

    def _strays(self, room: str) -> int:
        if not self.talk.forum:
            return 0
        before = sum(self.uses.values()) - max(self.uses.values(), default=0)
        after = self.uses + Counter([room])
        return sum(after.values()) - max(after.values()) - before

    def _at(self, starts: np.ndarray) -> np.ndarray:
        """Clashes and waiting for every start."""
        ends = starts + self.talk.minutes
        beside = np.minimum.outer(ends, self.begins + self.minutes) - np.maximum.outer(starts, self.begins)
        shorter = np.maximum(1, np.minimum(self.minutes, self.talk.minutes))
        clash = np.clip(beside, 0, None) @ (self.shared / shorter) if len(self.shared) else 0.0
        waits = np.zeros(len(starts))
        for agenda in self.agendas:
            for day in self.problem.days:
                today = [span for span in agenda if day.start <= span[0] < day.end]
                here = (starts >= day.start) & (starts < day.end)
                if today and here.any():
                    waits[here] += self._grown(today, starts[here], ends[here])
        return self.problem.weights.clash * clash + self.problem.weights.idle * waits

    def _grown(self, agenda: list[tuple[int, int]], starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """By how many minutes a person's waiting of a day grows with the talk."""
        first, last = min(a for a, _ in agenda), max(b for _, b in agenda)
        busy = sum(b - a for a, b in agenda)
        alone = 0
        if len(agenda) > 1:
            alone = max(0, int(self._worked(np.array([first]), np.array([last]))[0]) - busy)
        present = self._worked(np.minimum(starts, first), np.maximum(ends, last))
        return np.clip(present - busy - self.talk.minutes, 0, None) - alone

    def _worked(self, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Programme minutes from begin to end, breaks left out."""
        spans = self.open_time
        both = np.minimum.outer(end, spans[:, 1]) - np.maximum.outer(begin, spans[:, 0])
        return np.clip(both, 0, None).sum(axis=1)


def _shared_with(problem: Problem, talk: Talk) -> np.ndarray:
    """How many people starred each talk together with this one; 0 for the talk itself."""
    fans, n = problem.stars(), len(problem.talks)
    mine = next(i for i, one in enumerate(problem.talks) if one is talk or one.code == talk.code)
    people = np.repeat(np.arange(len(fans)), np.diff(fans.offsets))
    ours = np.zeros(len(fans) + 1, dtype=bool)
    ours[people[fans.talks == mine]] = True
    known = ours[people] & (fans.talks >= 0) & (fans.talks < n)
    pairs = np.unique(people[known] * n + fans.talks[known])
    counts = np.bincount(pairs % n, minlength=n).astype(np.float64)
    counts[mine] = 0.0
    return counts
