"""What kinds of people are called."""

from expo.words import Sentence, say

NAMES: dict[str, Sentence] = {
    "visitor": say("Visitor"),
    "buyer": say("Buyer"),
    "vip": say("Guest of honour"),
    "speaker": say("Speaker"),
    "press": say("Press"),
    "exhibitor": say("Exhibitor"),
    "organiser": say("Organiser"),
    "service": say("Service"),
}
