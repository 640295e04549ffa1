"""Letters to those an exhibitor met: places filled in, and the foot that every such letter has."""

import re
from collections.abc import Mapping

from expo.words import Sentence, say

PLACES = ("name", "exhibitor", "stand", "products", "staff")
PLACE = re.compile(r"\{([a-z]*)\}")


def unknown_places(text: str) -> list[str]:
    """What stands in braces and is no place that can be filled in."""
    return sorted({found for found in PLACE.findall(text) if found not in PLACES})


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in. Values are put in once: braces in a name stay what they are."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def foot(exhibitor: str, event: str, email: str, link: str) -> Sentence:
    """Why somebody gets this, whom to answer, and how to get no more."""
    return say(
        "You get this letter because %(exhibitor)s scanned your badge at %(event)s and you agreed that "
        "exhibitors may write to you. Please answer to: %(email)s\n"
        "No more letters of this exhibitor: %(link)s",
        exhibitor=exhibitor,
        event=event,
        email=email or "–",
        link=link,
    )
