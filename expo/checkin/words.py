"""The words of the gate's tables, and the sentences for them."""

from expo.words import Sentence, say

AREA_KINDS: dict[str, Sentence] = {
    "site": say("Site"),
    "hall": say("Hall"),
    "room": say("Room"),
    "talk": say("Talk"),
    "other": say("Other area"),
}
DIRECTIONS: dict[str, Sentence] = {
    "in": say("Entrance"),
    "out": say("Exit"),
    "both": say("Entrance and exit"),
}
REENTRY: dict[str, Sentence] = {
    "exit": say("Again only after an exit"),
    "any": say("As often as they like"),
    "daily": say("Once a day"),
    "once": say("Once"),
}
WHEN_FULL: dict[str, Sentence] = {
    "warn": say("Let in with a warning"),
    "refuse": say("Let nobody in"),
}
TYPES: dict[str, Sentence] = {"entry": say("In"), "exit": say("Out")}
VERDICTS: dict[str, Sentence] = {"ok": say("Let through"), "refused": say("Refused")}


def one_of(column: str, words: dict[str, Sentence]) -> str:
    """A check that a column holds one of the words."""
    return f"{column} IN ({', '.join(map(repr, words))})"
