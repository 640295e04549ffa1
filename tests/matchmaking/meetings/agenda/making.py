"""Small agendas, and what was held where."""

from dataclasses import replace

from matchmaking.meetings.agenda.problem import Agenda, Pair, Party, Problem
from matchmaking.meetings.agenda.solve import build_agenda

QUICK = 20_000


def a_problem(buyers=2, suppliers=2, slots=2, tables=2, pairs=None, **rules) -> Problem:
    parties = tuple(Party(f"b{i}", "buyer") for i in range(buyers))
    parties += tuple(Party(f"s{i}", "supplier") for i in range(suppliers))
    every = tuple(Pair(f"b{i}", f"s{k}", 1.0) for i in range(buyers) for k in range(suppliers))
    return Problem(parties, every if pairs is None else pairs, slots, slots // 2, tables, **rules)


def with_party(problem: Problem, code: str, **changes) -> Problem:
    parties = tuple(replace(p, **changes) if p.code == code else p for p in problem.parties)
    return replace(problem, parties=parties)


def solve(problem: Problem, **options) -> Agenda:
    return build_agenda(problem, **{"seed": 1, "rounds": QUICK, **options})


def held(agenda: Agenda) -> set:
    return {m[:2] for m in agenda.meetings}


def slot_of(agenda: Agenda) -> dict:
    return {m[:2]: m[2] for m in agenda.meetings}
