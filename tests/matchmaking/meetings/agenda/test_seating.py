"""Tables for meetings whose slots are set."""

from collections.abc import Iterable
from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matchmaking.meetings.agenda.checker import score_of, violations
from matchmaking.meetings.agenda.encoding import encode
from matchmaking.meetings.agenda.problem import Agenda, Meeting, Pair, PairCode, Party, Problem, Table
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


def moves(problem: Problem, meetings: Iterable[Meeting]) -> int:
    return score_of(problem, Agenda(tuple(meetings), 0.0, 0.0, 0.0, 0)).table_moves


def fewest(problem: Problem, slots: dict[PairCode, int]) -> int:
    """By trying every table for every meeting."""
    tried = (
        [(*pair, slots[pair], table) for pair, table in zip(slots, tables, strict=True)]
        for tables in product(range(problem.tables), repeat=len(slots))
    )
    sound = (m for m in tried if not violations(problem, Agenda(tuple(m), 0.0, 0.0, 0.0, 0)))
    return min(moves(problem, m) for m in sound)


@st.composite
def set_meetings(draw) -> tuple[Problem, dict[PairCode, int]]:
    """Up to six meetings in three slots, at two or three tables of several kinds."""
    tables = draw(st.integers(2, 3))
    furniture = (
        Table(1, exclusive=draw(st.booleans())),
        Table(draw(st.integers(1, 2))),
        Table(1, closed=frozenset(draw(st.sets(st.integers(0, 2), max_size=1)))),
    )[:tables]
    owner = draw(st.sampled_from([None, 0]))
    parties = tuple(
        Party(f"{side[0]}{i}", side, fixed_table=owner if side == "supplier" and i == 0 else None)
        for side in ("buyer", "supplier")
        for i in range(3)
    )
    slots: dict[PairCode, int] = {}
    for slot in range(3):
        buyers, suppliers = draw(st.permutations(range(3))), draw(st.permutations(range(3)))
        for b, s in list(zip(buyers, suppliers, strict=True))[: draw(st.integers(0, 2))]:
            slots.setdefault((f"b{b}", f"s{s}"), slot)
    pairs = tuple(Pair(*pair, 1.0) for pair in slots)
    problem = Problem(
        parties, pairs, 3, 3, tables, furniture=furniture, day_slots=draw(st.sampled_from([0, 2]))
    )
    return problem, slots


def has_room(problem: Problem, slots: dict[PairCode, int]) -> bool:
    groups = encode(problem)
    load = np.zeros(groups.seats.shape, int)
    for pair, slot in slots.items():
        group = groups.group[groups.edge_of[pair]]
        load[group, slot] += 1
        if groups.part_of[group] >= 0:
            load[groups.part_of[group], slot] += 1
    return bool((load <= groups.seats).all())


@settings(max_examples=60, deadline=None)
@given(set_meetings())
def test_people_change_tables_as_seldom_as_can_be(given_meetings):
    problem, slots = given_meetings
    assume(has_room(problem, slots))
    found = give_tables(problem, slots)
    assert violations(problem, Agenda(found, 0.0, 0.0, 0.0, 0)) == []
    assert moves(problem, found) == fewest(problem, slots)
