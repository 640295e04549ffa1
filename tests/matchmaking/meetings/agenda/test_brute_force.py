"""The agenda solver against brute force, and its bound against what it finds."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.meetings.agenda.checker import score_of, violations
from matchmaking.meetings.agenda.problem import Agenda, Pair, Party, Problem
from matchmaking.meetings.agenda.seating import give_tables
from matchmaking.meetings.agenda.solve import build_agenda


def best_by_brute_force(problem: Problem) -> tuple[int, float]:
    """The most must-meets, then the highest objective, over every way to give slots to the pairs."""
    codes = [p.code for p in problem.pairs]
    best = (-1, float("-inf"))
    for slots in product([None, *range(problem.slots)], repeat=len(codes)):
        chosen = {c: t for c, t in zip(codes, slots, strict=True) if t is not None}
        per_slot = list(chosen.values())
        if any(per_slot.count(t) > problem.tables for t in set(per_slot)):
            continue
        agenda = Agenda(give_tables(problem, chosen), 0.0, 0.0, 0.0, 0)
        if not violations(problem, agenda):
            worth = score_of(problem, agenda)
            best = max(best, (worth.musts, worth.objective))
    return best


@st.composite
def tiny_problems(draw) -> Problem:
    slots = draw(st.integers(1, 3))
    people = [f"b{i}" for i in range(2)], [f"s{i}" for i in range(draw(st.integers(1, 2)))]
    parties = tuple(
        Party(
            code,
            side,
            draw(st.frozensets(st.integers(0, slots - 1), max_size=1)),
            draw(st.integers(0, 2)),
            draw(st.integers(1, 3)),
        )
        for side, codes in zip(("buyer", "supplier"), people, strict=True)
        for code in codes
    )
    scores = st.integers(0, 5)
    pairs = tuple(
        Pair(b, s, draw(scores) / 4, draw(st.booleans()), draw(st.sampled_from([None, None, "am", "pm"])))
        for b in people[0]
        for s in people[1]
    )
    order = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(pairs)), max_size=1))
    return Problem(
        parties,
        pairs,
        slots,
        draw(st.integers(0, slots)),
        draw(st.integers(1, 3)),
        precedences=tuple((a.code, b.code) for a, b in order if a != b),
        shortfall_price=draw(st.sampled_from([0.0, 0.3])),
    )


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_small_agendas_are_the_best_there_are_and_never_beat_the_bound(problem):
    agenda = build_agenda(problem, seed=1, rounds=40_000)
    musts, objective = best_by_brute_force(problem)
    assert violations(problem, agenda) == []
    assert (agenda.musts, agenda.objective) == (musts, objective)
    assert agenda.musts_bound >= musts
    assert agenda.musts_bound > musts or agenda.bound >= objective
