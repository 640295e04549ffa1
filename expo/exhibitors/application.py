"""An application's steps and words, and what is still missing before it can be sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expo.words import Sentence, say

STEPS = ("organisation", "stand", "wishes", "products", "contact", "check")
MOST_WISHES = 8
MOST_RIVALS = 10
MOST_PARTNERS = 10
MOST_MEMBERS = 100
LARGEST_PAVILION_M2 = 20_000
LARGEST_LOAD = 100_000
LARGEST_M2 = 2_000
SHAPES: dict[str, Sentence] = {
    "any": say("Any shape"),
    "row": say("Row: side by side along one aisle"),
    "block": say("Block: more than one stand deep"),
    "corner": say("Corner: two aisles meet at it"),
    "island": say("Island: open on all four sides"),
    "raw": say("Raw space: no walls, you build"),
}
SIZES: dict[str, Sentence] = {
    "small": say("Small: up to 50 people"),
    "medium": say("Medium: up to 250 people"),
    "large": say("Large: more than 250 people"),
}
WISHES: dict[str, Sentence] = {
    "near_entrance": say("Near an entrance"),
    "corner": say("A corner"),
    "beside": say("Beside a partner"),
    "stand": say("A certain stand"),
    "zone": say("A certain zone"),
    "hall": say("A certain hall"),
}
AIMED = frozenset({"beside", "stand", "zone", "hall"})
"""Kinds of wishes that name a target."""
SOURCES: dict[str, Sentence] = {
    "years": say("Earlier years"),
    "area": say("Area"),
    "spend": say("Spending"),
    "sponsorship": say("Sponsorship"),
    "violations": say("Violations"),
    "own": say("The organiser's own criteria"),
    "given": say("Given by the organiser"),
}
"""Where points come from; a room above counts them."""


def later_step(one: str, other: str) -> str:
    """The step that comes later: how far an application has got."""
    return max(one, other, key=lambda step: STEPS.index(step) if step in STEPS else 0)


def step_after(step: str) -> str:
    """The step that follows; the last one is followed by itself."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


@dataclass(frozen=True)
class Piece:
    """One thing an application says: where it is said, whether it is there, and whether it has to be."""

    step: str
    name: Sentence
    wanted: Sentence
    there: bool
    needed: bool = True


def pieces(given: Mapping[str, Any], wishes: int = 0, products: int = 0) -> list[Piece]:
    """All that makes an application complete, in the order of the steps.

    given holds the columns of the exhibitor; who stands in a pavilion needs no zone of its own.
    """
    return [
        Piece("stand", say("Area"), say("Say how much area you need."), bool(given["area_m2"])),
        Piece(
            "stand",
            say("Zones"),
            say("Choose at least one zone."),
            bool(given["zones"]) or bool(given.get("lead_id")),
        ),
        Piece("wishes", say("Wishes"), say("Say where you would like to stand."), wishes > 0, needed=False),
        Piece("products", say("Products"), say("List what you bring."), products > 0, needed=False),
        Piece("contact", say("Sector"), say("Say which sector you work in."), bool(given["sector"])),
        Piece(
            "contact",
            say("What you do"),
            say("Describe what you do, for the directory."),
            bool(given["profile"]),
        ),
        Piece("contact", say("Contact person"), say("Name a contact person."), bool(given["contact_name"])),
        Piece(
            "contact",
            say("Contact person's e-mail address"),
            say("Give the contact person's e-mail address."),
            bool(given["contact_email"]),
        ),
    ]


def missing(given: Mapping[str, Any]) -> list[tuple[str, Sentence]]:
    """What must still be said before sending, each with the step where it is said."""
    return [(piece.step, piece.wanted) for piece in pieces(given) if piece.needed and not piece.there]


def parted(text: str) -> list[str]:
    """What somebody typed as a list: parted by commas, semicolons or lines, each once, in order."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;，；،؛\n]", text) if part.strip()))


def moved(items: Sequence[Any], place: int, by: int) -> list[Any]:
    """The list with the item at `place` exchanged with its neighbour; unchanged at either end."""
    order, other = list(items), place + by
    if 0 <= place < len(order) and 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order
