"""The states of an application, which moves are legal, and who may make them."""

from expo.words import Sentence, say

EXHIBITOR_MAY = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"draft", "withdrawn"},
    "accepted": set(),
    "rejected": set(),
    "withdrawn": {"draft"},
}
ORGANISER_MAY = {
    "draft": set(),
    "submitted": {"accepted", "rejected", "draft"},
    "accepted": {"withdrawn"},
    "rejected": {"draft"},
    "withdrawn": {"draft"},
}
NAMES: dict[str, Sentence] = {
    "draft": say("Draft"),
    "submitted": say("Waits for a decision"),
    "accepted": say("Accepted"),
    "rejected": say("Rejected"),
    "withdrawn": say("Withdrawn"),
}
TONES = {"draft": "off", "submitted": "wait", "accepted": "good", "rejected": "bad", "withdrawn": "off"}
NEEDS_A_SENTENCE = frozenset({"rejected", "draft"})
"""Decisions of the organiser that are told with a reason."""


def may_become(state: str, wanted: str, *, organiser: bool) -> bool:
    """Whether an application may move from `state` to `wanted` by that hand."""
    return wanted in (ORGANISER_MAY if organiser else EXHIBITOR_MAY)[state]
