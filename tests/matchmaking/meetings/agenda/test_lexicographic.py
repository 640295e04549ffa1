"""Score, everybody's minimum, fewest breaks, fairly shared ones, in this order: against trying every agenda.

Scores differ, as they do in life: of two choices of meetings worth the same the solver keeps one.
"""

from collections import Counter
from itertools import product
from random import Random

import pytest

from matchmaking.meetings.agenda.checker import breaks_by_party, score_of, violations
from matchmaking.meetings.agenda.problem import Agenda, Pair, PairCode, Party, Problem
from matchmaking.meetings.agenda.solve import build_agenda

SLOTS = 5


def an_agenda(slots: dict[PairCode, int]) -> Agenda:
    return Agenda(tuple((*pair, slot, 0) for pair, slot in slots.items()), 0.0, 0.0, 0.0, 0)


def worth(problem: Problem, slots: dict[PairCode, int]) -> tuple[float, int, int, int]:
    """The levels in order, each the less the better; breaks are shared the fairer the less their squares."""
    found = score_of(problem, an_agenda(slots))
    breaks = breaks_by_party(problem, an_agenda(slots).meetings)
    return (-found.score, found.shortfall, found.breaks, sum(n * n for n in breaks.values()))


def is_sound(problem: Problem, slots: dict[PairCode, int]) -> bool:
    broken = {one.code for one in violations(problem, an_agenda(slots))} - {"table_taken_twice"}
    return not broken and max(Counter(slots.values()).values(), default=0) <= problem.tables


def best(problem: Problem) -> tuple[float, int, int, int]:
    tried = (
        {pair.code: slot for pair, slot in zip(problem.pairs, slots, strict=True) if slot >= 0}
        for slots in product(range(-1, problem.slots), repeat=len(problem.pairs))
    )
    return min(worth(problem, slots) for slots in tried if is_sound(problem, slots))


def a_problem(seed: int) -> Problem:
    random = Random(seed)
    parties = tuple(
        Party(
            f"{side[0]}{i}",
            side,
            frozenset(t for t in range(SLOTS) if random.random() < 0.2),
            random.randint(0, 2),
            random.randint(1, 4),
        )
        for side in ("buyer", "supplier")
        for i in range(3)
    )
    codes = random.sample([(f"b{i}", f"s{k}") for i in range(3) for k in range(3)], 4)
    pairs = tuple(Pair(*code, round(random.uniform(1, 3), 4)) for code in codes)
    return Problem(parties, pairs, SLOTS, 3, random.randint(1, 3), day_slots=random.choice([0, 3]))


@pytest.mark.parametrize("seed", range(24))
def test_no_small_agenda_is_better_in_the_order_of_the_levels(seed):
    problem = a_problem(seed)
    agenda = build_agenda(problem, seed=1, rounds=20_000)
    assert violations(problem, agenda) == []
    assert worth(problem, {m[:2]: m[2] for m in agenda.meetings}) == best(problem)
