"""The two sides of a meeting, the states of a request, and what each side sees of them."""

from expo.words import Sentence, say

BUYER, SUPPLIER = "buyer", "supplier"
SIDES = (BUYER, SUPPLIER)
STATES = ("open", "agreed", "withdrawn", "lapsed", "ended")
ALIVE = ("open", "agreed")
HALVES = ("am", "pm")

MINE: dict[str, Sentence] = {
    "answer": say("Waits for your answer"),
    "waits": say("Waits for their answer"),
    "agreed": say("Agreed"),
    "withdrawn": say("Withdrawn"),
    "lapsed": say("No answer in time"),
    "ended": say("Cannot take place"),
}
"""What a reader is told. A no is none of these: whoever was refused sees what silence looks like."""
TONES = {
    "answer": "wait",
    "waits": "info",
    "agreed": "good",
    "withdrawn": "off",
    "lapsed": "off",
    "ended": "bad",
}


def other(side: str) -> str:
    """The side across the table."""
    return SUPPLIER if side == BUYER else BUYER


def standing(state: str, turn: str, side: str) -> str:
    """How a request stands for one side: a key of MINE."""
    if state != "open":
        return state
    return "answer" if turn == side else "waits"
