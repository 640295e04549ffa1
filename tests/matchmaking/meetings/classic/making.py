"""Tiny problems of the classical form, and the best there is of them by trying everything."""

from itertools import product

from hypothesis import strategies as st

from matchmaking.meetings.classic.checker import breaks_by_participant, violations
from matchmaking.meetings.classic.problem import Meeting, Problem


def a_problem(pairs, *, participants=4, tables=2, slots=4, **more) -> Problem:
    """A problem of these pairs, with no rule but those named."""
    meetings = tuple(Meeting(*pair) for pair in pairs)
    plain = {
        "morning_slots": slots,
        "unavailable": (frozenset(),) * participants,
        "fixed": (0,) * len(meetings),
        "precedences": ((),) * len(meetings),
    }
    return Problem(participants, tables=tables, slots=slots, meetings=meetings, **(plain | more))


def fewest_by_trying(problem: Problem) -> int | None:
    """The fewest breaks of all sound schedules; None where there is none."""
    sound = (
        slots
        for slots in product(range(1, problem.slots + 1), repeat=len(problem.meetings))
        if not violations(problem, slots)
    )
    return min((sum(breaks_by_participant(problem, slots)) for slots in sound), default=None)


@st.composite
def tiny_problems(draw) -> Problem:
    """Up to five meetings of four or five participants in up to five slots, under every kind of rule."""
    people, slots = draw(st.integers(3, 5)), draw(st.integers(3, 5))
    ends = st.tuples(st.integers(1, people), st.integers(1, people)).filter(lambda pair: pair[0] != pair[1])
    half = st.sampled_from([None, None, None, "am", "pm"])
    pairs = draw(st.lists(st.tuples(ends, half), min_size=1, max_size=5))
    others = st.lists(st.integers(1, len(pairs)), max_size=1)
    return a_problem(
        [(*ends, half) for ends, half in pairs],
        participants=people,
        tables=draw(st.integers(1, 2)),
        slots=slots,
        morning_slots=draw(st.integers(1, slots)),
        unavailable=tuple(draw(st.frozensets(st.integers(1, slots), max_size=2)) for _ in range(people)),
        fixed=tuple(draw(st.sampled_from([0, 0, 0, *range(1, slots + 1)])) for _ in pairs),
        precedences=tuple(tuple(draw(others)) if draw(st.integers(0, 3)) == 0 else () for _ in pairs),
        max_break_difference=draw(st.sampled_from([None, 0, 1, 2])),
    )
