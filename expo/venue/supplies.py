"""What comes out of a hall's floor, walls and roof."""

from expo.words import Sentence, say

SUPPLIES: dict[str, Sentence] = {
    "power": say("Power"),
    "water": say("Water"),
    "drain": say("Drain"),
    "network": say("Network"),
    "gas": say("Gas"),
    "air": say("Compressed air"),
    "hanging": say("Hanging point"),
    "hydrant": say("Fire hydrant"),
    "extinguisher": say("Fire extinguisher"),
    "toilets": say("Toilets"),
    "first_aid": say("First aid"),
    "lift": say("Lift"),
}
MARKS: dict[str, str] = {
    "power": "P", "water": "W", "drain": "D", "network": "N", "gas": "G", "air": "A",
    "hanging": "+", "hydrant": "H", "extinguisher": "E", "toilets": "WC", "first_aid": "FA", "lift": "L",
}  # fmt: skip
"""The letters that stand for them on a plan."""
