"""Every hard rule at once, in problems that nobody would think of: an agenda that keeps all, or a refusal."""

from collections.abc import Callable
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.meetings.agenda.baseline import greedy_agenda
from matchmaking.meetings.agenda.checker import score_of, violations
from matchmaking.meetings.agenda.problem import LockError, Pair, Party, Person, Problem, Table
from matchmaking.meetings.agenda.solve import build_agenda

SLOTS, BUYERS, SUPPLIERS = 6, 4, 4
PAIRS = [(f"b{i}", f"s{k}") for i, k in product(range(BUYERS), range(SUPPLIERS))]
AWAY = st.frozensets(st.integers(0, SLOTS - 1), max_size=3)


@st.composite
def problems(draw: Callable) -> Problem:
    tables = draw(st.integers(1, 4))
    table = st.none() | st.integers(0, tables - 1)

    def party(code: str, side: str) -> Party:
        people = tuple(Person(f"{code}.{n}", draw(AWAY)) for n in range(draw(st.integers(0, 2))))
        least, most = draw(st.integers(0, 2)), draw(st.integers(0, 6))
        return Party(code, side, draw(AWAY), least, most, draw(table), people)

    parties = tuple(party(f"b{i}", "buyer") for i in range(BUYERS))
    parties += tuple(party(f"s{i}", "supplier") for i in range(SUPPLIERS))
    halves, wanted = st.sampled_from([None, None, "am", "pm"]), st.sets(st.sampled_from(PAIRS), min_size=3)
    pairs = tuple(
        Pair(*code, float(draw(st.integers(0, 9))), draw(st.booleans()), draw(halves))
        for code in sorted(draw(wanted))
    )
    slot = st.none() | st.integers(0, SLOTS - 1)
    some = st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)
    orders = draw(st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(PAIRS)), max_size=2))
    previous = {
        code: (*code, draw(st.integers(0, SLOTS - 1)), draw(st.integers(0, tables - 1)))
        for code in draw(some)
    }
    return Problem(
        parties, pairs, SLOTS, 2, tables,
        locks=tuple((*code, draw(slot)) for code in draw(some)),
        forbidden=frozenset(draw(some)),
        precedences=tuple((one, other) for one, other in orders if one != other),
        previous=tuple(previous.values()),
        change_price=draw(st.sampled_from([0.0, 0.5])),
        shortfall_price=draw(st.sampled_from([0.0, 2.0])),
        day_slots=draw(st.sampled_from([0, 3])),
        furniture=tuple(
            Table(draw(st.integers(1, 2)), draw(AWAY), draw(st.booleans())) for _ in range(tables)
        ),
    )  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(problems(), st.integers(0, 3))
def test_an_agenda_breaks_no_rule_or_says_which_lock_it_cannot_keep(problem, seed):
    try:
        agenda = build_agenda(problem, seed=seed, rounds=4_000)
    except LockError as refused:
        assert {(buyer, supplier) for _code, buyer, supplier in refused.clashes} <= {
            (buyer, supplier) for buyer, supplier, _slot in problem.locks
        }
        assert refused.clashes
        return
    found = score_of(problem, agenda)
    assert violations(problem, agenda) == []
    assert agenda.musts <= agenda.musts_bound
    assert agenda.musts < agenda.musts_bound or found.objective <= agenda.bound + 1e-6
    held = {m[:2] for m in agenda.meetings}
    assert set(agenda.unmet) == {pair.code for pair in problem.pairs} - held


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_patient_person_keeps_the_rules_but_for_locks(problem):
    broken = {one.code for one in violations(problem, greedy_agenda(problem))}
    assert broken <= {"lock_not_kept"}
