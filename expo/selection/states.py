"""The states of rounds, stands, wishes, offers and swaps: their words and tones."""

from expo.words import Sentence, say

ROUND_NAMES: dict[str, Sentence] = {
    "draft": say("Draft"),
    "open": say("Going on"),
    "paused": say("Paused"),
    "closed": say("Over"),
}
ROUND_TONES = {"draft": "off", "open": "good", "paused": "wait", "closed": "info"}
STAND_NAMES: dict[str, Sentence] = {
    "free": say("Free"),
    "held": say("Held by somebody"),
    "taken": say("Taken"),
    "mine": say("Held by you"),
    "own": say("Yours"),
}
STAND_TONES = {"free": "good", "held": "wait", "taken": "bad", "mine": "info", "own": "info"}
EVENT_NAMES: dict[str, Sentence] = {
    "held": say("holds"),
    "released": say("lets go"),
    "expired": say("let run out"),
    "confirmed": say("has taken"),
    "returned": say("gave back"),
}
WISH_NAMES: dict[str, Sentence] = {
    "waiting": say("Waiting"),
    "served": say("Got it"),
    "left": say("Ended"),
}
WISH_TONES = {"waiting": "wait", "served": "good", "left": "off"}
OFFER_NAMES: dict[str, Sentence] = {
    "open": say("Waits for an answer"),
    "accepted": say("Accepted"),
    "declined": say("Declined"),
    "expired": say("Not answered in time"),
    "withdrawn": say("Withdrawn"),
}
OFFER_TONES = {"open": "wait", "accepted": "good", "declined": "off", "expired": "off", "withdrawn": "off"}
SWAP_NAMES: dict[str, Sentence] = {
    "asked": say("Waits for the other side"),
    "agreed": say("Waits for the organiser"),
    "done": say("Done"),
    "declined": say("Declined"),
    "refused": say("Refused by the organiser"),
    "withdrawn": say("Withdrawn"),
    "expired": say("Not answered in time"),
}
SWAP_TONES = {
    "asked": "wait", "agreed": "wait", "done": "good", "declined": "off", "refused": "bad",
    "withdrawn": "off", "expired": "off",
}  # fmt: skip
