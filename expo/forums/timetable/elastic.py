"""What has to give way so that everything can be held: the least, as proposals somebody can act on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from expo.forums.timetable.around import around
from expo.forums.timetable.exact import Found, Model
from expo.forums.timetable.problem import Place, Problem, Timetable

WHOLE = 140
"""Programmes up to this many talks are weighed as a whole, others around the talks without a place."""
BUDGET = 1.0
"""Deterministic seconds of CP-SAT, a few of the processor's."""
PATIENCE_S = 20.0
"""By the clock: whoever waits for an answer wants it before a perfect explanation."""


@dataclass(frozen=True)
class Proposal:
    """One thing to be done: what (a key of `exact.PRICES`), for which talk, with which room or person.

    The talk would then be held in `room` from minute `start` to `end`.
    """

    code: str
    talk: str
    who: str = ""
    room: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Remedy:
    """The least that has to give way, proposal by proposal; `proven` where no less would do.

    `places` is where everything could be then.
    """

    proposals: tuple[Proposal, ...]
    places: Mapping[str, Place]
    proven: bool


def remedy(
    problem: Problem,
    answer: Timetable,
    *,
    budget: float = BUDGET,
    cancelled: Callable[[], bool] | None = None,
) -> Remedy | None:
    """What to change so that the talks an answer leaves out can be held; None where time was too short.

    The rules about rooms, people's places, order and standing alone always hold; pins, hours of rooms and
    people, the end of the day, equipment, seats and lengths may give way, or a talk stays out after all.
    """
    trouble = set(answer.unplaced)
    if not trouble:
        return Remedy((), dict(answer.places), True)
    whole = len(problem.talks) <= WHOLE
    free = {t.code for t in problem.talks} if whole else around(problem, answer.places, trouble, WHOLE // 2)
    found = Model(problem, free, answer.places, gives=True).solve(budget, cancelled, PATIENCE_S)
    return _said(found, proven=whole and found.proven) if found else None


def _said(found: Found, proven: bool) -> Remedy:
    proposals = []
    for give in found.given:
        room, start = found.places.get(give.talk, ("", 0))
        end = start + found.minutes.get(give.talk, 0)
        proposals.append(Proposal(give.code, give.talk, give.who, room, start, end))
    return Remedy(tuple(sorted(proposals, key=lambda one: (one.talk, one.code))), found.places, proven)
