"""Tables for meetings whose slots are set."""

from matchmaking.meetings.agenda.problem import Party, Problem
from matchmaking.meetings.agenda.seating import give_tables

PARTIES = (
    *(Party(f"b{i}", "buyer") for i in range(3)),
    *(Party(f"s{i}", "supplier", fixed_table=1 if i == 2 else None) for i in range(3)),
)


def a_problem(**rules) -> Problem:
    return Problem(PARTIES, (), slots=3, morning_slots=3, tables=3, **rules)


def test_a_supplier_stays_at_its_table():
    slots = {("b0", "s1"): 0, ("b1", "s1"): 1, ("b0", "s0"): 1, ("b2", "s1"): 2}
    tables = {m[3] for m in give_tables(a_problem(), slots) if m[1] == "s1"}
    assert len(tables) == 1


def test_the_fixed_table_is_the_owners():
    meetings = give_tables(a_problem(), {("b0", "s0"): 0, ("b1", "s1"): 0, ("b2", "s2"): 0})
    assert {(m[1], m[3]) for m in meetings if m[1] == "s2"} == {("s2", 1)}
    assert sorted(m[3] for m in meetings) == [0, 1, 2]


def test_a_meeting_keeps_the_table_it_had():
    problem = a_problem(previous=(("b0", "s0", 0, 2),))
    assert give_tables(problem, {("b0", "s0"): 0, ("b1", "s1"): 0}) == (
        ("b1", "s1", 0, 0),
        ("b0", "s0", 0, 2),
    )
