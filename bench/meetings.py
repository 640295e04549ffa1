"""The meeting agenda: distance to the bound, idle groups and rules broken, beside the greedy agenda."""

import sys

from bench.record import record
from matchmaking.meetings.agenda.baseline import greedy_agenda
from matchmaking.meetings.agenda.bound import upper_bound
from matchmaking.meetings.agenda.checker import (
    busy_by_person,
    idle_slots,
    score_of,
    sitting,
    violations,
)
from matchmaking.meetings.agenda.instances import crowded, reference
from matchmaking.meetings.agenda.problem import Agenda, Problem
from matchmaking.meetings.agenda.solve import ROUNDS, build_agenda, warm_up


def measure(name: str, problem: Problem, seed: int, budgets: list[int]) -> None:
    """The greedy agenda, then the solver with each number of rounds."""
    bound = upper_bound(problem)
    with record("meetings", name, seed, method="greedy") as figures:
        greedy = greedy_agenda(problem)
        figures |= described(problem, greedy)
    baseline_gap = round(100 * (bound - greedy.objective) / bound, 4)
    for rounds in budgets:
        with record("meetings", name, seed, method="build_agenda", rounds=rounds) as figures:
            agenda = build_agenda(problem, seed=seed, rounds=rounds)
            figures |= described(problem, agenda)
            figures |= {
                "gap_pct": round(agenda.gap_pct, 5),
                "baseline_gap_pct": baseline_gap,
                "musts_bound": agenda.musts_bound,
                "bound": agenda.bound,
            }


def described(problem: Problem, agenda: Agenda) -> dict[str, object]:
    """What the independent checker says of an agenda."""
    worth = score_of(problem, agenda)
    met = {code for m in agenda.meetings for code in m[:2]}
    return {
        "pairs": len(problem.pairs),
        "meetings": len(agenda.meetings),
        "musts": worth.musts,
        "objective": worth.objective,
        "breaks": worth.breaks,
        "most_breaks": worth.most_breaks,
        "shortfall": worth.shortfall,
        "score": worth.score,
        "buyer_idle": idle_of(problem, agenda),
        "without_meeting": len({code for pair in problem.pairs for code in pair.code} - met),
        "table_moves": worth.table_moves,
        "violations": len(violations(problem, agenda)),
    }


def idle_of(problem: Problem, agenda: Agenda) -> int:
    """Slots in which buyers wait between two meetings of a day."""
    buyers = {one for m in agenda.meetings for one in sitting(agenda, m)[:1]}
    busy = busy_by_person(agenda)
    return sum(idle_slots(busy[who], problem.day_length) for who in buyers)


def main(arguments: list[str]) -> None:
    """Reference and crowded sizes by default; --large adds 3,000 × 1,000."""
    warm_up()
    for seed in (1, 2, 3):
        measure("600x330", reference(seed=seed), seed, [ROUNDS, 10 * ROUNDS] if seed == 1 else [ROUNDS])
        measure("600x330 crowded", crowded(600, 330, slots=24, requests=25, seed=seed), seed, [ROUNDS])
    if "--large" in arguments:
        measure("3000x1000", reference(3_000, 1_000, seed=1), 1, [ROUNDS, 10 * ROUNDS])


if __name__ == "__main__":
    main(sys.argv[1:])
