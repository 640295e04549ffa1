"""The checker finds every broken rule, and only those."""

import pytest

from matchmaking.meetings.agenda.checker import Violation, breaks_by_party, score_of, violations
from matchmaking.meetings.agenda.problem import Agenda, Pair, Party, Problem

PARTIES = (
    Party("b0", "buyer", unavailable=frozenset({3}), min_meetings=2, max_meetings=2),
    Party("b1", "buyer"),
    Party("s0", "supplier", fixed_table=0),
    Party("s1", "supplier"),
)
PAIRS = (
    Pair("b0", "s0", 0.5, must=True),
    Pair("b0", "s1", 0.25, half="am"),
    Pair("b1", "s0", 0.75),
    Pair("b1", "s1", 1.0),
)
PROBLEM = Problem(
    PARTIES,
    PAIRS,
    slots=4,
    morning_slots=2,
    tables=3,
    locks=(("b1", "s1", 2),),
    forbidden=frozenset({("b1", "s0")}),
    precedences=((("b0", "s0"), ("b0", "s1")),),
    previous=(("b0", "s0", 1, 0),),
    change_price=0.1,
    shortfall_price=0.2,
)
LOCKED = ("b1", "s1", 2, 1)


def an_agenda(*meetings) -> Agenda:
    return Agenda(meetings, 0.0, 0.0, 0.0, 0)


def test_a_sound_agenda_has_no_violations():
    assert violations(PROBLEM, an_agenda(("b0", "s0", 0, 0), ("b0", "s1", 1, 1), LOCKED)) == []


@pytest.mark.parametrize(
    ("meetings", "found"),
    [
        ([("b0", "s0", 3, 0), LOCKED], Violation("not_available", ("b0", 3))),
        ([("b0", "s0", 1, 0), ("b0", "s1", 1, 1), LOCKED], Violation("two_at_once", ("b0", 1))),
        ([("b0", "s0", 1, 1), LOCKED], Violation("not_at_the_fixed_table", ("b0", "s0", 1))),
        ([("b0", "s1", 1, 0), LOCKED], Violation("at_somebody_elses_table", ("b0", "s1", 0))),
        ([("b0", "s1", 1, 7), LOCKED], Violation("no_such_table", (7, 1))),
        ([("b1", "s0", 1, 0), LOCKED], Violation("forbidden", ("b1", "s0"))),
        ([("b0", "s1", 2, 2), LOCKED], Violation("wrong_half", ("b0", "s1", 2))),
        ([("b0", "s0", 9, 0), LOCKED], Violation("no_such_slot", ("b0", "s0", 9))),
        ([("b1", "s1", 1, 1)], Violation("lock_not_kept", ("b1", "s1", 2))),
        ([("b0", "s0", 0, 0), ("b0", "s0", 1, 0), LOCKED], Violation("held_twice", ("b0", "s0"))),
        ([("b0", "b1", 0, 1), LOCKED], Violation("not_requested", ("b0", "b1"))),
        (
            [("b0", "s0", 1, 0), ("b0", "s1", 0, 1), LOCKED],
            Violation("out_of_order", (("b0", "s0"), ("b0", "s1"))),
        ),
        (
            [("b0", "s0", 0, 0), ("b0", "s1", 1, 1), ("b0", "s9", 2, 2), LOCKED],
            Violation("over_maximum", ("b0", 3, 2)),
        ),
        ([("b0", "s9", 0, 1), LOCKED], Violation("unknown_party", ("s9",))),
    ],
)
def test_every_broken_rule_is_found(meetings, found):
    assert found in violations(PROBLEM, an_agenda(*meetings))


def test_two_meetings_at_one_table_are_found():
    doubled = an_agenda(("b0", "s1", 2, 1), ("b1", "s1", 2, 1))
    assert Violation("table_taken_twice", (1, 2)) in violations(PROBLEM, doubled)


def test_the_worth_counts_score_prices_and_breaks():
    worth = score_of(PROBLEM, an_agenda(("b0", "s0", 0, 0), LOCKED, ("b1", "s0", 0, 0)))
    assert (worth.musts, worth.score) == (1, 2.25)
    assert (worth.shortfall, worth.changes, worth.breaks) == (1, 1, 1)
    assert worth.objective == pytest.approx(2.25 - 0.2 - 0.1)


def test_a_break_is_one_idle_group_however_long():
    meetings = (("b0", "s0", 0, 0), ("b0", "s1", 3, 1))
    assert breaks_by_party(PROBLEM, meetings) == {"b0": 1, "b1": 0, "s0": 0, "s1": 0}
