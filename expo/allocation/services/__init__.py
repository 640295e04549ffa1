"""The verbs of stand allocation: ask, solve, repeat, publish, take back, lock, explain."""

from expo.allocation.budgets import BUDGETS
from expo.allocation.services.asking import problem_of
from expo.allocation.services.locking import give_stand, lock, unlock
from expo.allocation.services.publishing import changes, publish, withdraw, withdrawing
from expo.allocation.services.replaying import evidence, input_of, note_replay, replay
from expo.allocation.services.solving import begin, fill, solve
from expo.allocation.services.standing import Standing, stand_of

__all__ = [
    "BUDGETS",
    "Standing",
    "begin",
    "changes",
    "evidence",
    "fill",
    "give_stand",
    "input_of",
    "lock",
    "note_replay",
    "problem_of",
    "publish",
    "replay",
    "solve",
    "stand_of",
    "unlock",
    "withdraw",
    "withdrawing",
]
