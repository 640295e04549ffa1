"""The verbs of stand allocation: ask, solve, repeat, publish, take back, lock, explain."""

from expo.allocation.budgets import BUDGETS
from expo.allocation.services.asking import areas_of, problem_of, units_now, units_of
from expo.allocation.services.drafting import act, discard, last_step, open_draft
from expo.allocation.services.judging import broken_rules, keep_draft, verdict
from expo.allocation.services.locking import give_stand, lock, unlock
from expo.allocation.services.publishing import changes, publish, withdraw, withdrawing
from expo.allocation.services.replaying import evidence, input_of, note_replay, replay
from expo.allocation.services.solving import begin, fill, refuse_nothing_to_do, solve
from expo.allocation.services.standing import Standing, stand_of
from expo.allocation.services.telling import letter_of_exhibitor

__all__ = [
    "BUDGETS",
    "Standing",
    "act",
    "areas_of",
    "begin",
    "broken_rules",
    "changes",
    "discard",
    "evidence",
    "fill",
    "give_stand",
    "input_of",
    "keep_draft",
    "last_step",
    "letter_of_exhibitor",
    "lock",
    "note_replay",
    "open_draft",
    "problem_of",
    "publish",
    "refuse_nothing_to_do",
    "replay",
    "solve",
    "stand_of",
    "units_now",
    "units_of",
    "unlock",
    "verdict",
    "withdraw",
    "withdrawing",
]
