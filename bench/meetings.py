"""The meeting agenda: distance to the bound, idle groups and rules broken, beside the greedy agenda."""

import json
import math
import subprocess
import sys
from dataclasses import replace
from random import Random
from time import process_time

from bench.record import max_rss_mb, record
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
from matchmaking.meetings.agenda.problem import Agenda, Party, Problem
from matchmaking.meetings.agenda.solve import ROUNDS, build_agenda, warm_up

SIZES = (5_000, 20_000, 100_000)
LARGE_ROUNDS = 100
"""Chains turned for each person, so that large agendas have their gaps closed as well."""

LARGE_REQUESTS = 8
"""Suppliers a buyer asks for in the large cases."""


def measure(name: str, problem: Problem, seed: int, budgets: list[int]) -> None:
    """The greedy agenda, then the solver with each number of rounds."""
    bound = upper_bound(problem)
    with record("meetings", name, seed, method="greedy") as figures:
        greedy = greedy_agenda(problem)
        figures |= described(problem, greedy)
    baseline_gap = round(100 * (bound - greedy.objective) / bound, 4)
    for rounds in budgets:
        with record("meetings", name, seed, method="build_agenda", rounds=rounds) as figures:
            proof = Proof()
            agenda = build_agenda(problem, seed=seed, rounds=rounds, progress=proof)
            figures |= {"cpu_s": proof.spent()} | described(problem, agenda)
            figures |= {
                "score_cpu_s": proof.cpu_s,
                "gap_pct": round(agenda.gap_pct, 5),
                "baseline_gap_pct": baseline_gap,
                "musts_bound": agenda.musts_bound,
                "bound": agenda.bound,
            }


class Proof:
    """Listens to the solver: after how many CPU seconds the score had reached its bound, or None.

    Then it is proven that no agenda has a better one.
    """

    def __init__(self) -> None:
        self.began, self.cpu_s = process_time(), None

    def __call__(self, _done: int, _all: int, score: float, bound: float | None, *_others: object) -> None:
        if bound is None or score < bound:
            self.cpu_s = None
        elif self.cpu_s is None:
            self.cpu_s = self.spent()

    def spent(self) -> float:
        """CPU seconds since the start."""
        return round(process_time() - self.began, 3)


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


def scarce(problem: Problem, seed: int) -> Problem:
    """The same with half of the people present for a quarter of the time, one stretch each."""
    random, slots = Random(seed), problem.slots
    stay = slots // 4

    def hours(party: Party) -> Party:
        if random.random() < 0.5:
            return party
        first = random.randrange(slots - stay + 1)
        return replace(party, unavailable=frozenset(range(slots)) - set(range(first, first + stay)))

    return replace(problem, parties=tuple(hours(party) for party in problem.parties))


def large(buyers: int, is_scarce: bool) -> None:
    """One large case, to be run in a process of its own so that its peak of memory is its own."""
    warm_up()
    name = f"{buyers}x{buyers * 3 // 10}" + (" scarce" if is_scarce else "")
    problem = reference(buyers, buyers * 3 // 10, seed=1, requests=LARGE_REQUESTS)
    if is_scarce:
        problem = scarce(problem, 1)
    rounds = max(ROUNDS, LARGE_ROUNDS * len(problem.parties))
    with record("meetings", name, 1, method="build_agenda", rounds=rounds) as figures:
        proof = Proof()
        agenda = build_agenda(problem, seed=1, rounds=rounds, progress=proof)
        figures |= {"cpu_s": proof.spent(), "score_cpu_s": proof.cpu_s}
        figures |= {"max_rss_mb": round(max_rss_mb(), 1)}
        began = process_time()
        figures |= described(problem, agenda)
        figures |= {"gap_pct": round(agenda.gap_pct, 5), "bound": agenda.bound}
        figures["checker_cpu_s"] = round(process_time() - began, 3)


def apart(buyers: int, is_scarce: bool = False) -> float | None:
    """`large` in a process of its own; the solver's CPU seconds, or None where it failed."""
    ran = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "bench.meetings", "--one", str(buyers), *(["scarce"] if is_scarce else [])],
        capture_output=True,
        text=True,
        check=False,
    )
    print(ran.stdout, end="", flush=True)
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    if ran.returncode or not lines:
        print(ran.stderr[-2000:], file=sys.stderr)
        return None
    return float(lines[0]["cpu_s"])


def growth() -> None:
    """100,000 × 30,000, also with scarce availability, and the exponent of the time from 5,000 buyers on."""
    took = {buyers: apart(buyers) for buyers in SIZES}
    apart(SIZES[-1], is_scarce=True)
    known = [(math.log(n), math.log(cpu)) for n, cpu in took.items() if cpu]
    if len(known) > 1:
        mean_x, mean_y = (sum(values) / len(known) for values in zip(*known, strict=True))
        slope = sum((x - mean_x) * (y - mean_y) for x, y in known) / sum((x - mean_x) ** 2 for x, _ in known)
        with record("meetings", "growth", 1, exponent=round(slope, 3), solve_cpu_s=took):
            pass


def main(arguments: list[str]) -> None:
    """Reference and crowded sizes, then 5,000 to 100,000 buyers, each by itself; --small leaves these out."""
    if arguments[:1] == ["--one"]:
        large(int(arguments[1]), "scarce" in arguments[2:])
        return
    warm_up()
    for seed in (1, 2, 3):
        measure("600x330", reference(seed=seed), seed, [ROUNDS, 10 * ROUNDS] if seed == 1 else [ROUNDS])
        measure("600x330 crowded", crowded(600, 330, slots=24, requests=25, seed=seed), seed, [ROUNDS])
    if "--small" not in arguments:
        growth()


if __name__ == "__main__":
    main(sys.argv[1:])
