"""The states of a registration in words and colours."""

from expo.words import Sentence, say

NAMES: dict[str, Sentence] = {
    "confirmed": say("Confirmed"),
    "pending": say("Awaits a decision"),
    "waiting": say("On the waiting list"),
    "declined": say("Declined"),
    "cancelled": say("Cancelled"),
}
TONES = {"confirmed": "good", "pending": "wait", "waiting": "info", "declined": "bad", "cancelled": "off"}
