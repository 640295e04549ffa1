"""How many must-meets fit at most, slots and all: CP-SAT on the must-meets and locks alone."""

from collections import defaultdict

import numpy as np

from .encoding import Encoded

EFFORT = 4.0
"""Deterministic time of CP-SAT: the same answer on every machine, a few seconds at worst."""


def most_musts(encoded: Encoded, at_most: int) -> int:
    """An upper bound on must-meets held, never above `at_most`.

    Leaving all other requests out only makes room, so what is proved here holds for every agenda. Where
    CP-SAT does not finish, its own bound is as valid.
    """
    # Loaded only when the flow's own bound was not reached, which is rare.
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    held = {
        (int(e), int(t)): model.new_bool_var("")
        for e in np.flatnonzero(encoded.must | encoded.locked)
        for t in np.flatnonzero(encoded.allowed[e])
    }
    once, at_once, seated, met = (defaultdict(list) for _ in range(4))
    for (e, t), var in held.items():
        once[e].append(var)
        for g in {int(encoded.group[e]), int(encoded.part_of[encoded.group[e]])} - {-1}:
            seated[g, t].append(var)
        for x in (encoded.left[e], encoded.right[e]):
            at_once[x, t].append(var)
            met[x].append(var)
    for e, choices in once.items():
        if encoded.locked[e]:
            model.add_exactly_one(choices)
        else:
            model.add_at_most_one(choices)
    for (x, t), choices in at_once.items():
        model.add(sum(choices) <= int(encoded.free[x, t]))
    for (group, t), choices in seated.items():
        model.add(sum(choices) <= int(encoded.seats[group, t]))
    for x, choices in met.items():
        model.add(sum(choices) <= int(encoded.most[x]))
    _keep_order(model, encoded, held)
    model.add(sum(var for (e, _), var in held.items() if encoded.must[e]) <= at_most)
    model.maximize(sum(var for (e, _), var in held.items() if encoded.must[e]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = EFFORT
    status = solver.solve(model)
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)  # otherwise its bound may not be set
    return min(at_most, int(solver.best_objective_bound + 1e-6)) if known else at_most


def _keep_order(model, encoded: Encoded, held) -> None:
    edge_of, slots = encoded.edge_of, encoded.problem.slots
    for first, second in encoded.problem.precedences:
        a, b = edge_of.get(first), edge_of.get(second)
        for late in range(slots):
            for early in range(late + 1):
                if (a, late) in held and (b, early) in held:
                    model.add_bool_or(~held[a, late], ~held[b, early])
