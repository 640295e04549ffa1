"""Repairing a timetable after something was lost: as few talks as possible move, then the soft costs fall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from expo.forums.timetable.around import around
from expo.forums.timetable.checker import Violation, violations
from expo.forums.timetable.exact import Found, Model
from expo.forums.timetable.problem import DEFAULT_ROUNDS, Place, Problem, Timetable
from expo.forums.timetable.soft import soft_costs
from expo.forums.timetable.solve import Progress, build_timetable

STEPS = (12, 60, 140)
"""So many talks are free to move, one step after the other, until the fewest changes are proven."""
BUDGET = 5.0
"""Deterministic seconds of CP-SAT for each step, about as many of the processor's."""


@dataclass(frozen=True)
class Replanned:
    """The repaired timetable; `moved` are talks no longer where they were, `proven` where fewer cannot be."""

    answer: Timetable
    moved: tuple[str, ...]
    proven: bool


@dataclass(frozen=True)
class Fewest:
    """Places with the fewest changes found, which talks those are, and whether fewer cannot be."""

    places: Mapping[str, Place]
    moved: tuple[str, ...]
    proven: bool


def replan(
    problem: Problem,
    before: Mapping[str, Place],
    *,
    seed: int = 0,
    rounds: int = DEFAULT_ROUNDS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replanned:
    """The places of `before` made to hold again; same problem, seed and rounds, same answer.

    Whatever need not move stays where it was; talks that are new, or must move, go where they cost least.
    """
    known = {talk.code for talk in problem.talks}
    here = {code: tuple(place) for code, place in before.items() if code in known}
    asked = replace(problem, previous=here)
    fewest = fewest_changes(asked, here, cancelled=cancelled)
    stay = {} if fewest is None else {c: p for c, p in fewest.places.items() if here.get(c) == p}
    held = replace(asked, locks=stay | dict(problem.locks))
    answer = build_timetable(held, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
    if fewest is not None and len(answer.unplaced) > len(known) - len(fewest.places):
        answer = replace(answer, places=fewest.places)
    unplaced = tuple(talk.code for talk in problem.talks if talk.code not in answer.places)
    parts = soft_costs(asked, answer.places)
    answer = replace(answer, unplaced=unplaced, hard=len(unplaced), parts=parts, total=sum(parts.values()))
    moved = tuple(code for code in here if tuple(answer.places.get(code, ())) != here[code])
    return Replanned(answer, moved, fewest is not None and fewest.proven and len(moved) <= len(fewest.moved))


def fewest_changes(
    problem: Problem,
    before: Mapping[str, Place],
    *,
    budget: float = BUDGET,
    cancelled: Callable[[], bool] | None = None,
) -> Fewest | None:
    """The places nearest to `before` that keep every hard rule; None where time was too short for any."""
    broken = violations(problem, Timetable(before, (), 0, 0.0, {}))
    least = _at_least(broken)
    trouble = {code for one in broken for code in (one.talk, one.other) if code in before}
    trouble |= {talk.code for talk in problem.talks if talk.code not in before}
    best: Fewest | None = None
    for size in STEPS:
        free = around(problem, before, trouble, len(trouble) + size)
        model = Model(problem, free, before, gives=False)
        model.price_of_moving({code: place for code, place in before.items() if code in free}, 1)
        found = model.solve(budget, cancelled)
        if found is not None:
            whole = len(free) == len(problem.talks) and found.proven
            best = _better(best, _as_fewest(problem, before, found, least, whole))
        if (best is not None and best.proven) or len(free) == len(problem.talks):
            break
        if cancelled and cancelled():
            break
    return best


def _as_fewest(
    problem: Problem, before: Mapping[str, Place], found: Found, least: int, whole: bool
) -> Fewest:
    moved = tuple(code for code, place in before.items() if found.places.get(code) != tuple(place))
    complete = len(found.places) == len(problem.talks)
    return Fewest(found.places, moved, whole or (complete and len(moved) == least))


def _better(one: Fewest | None, two: Fewest) -> Fewest:
    if one is None:
        return two
    key = (len(two.places), -len(two.moved), two.proven)
    return two if key >= (len(one.places), -len(one.moved), one.proven) else one


def _at_least(broken: list[Violation]) -> int:
    """How many talks must move whatever is done: each that cannot stay, and one of each further pair."""
    pairs = ("room_twice", "turnover", "alone", "person_twice", "travel", "order")
    gone = {one.talk for one in broken if one.rule not in (*pairs, "unplaced")}
    least, matched = len(gone), set(gone)
    for one in broken:
        if one.rule in pairs and not matched & {one.talk, one.other}:
            matched |= {one.talk, one.other}
            least += 1
    return least
