"""Types, stages and events of deals in words."""

from expo.words import Sentence, say

TYPES: dict[str, Sentence] = {
    "purchase": say("Purchase"),
    "investment": say("Investment"),
    "cooperation": say("Cooperation agreement"),
    "report": say("Report or release"),
    "retail": say("Retail"),
}

STAGES: dict[str, Sentence] = {
    "lead": say("Lead"),
    "intent": say("Intent"),
    "memorandum": say("Memorandum"),
    "contract": say("Contract"),
    "delivered": say("Delivered"),
    "paid": say("Paid"),
    "lapsed": say("Lapsed"),
    "cancelled": say("Cancelled"),
}

TONES = {
    "lead": "off",
    "intent": "info",
    "memorandum": "info",
    "contract": "good",
    "delivered": "good",
    "paid": "good",
    "lapsed": "off",
    "cancelled": "bad",
}
"""Stage → tone of its badge."""

UNKNOWN = say("Unknown")


def happened(kind: str, payload: dict) -> Sentence:
    """An event of the chain as a sentence."""
    if kind == "recorded":
        return say("Recorded as %(stage)s.", stage=STAGES.get(payload.get("stage", ""), UNKNOWN))
    if kind == "moved":
        return say(
            "Moved from %(before)s to %(after)s.",
            before=STAGES.get(payload.get("from", ""), UNKNOWN),
            after=STAGES.get(payload.get("to", ""), UNKNOWN),
        )
    return UNKNOWN
