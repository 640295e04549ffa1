"""What is wrong with a timetable, kept up while single talks move."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from expo.board.words import QUIET
from expo.forums.timetable.checker import Violation, violations, violations_of
from expo.forums.timetable.problem import Place, Problem, Timetable

BETWEEN = frozenset({"room_twice", "turnover", "alone", "travel", "person_twice", "order"})
"""Rules of which `other` names a talk, and not a room or a person that may bear the same code."""
MANY = 40
"""When more talks than this moved, everything is judged anew."""


def judged(problem: Problem, places: Mapping[str, Place]) -> tuple[Violation, ...]:
    """Every hard rule that the places break, but for talks without one, in the order of time."""
    return _ordered(places, violations(problem, Timetable(places, (), 0, 0.0, {})))


def judged_after(
    problem: Problem, places: Mapping[str, Place], before: Sequence[Violation], touched: Collection[str]
) -> tuple[Violation, ...]:
    """The same, where `before` was the answer until the `touched` talks changed their places or pins."""
    if len(touched) > MANY:
        return judged(problem, places)
    kept = [
        one
        for one in before
        if one.talk not in touched and not (one.rule in BETWEEN and one.other in touched)
    ]
    fresh = (one for code in touched for one in violations_of(problem, places, code))
    return _ordered(places, [*kept, *dict.fromkeys(fresh)])


def _ordered(places: Mapping[str, Place], found: Iterable[Violation]) -> tuple[Violation, ...]:
    loud = [one for one in found if one.rule not in QUIET]
    nowhere = ("", 0)
    return tuple(
        sorted(
            loud,
            key=lambda one: (
                places.get(one.talk, nowhere)[1], one.talk, one.other, one.rule, one.person, one.detail,
            ),
        )
    )  # fmt: skip
