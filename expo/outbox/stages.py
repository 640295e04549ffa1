"""The states of a mail, and who may read it."""

from expo.words import Sentence, say

NEXT = {
    "waiting": {"approved", "discarded"},
    "approved": {"sent", "failed", "discarded"},
    "failed": {"approved", "discarded"},
    "sent": set(),
    "discarded": set(),
}
NAMES: dict[str, Sentence] = {
    "waiting": say("Waits for approval"),
    "approved": say("Approved"),
    "sent": say("Sent"),
    "failed": say("Failed"),
    "discarded": say("Discarded"),
}
TONES = {"waiting": "wait", "approved": "info", "sent": "good", "failed": "bad", "discarded": "off"}


PRIVATE = ("account.", "speaker.link", "call.", "registration.")
"""Kinds of mail with a link in them that lets its owner in."""


def may_become(state: str, wanted: str) -> bool:
    """Whether a mail in `state` may move to `wanted`."""
    return wanted in NEXT[state]


def is_private(kind: str) -> bool:
    """Whether a mail carries a link that opens somebody's account: nobody else may read it on a page."""
    return kind.startswith(PRIVATE)
