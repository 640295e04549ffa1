"""The proofs: core-guided MaxSAT (RC2), whose bound rises until a schedule meets it; one bound at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pysat.card import CardEnc, EncType, ITotalizer
from pysat.examples.rc2 import RC2
from pysat.solvers import Solver

from .around import Around
from .checker import breaks_by_participant
from .clashes import relaxations
from .domains import domains
from .formula import Formula
from .problem import Problem

SOLVER = "cadical195"
GUIDED = "glucose4"
"""The solver that follows a given schedule best."""
FREED = 60
"""So many meetings are set free at first. A look that finds nothing better makes the next one wider, one
that cannot be finished makes it narrower."""
WIDER, NARROWER = 1.02, 0.98

Tell = Callable[[Literal["slots", "bound", "infeasible", "rules"], object], None]


class _Rising(RC2):
    """RC2 that tells of its lower bound whenever it has risen."""

    tell: Tell

    def process_core(self) -> None:
        super().process_core()
        self.tell("bound", self.cost)


def prove(problem: Problem, tell: Tell, *, people: bool = True) -> None:
    """Tell of a first schedule, then of rising bounds, then of the best schedule and its number of breaks.

    With or without the count of busy `people`: of two problems of one size one may take seconds this way and
    minutes that way.

    Where there is no schedule: "infeasible", then the "rules" without any one of which there would be one.
    Takes as long as it takes: whoever calls this ends the process when time is up.
    """
    formula = Formula(problem, domains(problem), people=people)
    with _Rising(formula.wcnf, solver=SOLVER) as rising:
        rising.tell = tell
        if not rising.oracle.solve():
            tell("infeasible", True)
            tell("rules", [rule for rule, one in relaxations(problem).items() if _feasible(one)])
            return
        tell("slots", formula.slots(rising.oracle.get_model()))
        model = rising.compute()
        tell("slots", formula.slots(model))
        tell("bound", rising.cost)


def rise(problem: Problem, tell: Tell, bound: int) -> None:
    """Ask for a day with no more breaks than the bound, then with one more, and so on, until there is one.

    Where the cores have grown too large to find more of them this still goes on: each question is a single
    one, put with all its clauses known from the start. For problems that have a schedule.
    """
    formula = Formula(problem, domains(problem))
    broken = [-clause[0] for clause in formula.wcnf.soft]
    for most in range(bound, len(broken) + 1):
        with Solver(SOLVER, bootstrap_with=formula.wcnf.hard) as solver:
            for clause in _at_most(broken, most, formula.wcnf.nv):
                solver.add_clause(clause)
            if solver.solve():
                tell("slots", formula.slots(solver.get_model()))
                tell("bound", most)
                return
        tell("bound", most + 1)


def _at_most(literals: list[int], most: int, last: int) -> list[list[int]]:
    """Clauses by which no more than so many of the literals are true; `last` is the last variable in use."""
    if most >= len(literals):
        return []
    return CardEnc.atmost(literals, most, top_id=last, encoding=EncType.totalizer).clauses


class Descent:
    """From a sound schedule to fewer and fewer breaks, each looked for near the one before.

    Every step first asks for a day without any break: where there is one it is often found at once, for then
    everybody's meetings form one stretch. What one step has learned serves the next. Steps are measured in
    conflicts, so the same schedules and steps end the same.
    """

    def __init__(self, problem: Problem, breaks: int) -> None:
        self._problem = problem
        self._formula = Formula(problem, domains(problem))
        self._broken = [-clause[0] for clause in self._formula.wcnf.soft]
        self._solver = Solver(GUIDED, bootstrap_with=self._formula.wcnf.hard)
        self._total: ITotalizer | None = None
        self._unbroken: bool | None = None
        self._most = breaks
        self._size = float(FREED)

    def __enter__(self) -> Descent:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()
        if self._total:
            self._total.delete()

    def run(self, slots: list[int], tell: Tell, conflicts: int) -> tuple[list[int], bool]:
        """The best schedule met, and whether there is none better; no search takes more conflicts."""
        breaks = sum(breaks_by_participant(self._problem, slots))
        if breaks and self._without_any(slots, tell, conflicts):
            slots, breaks = self._formula.slots(self._solver.get_model()), 0
            tell("slots", slots)
        while breaks:
            found = self._solve(slots, self._fewer(breaks), conflicts)
            if found is None:
                return slots, False
            if not found:
                break
            slots = self._formula.slots(self._solver.get_model())
            breaks = sum(breaks_by_participant(self._problem, slots))
            tell("slots", slots)
        tell("bound", breaks)
        return slots, True

    def around(
        self, slots: list[int], choose: Around, tell: Tell, conflicts: int, looks: int
    ) -> tuple[list[int], bool]:
        """As `run`, but with most meetings held where they are: in so many looks, each at a part set free.

        A look at all of them that finds nothing better is a proof.
        """
        for _ in range(looks):
            breaks = sum(breaks_by_participant(self._problem, slots))
            if not breaks:
                return slots, True
            free = choose.free(slots, round(self._size))
            fewer = [*self._formula.held(slots, free), *self._fewer(breaks)]
            found = self._solve(slots, fewer, conflicts)
            if found:
                slots = self._formula.slots(self._solver.get_model())
                tell("slots", slots)
            elif found is None:
                self._size = max(FREED / 4, self._size * NARROWER)
            elif len(free) == len(slots):
                tell("bound", breaks)
                return slots, True
            else:
                self._size = min(len(slots), self._size * WIDER + 1)
        return slots, False

    def _without_any(self, slots: list[int], tell: Tell, conflicts: int) -> bool | None:
        if self._unbroken is None:
            self._unbroken = self._solve(slots, [-literal for literal in self._broken], conflicts)
            if self._unbroken is False:
                tell("bound", 1)
        return self._unbroken

    def _solve(self, slots: list[int], assumptions: list[int], conflicts: int) -> bool | None:
        self._solver.set_phases(self._formula.phases(slots))
        self._solver.conf_budget(conflicts)
        return self._solver.solve_limited(assumptions=assumptions)

    def _fewer(self, breaks: int) -> list[int]:
        if self._total is None:
            self._total = ITotalizer(self._broken, ubound=self._most, top_id=self._formula.wcnf.nv)
            for clause in self._total.cnf.clauses:
                self._solver.add_clause(clause)
        return [-self._total.rhs[breaks - 1]]


def _feasible(problem: Problem) -> bool:
    allowed = domains(problem)
    if not all(allowed):
        return False
    with Solver(SOLVER, bootstrap_with=Formula(problem, allowed).wcnf.hard) as solver:
        return bool(solver.solve())
