"""The states of a proposal, their names, and which may follow which."""

from expo.words import Sentence, say

STATES = ("draft", "submitted", "waiting", "accepted", "rejected", "withdrawn")
NAMES: dict[str, Sentence] = {
    "draft": say("Draft"),
    "submitted": say("Handed in"),
    "waiting": say("On the waiting list"),
    "accepted": say("Accepted"),
    "rejected": say("Not accepted"),
    "withdrawn": say("Withdrawn"),
}
TONES = {
    "draft": "off", "submitted": "info", "waiting": "wait", "accepted": "good", "rejected": "bad",
    "withdrawn": "off",
}  # fmt: skip
DECISIONS = ("accepted", "waiting", "rejected")
NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted", "withdrawn"}),
    "submitted": frozenset({*DECISIONS, "withdrawn"}),
    "waiting": frozenset({"accepted", "rejected", "submitted", "withdrawn"}),
    "accepted": frozenset(),
    "rejected": frozenset({"accepted", "waiting", "submitted"}),
    "withdrawn": frozenset({"draft"}),
}
"""An accepted proposal is a talk: what becomes of it is the talk's own state."""


def may_become(state: str, wanted: str) -> bool:
    """Whether a proposal in `state` may move to `wanted`."""
    return wanted in NEXT[state]
