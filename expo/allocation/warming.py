"""Compiling the solver before anybody waits for it."""

from expo.allocation.allocate import allocate
from expo.allocation.instances import instance
from expo.allocation.repair import repair


def warm_up() -> None:
    """Compile everything that solving and repairing compile."""
    problem = instance(30, 2, 120)
    repair(problem, allocate(problem, rounds=10).placements, rounds=10)
