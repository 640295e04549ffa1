"""The proof: core-guided MaxSAT (RC2), whose bound rises until a schedule meets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pysat.card import ITotalizer
from pysat.examples.rc2 import RC2
from pysat.solvers import Solver

from .checker import breaks_by_participant
from .clashes import relaxations
from .domains import domains
from .formula import Formula
from .problem import Problem

SOLVER = "cadical195"
GUIDED = "glucose4"
"""The solver that follows a given schedule best."""

Tell = Callable[[Literal["slots", "bound", "infeasible", "rules"], object], None]


class _Rising(RC2):
    """RC2 that tells of its lower bound whenever it has risen."""

    tell: Tell

    def process_core(self) -> None:
        super().process_core()
        self.tell("bound", self.cost)


def prove(problem: Problem, tell: Tell) -> None:
    """Tell of a first schedule, then of rising bounds, then of the best schedule and its number of breaks.

    Where there is no schedule: "infeasible", then the "rules" without any one of which there would be one.
    Takes as long as it takes: whoever calls this ends the process when time is up.
    """
    formula = Formula(problem, domains(problem))
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


def descend(problem: Problem, slots: list[int], tell: Tell) -> None:
    """From a sound schedule to fewer and fewer breaks, each found near the one before; then to the proof.

    The last bound told is reached by the last schedule told, unless the process was ended before.
    """
    formula = Formula(problem, domains(problem))
    breaks = sum(breaks_by_participant(problem, slots))
    broken = [-clause[0] for clause in formula.wcnf.soft]
    with Solver(GUIDED, bootstrap_with=formula.wcnf.hard) as solver:
        if not breaks:
            return
        with ITotalizer(broken, ubound=breaks, top_id=formula.wcnf.nv) as total:
            for clause in total.cnf.clauses:
                solver.add_clause(clause)
            while breaks:
                solver.set_phases(formula.phases(slots))
                if not solver.solve(assumptions=[-total.rhs[breaks - 1]]):
                    break
                slots = formula.slots(solver.get_model())
                breaks = sum(breaks_by_participant(problem, slots))
                tell("slots", slots)
    tell("bound", breaks)


def _feasible(problem: Problem) -> bool:
    allowed = domains(problem)
    if not all(allowed):
        return False
    with Solver(SOLVER, bootstrap_with=Formula(problem, allowed).wcnf.hard) as solver:
        return bool(solver.solve())
