"""The verbs of stand allocation: ask, solve, publish, lock, explain."""

from expo.allocation.budgets import BUDGETS
from expo.allocation.services.asking import problem_of
from expo.allocation.services.locking import give_stand, lock, unlock
from expo.allocation.services.publishing import changes, publish
from expo.allocation.services.solving import replay, solve
from expo.allocation.services.standing import Standing, stand_of

__all__ = [
    "BUDGETS",
    "Standing",
    "changes",
    "give_stand",
    "lock",
    "problem_of",
    "publish",
    "replay",
    "solve",
    "stand_of",
    "unlock",
]
