"""Several people of a firm, tables with seats and closed times, against a model of its own."""

from collections import defaultdict
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from matchmaking.meetings.agenda.baseline import greedy_agenda
from matchmaking.meetings.agenda.checker import violations
from matchmaking.meetings.agenda.problem import Agenda, Pair, Party, Person, Problem, Table
from matchmaking.meetings.agenda.solve import build_agenda

SLOTS = 3


def people(code: str, *away: set[int]) -> tuple[Person, ...]:
    return tuple(Person(f"{code}.{i}", frozenset(one)) for i, one in enumerate(away))


def solve(problem: Problem) -> Agenda:
    agenda = build_agenda(problem, seed=1, rounds=20_000)
    assert violations(problem, agenda) == []
    return agenda


def test_two_people_of_a_supplier_meet_side_by_side():
    parties = (
        *(Party(f"b{i}", "buyer") for i in range(4)),
        Party("s", "supplier", people=people("s", {0}, set())),
    )
    problem = Problem(parties, tuple(Pair(f"b{i}", "s", 1.0) for i in range(4)), 2, 2, 4)
    agenda = solve(problem)
    assert len(agenda.meetings) == 3
    assert set(agenda.unmet.values()) == {"supplier_full"}


def test_a_person_who_serves_two_parties_is_in_one_place():
    one = (Person("ana"),)
    parties = (
        Party("b", "buyer", people=one), Party("c", "buyer"),
        Party("s", "supplier", people=one), Party("t", "supplier"),
    )  # fmt: skip
    problem = Problem(parties, (Pair("b", "t", 1.0), Pair("c", "s", 1.0)), 2, 2, 4)
    agenda = solve(problem)
    assert sorted(m[2] for m in agenda.meetings) == [0, 1]


def test_the_people_named_for_a_lock_sit_there():
    parties = (Party("b", "buyer"), Party("s", "supplier", people=people("s", set(), set())))
    sitting = ((("b", "s"), ("b", "s.1")),)
    problem = Problem(parties, (Pair("b", "s", 1.0),), 2, 2, 1, locks=(("b", "s", 1),), sitting=sitting)
    assert solve(problem).people[("b", "s")] == ("b", "s.1")


def test_a_locked_meeting_stays_at_its_table_though_others_would_like_it():
    parties = (*(Party(f"b{i}", "buyer") for i in range(3)), *(Party(f"s{i}", "supplier") for i in range(3)))
    pairs = tuple(Pair(f"b{i}", f"s{(i + k) % 3}", 1.0) for i in range(3) for k in range(2))
    locks, previous = (("b0", "s0", 1),), (("b0", "s0", 1, 2),)
    problem = Problem(parties, pairs, 2, 2, 3, locks=locks, previous=previous)
    assert ("b0", "s0", 1, 2) in solve(problem).meetings


def test_others_take_the_seats_that_an_owner_leaves():
    parties = (
        Party("b", "buyer"),
        Party("c", "buyer"),
        Party("s", "supplier", fixed_table=0),
        Party("t", "supplier"),
    )
    pairs = (Pair("b", "s", 1.0), Pair("c", "t", 1.0))
    shared = Problem(parties, pairs, 1, 1, 1, furniture=(Table(2, exclusive=False),))
    alone = Problem(parties, pairs, 1, 1, 1, furniture=(Table(2, exclusive=True),))
    assert (len(solve(shared).meetings), len(solve(alone).meetings)) == (2, 1)


@st.composite
def small_problems(draw) -> Problem:
    away = st.sets(st.integers(0, SLOTS - 1), max_size=2)

    def party(code: str, side, table) -> Party:
        named = draw(st.lists(away, max_size=2))
        gone = frozenset(draw(away) if draw(st.booleans()) else ())
        return Party(code, side, gone, 0, draw(st.integers(1, 4)), table, people(code, *named))

    tables = draw(st.integers(1, 3))
    furniture = tuple(
        Table(draw(st.integers(1, 2)), frozenset(draw(away)), draw(st.booleans())) for _ in range(tables)
    )
    owned = draw(st.booleans())
    parties = (
        *(party(f"b{i}", "buyer", None) for i in range(3)),
        *(party(f"s{i}", "supplier", 0 if owned and i == 0 else None) for i in range(2)),
    )
    pairs = tuple(
        Pair(f"b{i}", f"s{k}", float(draw(st.integers(1, 9)))) for i, k in product(range(3), range(2))
    )
    return Problem(parties, pairs, SLOTS, 2, tables, furniture=furniture)


def best(problem: Problem) -> float:
    """The optimum by a model of every (pair, slot, table, person, person)."""
    model, held = cp_model.CpModel(), {}
    party = {p.code: p for p in problem.parties}
    own = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
    kept = {t for t in own.values() if problem.table(t).exclusive}
    for pair, slot, table in product(problem.pairs, range(problem.slots), range(problem.tables)):
        fixed = own.get(pair.supplier, own.get(pair.buyer))
        if slot in problem.table(table).closed or (fixed is not None and fixed != table):
            continue
        if fixed is None and table in kept:
            continue
        sides = [party[code].people or (Person(code),) for code in pair.code]
        for one, other in product(*sides):
            gone = party[pair.buyer].unavailable | party[pair.supplier].unavailable
            if slot not in gone | one.unavailable | other.unavailable:
                held[pair, slot, table, one.code, other.code] = model.new_bool_var("")
    groups, seats, met = defaultdict(list), defaultdict(list), defaultdict(list)
    for (pair, slot, table, one, other), var in held.items():
        for key in (("pair", pair.code), (one, slot), (other, slot)):
            groups[key].append(var)
        seats[table, slot].append(var)
        for code in pair.code:
            met[code].append(var)
    for several in groups.values():
        model.add_at_most_one(several)
    for (table, _slot), several in seats.items():
        model.add(sum(several) <= problem.table(table).seats)
    for code, several in met.items():
        model.add(sum(several) <= party[code].max_meetings)
    model.maximize(sum(int(pair.score) * var for (pair, *_), var in held.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver.objective_value


@settings(max_examples=60, deadline=None)
@given(small_problems())
def test_small_agendas_with_people_and_tables_are_the_best_there_are(problem):
    agenda, most = solve(problem), best(problem)
    assert violations(problem, greedy_agenda(problem)) == []
    assert agenda.objective == most
    assert agenda.bound >= most
